import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandsMiner } from '../../../../../src/core/dream/offline/commands';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const days = ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z', '2026-11-09T10:00:00Z'];

function everyDay(work: (session: ReturnType<typeof buildSession>, index: number) => ReturnType<typeof buildSession>) {
  return days.map((day, index) => work(buildSession(`s${index}`, day), index).end());
}

describe('commands that work here', () => {
  it('are told once for each intent, without the file and the filter of the day', async () => {
    const sessions = everyDay((session, index) =>
      session
        .runs(index === 1 ? 'CI=1 mise run test 2>&1' : `mise run test -- -run Test${index} 2>&1`, 'ok')
        .runs('mise run test:ci', 'ok')
        .runs('mise run lint && git status', ''),
    );
    const found = notesOf(await mine(commandsMiner, sessions));
    expect(found.map((finding) => finding.description)).toEqual([
      'Run the tests with `mise run test`. Also: `mise run test:ci`',
      'Lint with `mise run lint`',
    ]);
    expect(found[0]).toMatchObject({ category: 'commands', slug: 'test-command', trust: 'observed' });
    expect(found[0]?.rationale).toContain('`mise run test` passed 3 of 3 times in 3 sessions, last 2026-11-09.');
    expect(found[0]?.body).toContain('**Why:** `mise run test` passed 3 of 3 times in 3 sessions, last 2026-11-09.');
  });

  it('name the variant that fails for lack of set-up', async () => {
    const sessions = everyDay((session) =>
      session.fails('npm test', 'npm ERR! Missing script: "test"').runs('pnpm test', '4 passed'),
    );
    const [finding] = notesOf(await mine(commandsMiner, sessions));
    expect(finding?.description).toBe('Run the tests with `pnpm test` instead of `npm test`');
    expect(finding?.evidence.some((one) => one.kind === 'event' && one.event === 'failed')).toBe(true);
  });

  it('belong to the package they ran in', async () => {
    const sessions = everyDay((session) => session.runs('cd packages/api && just test-unit', '3 passed'));
    const [finding] = notesOf(await mine(commandsMiner, sessions));
    expect(finding).toMatchObject({ paths: ['packages/api/**'], slug: 'test-packages-api' });
  });

  it('count a run through a pipe only if its output says how it went', async () => {
    const silent = everyDay((session) => session.runs('just test-unit 2>&1 | tail -5', 'some output'));
    expect(notesOf(await mine(commandsMiner, silent))).toEqual([]);
    const telling = everyDay((session) => session.runs('just test-unit 2>&1 | tail -5', '12 passed'));
    expect(notesOf(await mine(commandsMiner, telling))).toHaveLength(1);
  });
});

describe('what is told of a command', () => {
  it.each([
    ['turbo run test --filter api 2>&1 | tail -20', 'turbo run test --filter api'],
    ['cargo test -p core -- --test-threads=1', 'cargo test -p core -- --test-threads=1'],
    ['CI=1 dotnet test -c Release --project Api', 'dotnet test -c Release --project Api'],
    ['timeout 600 uv run pytest -q -n 4 > out.log', 'uv run pytest -q -n 4'],
    ['RAILS_ENV=test bin/rspec --format progress', 'RAILS_ENV=test bin/rspec --format progress'],
    ['npm test -- --config jest/unit.json', 'npm test -- --config jest/unit.json'],
  ])('%s → %s', async (typed, told) => {
    const sessions = everyDay((session) => session.runs(typed, '3 passed'));
    const [finding] = notesOf(await mine(commandsMiner, sessions));
    expect(finding?.description).toBe(`Run the tests with \`${told}\``);
  });

  it('is the form that passed in most sessions', async () => {
    const sessions = everyDay((session, index) => session.runs(index === 0 ? 'just test' : 'just test --quiet'));
    const [finding] = notesOf(await mine(commandsMiner, sessions));
    expect(finding?.description).toBe('Run the tests with `just test --quiet`');
  });

  it('is nothing where each run had another file', async () => {
    const sessions = everyDay((session, index) => session.runs(`uv run pytest tests/test_${index}.py`));
    expect(notesOf(await mine(commandsMiner, sessions))).toEqual([]);
  });

  it('is nothing that ran on a single day in two sessions', async () => {
    const sessions = ['10', '12'].map((hour) =>
      buildSession(`s${hour}`, `2026-11-01T${hour}:00:00Z`).runs('just test').end(),
    );
    expect(notesOf(await mine(commandsMiner, sessions))).toEqual([]);
  });

  it('is always verbatim what ran and passed', async () => {
    const part = fc.constantFrom(
      '--filter', 'api', '-p', 'core', '--', '-k', 'slow', 'tests/a.py', '-c', 'Release', '-q', "'not slow'", '--config', 'x/y.json', '2>&1', '-n', '4', '-v',
    ); // prettier-ignore
    const line = fc
      .tuple(fc.constantFrom('', 'CI=1 ', 'FOO=1 ', 'time '), fc.array(part, { maxLength: 5 }))
      .map(([head, parts]) => [`${head}uv run pytest`, ...parts].join(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 3, maxLength: 3 }), async (lines) => {
        const sessions = everyDay((session, index) => session.runs(lines[index] ?? '', '3 passed'));
        for (const { body } of notesOf(await mine(commandsMiner, sessions))) {
          const told = /^Run the tests with `([^`]+)`/u.exec(body)?.[1] ?? '?';
          expect(lines.some((one) => one.includes(told))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the variant that a command replaced', () => {
  const replaced = async (wrong: string, output: string, right: string, between?: string) =>
    notesOf(
      await mine(
        commandsMiner,
        everyDay((session) => {
          const failed = session.says('Build it').fails(wrong, output);
          return (between === undefined ? failed : failed.edits(between)).runs(right, 'ok');
        }),
      ),
    );

  it('is named whatever its error says', async () => {
    const [finding] = await replaced('python setup.py bdist_wheel', 'wheelhouse: bad moon', 'uv build --wheel');
    expect(finding?.description).toBe('Build with `uv build --wheel` instead of `python setup.py bdist_wheel`');
  });

  it('may be of a kindred intent', async () => {
    const [finding] = await replaced('npx tsc', 'nothing to see', 'pnpm turbo build');
    expect(finding?.description).toBe('Build with `pnpm turbo build` instead of `npx tsc`');
  });

  it('is none where the code was edited in between, or where it wants something else', async () => {
    const edited = await replaced('make build', 'bad', 'just build', '/ws/src/a.ts');
    expect(edited.map(({ description }) => description)).toEqual(['Build with `just build`']);
    const other = await replaced('docker push registry/x', 'denied', 'just build');
    expect(other.map(({ description }) => description)).toEqual(['Build with `just build`']);
  });
});

describe('commands that are not worth a memory', () => {
  it.each([
    'ls -la',
    'git status',
    'cat package.json',
    'npm test',
    'go test ./...',
    'cargo build',
    'make',
    'pytest tests/test_a.py',
    'npx vitest run src/a.test.ts',
    'tsc --noEmit',
  ])('%s', async (command) => {
    expect(
      notesOf(
        await mine(
          commandsMiner,
          everyDay((session) => session.runs(command, 'ok')),
        ),
      ),
    ).toEqual([]);
  });

  it('one session, however often it passed there', async () => {
    const once = buildSession('s0', days[0] ?? '')
      .runs('just test-unit')
      .runs('just test-unit')
      .runs('just test-unit')
      .end();
    expect(notesOf(await mine(commandsMiner, [once]))).toEqual([]);
  });

  it('a background start, whose end nobody saw', async () => {
    const sessions = everyDay((session) => session.runs('just dev', 'Command running in background with ID: b1'));
    expect(notesOf(await mine(commandsMiner, sessions))).toEqual([]);
  });

  it('what CLAUDE.md says already', async () => {
    const sessions = everyDay((session) => session.runs('mise run test', 'ok'));
    const told = { instructionFiles: [{ path: 'CLAUDE.md', text: 'Run `mise run test` for the tests.' }] };
    expect(notesOf(await mine(commandsMiner, sessions, told))).toEqual([]);
  });

  it('runs in another project', async () => {
    const sessions = everyDay((session) => session.runs('cd /other/project && just test-unit', '3 passed'));
    expect(notesOf(await mine(commandsMiner, sessions))).toEqual([]);
  });
});
