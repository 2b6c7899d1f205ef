import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareForm, commandForm, isObvious } from '../../../../../src/core/dream/offline/commandForm';
import { environmentError, normalise } from '../../../../../src/core/dream/offline/errorSignature';
import { commandClass, intentOf, isNoise } from '../../../../../src/core/dream/offline/intent';
import { joinDirectory, parseShell } from '../../../../../src/core/dream/offline/shell';
import { isInside, outcomeOf, shellHistory } from '../../../../../src/core/dream/offline/shellCalls';
import { buildSession } from '../../../../fakes/sessionBuilder';

const wordsOf = (line: string): readonly string[] => parseShell(line)[0]?.words ?? [];

describe('a shell line', () => {
  it.each([
    ['go test ./...', [['go', 'test', './...']]],
    ['A=1 B="x y" time go test', [['go', 'test']]],
    ['timeout 60 npm test > out.txt 2>&1', [['npm', 'test']]],
    ['npm test &> log', [['npm', 'test']]],
    [
      'npm run build && npm test',
      [
        ['npm', 'run', 'build'],
        ['npm', 'test'],
      ],
    ],
    ['echo "a && b; c"', [['echo', 'a && b; c']]],
    ["git commit -m 'it''s' ", [['git', 'commit', '-m', "it''s"]]],
    ['make lint | tail -5', [['make', 'lint']]],
    ['(cd web && npm test)', [['npm', 'test']]],
    ['# a comment\nls', [['ls']]],
    ['cat <<EOF\nnpm test\nEOF', [['cat']]],
    ['a\\ b c', [['a\\ b', 'c']]],
    ['npm start &', [['npm', 'start']]],
    ['echo "open', [['echo', 'open']]],
    ['', []],
  ])('%s', (line, commands) => {
    expect(parseShell(line).map((command) => command.words)).toEqual(commands);
  });

  it('knows where a command ran and whether its status can be seen', () => {
    expect(parseShell('cd packages/api && npm test; npm run lint || true')).toMatchObject([
      { words: ['npm', 'test'], directory: 'packages/api', statusHidden: true },
      { words: ['npm', 'run', 'lint'], directory: 'packages/api', statusHidden: true },
      { words: ['true'], statusHidden: false },
    ]);
  });

  it('quotes every command verbatim', () => {
    const part = fc.constantFrom('a', ' ', '&&', ';', '|', '"', "'", '(', ')', '\\', '<<', '\n', '2>&1', 'cd x', '$');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const line = parts.join('');
        for (const command of parseShell(line)) expect(line).toContain(command.raw);
      }),
    );
  });

  it.each([
    ['', 'a/b', 'a/b'],
    ['a', '../b', 'b'],
    ['a', '..', ''],
    ['', '../x', '../x'],
    ['a', '/abs', '/abs'],
    ['a', '-', '-'],
    ['a', '', '~'],
    ['a', './b/.', 'a/b'],
  ])('cd from "%s" to "%s" is "%s"', (from, to, expected) => {
    expect(joinDirectory(from, to)).toBe(expected);
  });

  it.each(['', 'packages/api'])('"%s" is inside', (directory) => expect(isInside(directory)).toBe(true));
  it.each(['/x', '~', '..', '../y', '-', '$HOME', 'C:/x'])('"%s" is outside', (directory) =>
    expect(isInside(directory)).toBe(false),
  );
});

describe('what a command is for', () => {
  it.each([
    ['npm test', 'test'],
    ['pnpm run test:unit', 'test'],
    ['npx vitest run', 'test'],
    ['uv run pytest -q', 'test'],
    ['python -m pytest', 'test'],
    ['python scripts/test.py', 'test'],
    ['./scripts/test.sh', 'test'],
    ['cargo nextest run', 'test'],
    ['make lint', 'lint'],
    ['ruff check .', 'lint'],
    ['ruff format .', 'format'],
    ['gofmt -l .', 'lint'],
    ['gofmt -w .', 'format'],
    ['prettier --check .', 'lint'],
    ['pnpm exec tsc --noEmit', 'typecheck'],
    ['docker compose build', 'build'],
    ['yarn build', 'build'],
    ['just dev', 'run'],
    ['node server.js', 'run'],
    ['node tools/x.js', undefined],
    ['npm run dev -- --help', undefined],
    ['git status', undefined],
    ['ls', undefined],
    ['', undefined],
    ['npm install', undefined],
  ])('%s: %s', (line, intent) => {
    expect(intentOf(wordsOf(line))).toBe(intent);
  });

  it.each([
    ['npm test', 'intent test'],
    ['git push origin', 'git push'],
    ['gh pr diff 5', 'gh pr'],
    ['terraform -chdir=x plan', 'intent check'],
    ['python3 -c x', 'python3'],
    ['docker', 'docker'],
  ])('%s is a try at %s', (line, expected) => {
    expect(commandClass(wordsOf(line))).toBe(expected);
  });

  it('looking around is noise', () => {
    expect([isNoise(['ls']), isNoise(['/bin/cat', 'x']), isNoise(['git'])]).toEqual([true, true, false]);
  });
});

describe('the form in which a command can be told', () => {
  it.each([
    ['go test ./... -run TestA -v -count=1', 'go test ./...'],
    ['mise run test -- -run X', 'mise run test'],
    ['npx eslint src/a.ts --fix', 'npx eslint --fix'],
    ['tsc -p packages/api/tsconfig.json', 'tsc -p packages/api/tsconfig.json'],
    ['python -m pytest tests/a.py -k foo', 'python -m pytest'],
    ['python scripts/seed.py', 'python scripts/seed.py'],
    ['python3 -c "print(1)"', 'python3 -c …'],
    ['gh pr diff 88 --stat', 'gh pr diff --stat'],
    ['git show 0123abc', 'git show'],
    ['go build -o /tmp/x ./cmd/x', 'go build'],
    ['go test -tags=integration ./...', 'go test -tags=integration ./...'],
    ['pnpm --filter @a/b test', 'pnpm --filter @a/b test'],
    ['psql -d "my db"', "psql -d 'my db'"],
  ])('%s → %s', (line, form) => {
    expect(commandForm(wordsOf(line))).toBe(form);
  });

  it('there is none for a program in a line, or a very long command', () => {
    expect(commandForm(['awk', '(x)'])).toBeUndefined();
    expect(commandForm(Array.from({ length: 40 }, () => 'word'))).toBeUndefined();
    expect(commandForm([])).toBeUndefined();
  });

  it('knows what everybody would try, and what is the same but for a flag', () => {
    expect([isObvious('npm test'), isObvious('go test ./...'), isObvious('mise run test')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(bareForm('mix compile --force')).toBe('mix compile');
  });
});

describe('the signature of an error', () => {
  it.each([
    ['bash: line 3: pnpm: command not found', 'bash: line <n>: pnpm: command not found'],
    ['\u001b[31mError: Cannot find module "left-pad"\u001b[0m', 'Error: Cannot find module <name>'],
    ['2026-01-02T03:04:05Z connect ECONNREFUSED 127.0.0.1:5432', '<time> connect ECONNREFUSED <n>'],
    ['/home/a/b/c.sh: No module named foo at 0123456789abcdef', '<path>: No module named foo at <hash>'],
  ])('%s', (line, signature) => {
    const plain = line.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d{1,2}m`, 'gu'), '');
    expect(environmentError(`something\n${line}\n`)).toMatchObject({ signature, line: plain });
  });

  it.each([
    '',
    'all good',
    'src/a.go:3: undefined: x',
    'Exit code 1',
    '<tool_use_error>unknown option</tool_use_error>',
    'AssertionError: 1 != 2',
    'cd: no such file or directory: x',
  ])('none in “%s”', (text) => expect(environmentError(text)).toBeUndefined());

  it('is short and the same for the same trouble', () => {
    expect(normalise('x '.repeat(500)).length).toBeLessThanOrEqual(140);
    expect(normalise('missing at line 3')).toBe(normalise('missing at line 77'));
  });
});

describe('what became of a command', () => {
  const callsOf = (session: ReturnType<typeof buildSession>) => shellHistory(session.end().entries, '/ws').calls;
  const outcome = (session: ReturnType<typeof buildSession>): string => {
    const [call] = callsOf(session);
    const command = call?.commands[0];
    return call === undefined || command === undefined ? 'none' : outcomeOf(call, command);
  };
  const start = () => buildSession('s', '2026-11-01T10:00:00Z');

  it.each([
    ['passed by its status', start().runs('make x'), 'passed'],
    ['failed by its status', start().fails('make x', 'boom'), 'failed'],
    ['one of a chain, nobody knows which', start().fails('make x && make y', 'boom'), 'unknown'],
    ['failed behind a pipe', start().runs('make x | tail', 'FAIL one'), 'failed'],
    ['passed behind a pipe', start().runs('make x | tail', '3 passed'), 'passed'],
    ['silent behind a pipe', start().runs('make x | tail', 'hm'), 'unknown'],
    ['long output behind a pipe', start().runs('make x | tail', `${'x'.repeat(50_000)}\n3 passed`), 'passed'],
    ['refused', start().refused('Bash', '', { command: 'make x' }), 'unknown'],
    ['in the background', start().runs('make x', 'Command running in background with ID 1'), 'unknown'],
  ])('%s', (_, session, expected) => {
    expect(outcome(session)).toBe(expected);
  });

  it('directories are told from the session’s', () => {
    expect(callsOf(start().runs('cd /ws/web && make x').runs('cd /ws && make x'))[0]?.commands[0]?.directory).toBe(
      'web',
    );
    expect(callsOf(start().runs('cd /ws && make x'))[0]?.commands[0]?.directory).toBe('');
    expect(callsOf(start().runs('cd /elsewhere && make x'))[0]?.commands[0]?.directory).toBe('/elsewhere');
  });

  it('results without a call, and calls without a result, are left out', () => {
    const { entries } = start().runs('make x').end();
    expect(shellHistory(entries.slice(0, 1), '').calls).toEqual([]);
    expect(shellHistory(entries.slice(1), '').calls).toEqual([]);
  });
});
