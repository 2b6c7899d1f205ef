import { describe, expect, it } from 'vitest';
import { commandsMiner } from '../../../../../src/core/dream/offline/commands';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const days = ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z', '2026-11-09T10:00:00Z'];

function everyDay(work: (session: ReturnType<typeof buildSession>) => ReturnType<typeof buildSession>) {
  return days.map((day, index) => work(buildSession(`s${index}`, day)).end());
}

describe('commands that work here', () => {
  it('are told once for each intent, without the file and the filter of the day', async () => {
    const sessions = everyDay((session) =>
      session
        .runs('mise run test -- -run TestA 2>&1', 'ok')
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
