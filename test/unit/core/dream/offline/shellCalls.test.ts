import { describe, expect, it } from 'vitest';
import { outcomeOf, shellHistory } from '../../../../../src/core/dream/offline/shellCalls';
import type { CapturedSession, SessionEntry } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';

const start = () => buildSession('s', '2026-11-01T10:00:00Z');
const directoriesOf = (session: CapturedSession, cwd = '/ws'): readonly string[] =>
  shellHistory(session.entries, cwd).calls.flatMap(({ commands }) => commands.map(({ directory }) => directory));
const lastOf = (session: CapturedSession, cwd = '/ws'): string | undefined => directoriesOf(session, cwd).at(-1);

/** The entries as those of a subagent. */
const ofSubagent = (entries: readonly SessionEntry[]): readonly SessionEntry[] =>
  entries.map((entry) => ({ ...entry, agent: 'agent-1' }));

describe('where a shell stays', () => {
  it.each([
    ['after a `cd` alone', start().runs('cd web').runs('npm test'), 'web'],
    ['after a `cd` to an absolute path inside', start().runs('cd /ws/web').runs('npm test'), 'web'],
    ['deeper with each `cd`', start().runs('cd web').runs('cd app').runs('npm test'), 'web/app'],
    ['below, where the next call goes on', start().runs('cd web').runs('cd app && npm test'), 'web/app'],
    ['there, where the next call names it again', start().runs('cd web').runs('cd web && npm test'), 'web'],
    ['there, where the next call names its end', start().runs('cd a/web').runs('cd web && npm test'), 'a/web'],
    ['below, where the next call names all of it', start().runs('cd web').runs('cd web/app && ls'), 'web/app'],
    ['elsewhere, where the next call is absolute', start().runs('cd web').runs('cd /ws/api && ls'), 'web/api'],
    ['outside, for that call alone', start().runs('cd web').runs('cd /opt && ls'), '/opt'],
    ['where it was, after a `cd` beside something else', start().runs('cd web && ls').runs('npm test'), ''],
    ['where it was, after a `cd` that failed', start().fails('cd web', 'no such directory').runs('npm test'), ''],
    ['where it was, after a refused `cd`', start().refused('Bash', 'no', { command: 'cd web' }).runs('ls'), ''],
    ['at the start again, after a `cd` out of it', start().runs('cd web').runs('cd /opt').runs('ls'), ''],
    [
      'at the start again, after a reset',
      start().runs('cd web').runs('ls', 'Shell cwd was reset to /ws').runs('ls'),
      '',
    ],
  ])('%s', (_name, session, directory) => {
    expect(lastOf(session.end())).toBe(directory);
  });

  it('is nothing to a subagent, whose calls start where the session is', () => {
    const main = start().runs('cd web').end().entries;
    const sub = ofSubagent(buildSession('t', '2026-11-01T11:00:00Z').runs('cd api').runs('make x').end().entries);
    const after = buildSession('u', '2026-11-01T12:00:00Z').runs('make y').end().entries;
    const { calls } = shellHistory([...main, ...sub, ...after], '/ws');
    expect(calls.flatMap(({ commands }) => commands.map(({ raw, directory }) => [raw, directory]))).toEqual([
      ['make x', ''],
      ['make y', 'web'],
    ]);
  });
});

describe('a place of the project', () => {
  it.each([
    ['of the session', '/home/a/shop', '/home/a/shop', ''],
    ['inside', '/home/a/shop', '/home/a/shop/web', 'web'],
    ['in a checkout beside it', '/home/a/shop', '/home/a/shop-fix/web', 'web'],
    ['in a checkout with a dot', '/home/a/shop', '/home/a/shop.fix/web', 'web'],
    ['in the checkout it was made of', '/home/a/shop-fix', '/home/a/shop/web', 'web'],
    ['in a worktree inside of it', '/home/a/shop', '/home/a/shop/.worktrees/fix/web', 'web'],
    ['in a worktree of an agent', '/home/a/shop', '/home/a/shop/.claude/worktrees/fix', ''],
    ['in another project', '/home/a/shop', '/home/a/blog/web', '/home/a/blog/web'],
    ['in another folder', '/home/a/shop', '/srv/shop/web', '/srv/shop/web'],
    ['of a session that has none', '', '/home/a/shop', '/home/a/shop'],
    ['of a session at the root', '/shop', '/blog/web', '/blog/web'],
  ])('%s', (_name, cwd, to, directory) => {
    expect(lastOf(start().runs(`cd ${to} && make x`).end(), cwd)).toBe(directory);
  });
});

describe('a file change', () => {
  const changeOf = (tool: string, input: Readonly<Record<string, string>>) => {
    const at = '2026-11-01T10:00:00Z';
    const entries: readonly SessionEntry[] = [
      { kind: 'call', id: 'a', at, callId: 'c', tool, input },
      { kind: 'result', id: 'b', at, callId: 'c', text: 'done', ok: true },
    ];
    return shellHistory(entries, '/ws').edits[0];
  };

  it.each([
    ['Edit', { file_path: '/ws/a.ts', new_string: 'x' }, 'a.ts', 'x'],
    ['Write', { file_path: '/ws/a.ts', content: 'x' }, 'a.ts', 'x'],
    ['MultiEdit', { file_path: 'a.ts', edits: '[]' }, 'a.ts', '[]'],
    ['NotebookEdit', { notebook_path: '/ws/a.ipynb' }, 'a.ipynb', ''],
    ['str_replace_based_edit_tool', { path: '/ws/a.ts' }, 'a.ts', ''],
    ['Edit', {}, '', ''],
  ])('of %s with %j', (tool, input, path, written) => {
    expect(changeOf(tool, input)).toMatchObject({ path, written });
  });

  it('of a tool that only reads is none', () => {
    expect(changeOf('Read', { file_path: '/ws/a.ts' })).toBeUndefined();
  });

  it('counts before the call that follows, unless it was refused or failed', () => {
    const session = start()
      .edits('a.ts')
      .refused('Edit', 'no', { file_path: 'b.ts' })
      .runs('make x')
      .edits('c.ts')
      .runs('make y')
      .end();
    const { calls, edits } = shellHistory(session.entries, '/ws');
    expect(calls.map((call) => call.edits)).toEqual([1, 2]);
    expect(edits.map(({ path }) => path)).toEqual(['a.ts', 'c.ts']);
  });
});

describe('the history of one session', () => {
  it('is read anew for another directory', () => {
    const session = start().runs('cd /ws/web && make x').end();
    expect(directoriesOf(session, '/ws')).toEqual(['web']);
    expect(directoriesOf(session, '/ws/web')).toEqual(['']);
    expect(shellHistory(session.entries, '/ws/web')).toBe(shellHistory(session.entries, '/ws/web'));
  });
});

describe('what became of a command', () => {
  const outcome = (
    command: string,
    text: string,
    more: Partial<SessionEntry & { kind: 'result' }> = {},
    input = {},
  ) => {
    const at = '2026-11-01T10:00:00Z';
    const entries: readonly SessionEntry[] = [
      { kind: 'call', id: 'a', at, callId: 'c', tool: 'Bash', input: { command, ...input } },
      { kind: 'result', id: 'b', at, callId: 'c', text, ok: true, ...more },
    ];
    const [call] = shellHistory(entries, '/ws').calls;
    const [first] = call?.commands ?? [];
    return call === undefined || first === undefined ? undefined : outcomeOf(call, first);
  };
  const long = (text: string): string => `${'x\n'.repeat(25_000)}${text}`;

  it.each([
    ['is known from the end of a long output', 'make x | cat', long('2 failed'), {}, 'failed'],
    [
      'is unknown where only the middle of a long output tells',
      'make x | cat',
      `${long('2 failed\n')}${long('')}`,
      {},
      'unknown',
    ],
    [
      'is known from an error of the machine',
      'make x | cat',
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      {},
      'failed',
    ],
    ['is a failure where a status other than 0 was kept', 'make x', '', { exitCode: 2 }, 'failed'],
    ['is no success of a pipe in a call that failed', 'make x | cat', '3 passed', { ok: false }, 'unknown'],
    ['is unknown once it went to the background', 'make x', 'Command running in background with ID: 1', {}, 'unknown'],
    ['is unknown where it was refused', 'make x', '', { ok: false, denied: { reason: '' } }, 'unknown'],
  ])('%s', (_name, command, text, more, expected) => {
    expect(outcome(command, text, more)).toBe(expected);
  });

  it('is unknown where it was started in the background', () => {
    expect(outcome('make x', '', {}, { run_in_background: 'true' })).toBe('unknown');
  });

  it('is nothing of a call without a command', () => {
    expect(outcome('', 'ok')).toBeUndefined();
  });
});
