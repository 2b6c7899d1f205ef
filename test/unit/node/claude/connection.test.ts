import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectChoice } from '../../../../src/core/recall/connect/record';
import {
  carryOut,
  planConnect,
  planDisconnect,
  readConnection,
  refreshRules,
} from '../../../../src/node/claude/connection';
import type { ConnectContext } from '../../../../src/node/claude/connection';

let root: string;

const HOOKS: ConnectChoice = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: false,
  inbox: false,
  gitExclude: true,
  pathRules: true,
};

function contextOf(folder: string, more: Partial<ConnectContext> = {}): ConnectContext {
  return {
    root: folder,
    localRoot: path.join(folder, '.agent-memory'),
    home: folder,
    configDir: path.join(folder, '.config'),
    agentTypes: ['reviewer'],
    hookFiles: 2,
    pathRules: [],
    rulesText: 'Facts of this repository.\n',
    platform: 'posix',
    ...more,
  };
}

const git = (...args: readonly string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
const settings = (): string => path.join(root, '.claude/settings.local.json');
const has = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-connect-')));
  git('init', '-q');
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function connect(context: ConnectContext, choice: ConnectChoice = HOOKS): Promise<void> {
  await carryOut(await planConnect(context, choice));
}

describe('a connection', () => {
  it('makes the settings where there are none, and leaves nothing behind', async () => {
    await connect(contextOf(root));

    expect(await readConnection(contextOf(root))).toMatchObject({ kind: 'connected', channel: 'hooks', problems: [] });
    expect(JSON.parse(await readFile(settings(), 'utf8'))).toMatchObject({
      hooks: { SessionStart: [{ matcher: 'startup|clear|compact' }] },
      permissions: { deny: [`Read(/${root}/.agent-memory/.local/**)`, 'Read(.agent-memory/.local/**)'] },
    });

    await carryOut(await planDisconnect(contextOf(root)));
    expect(await has(path.join(root, '.claude'))).toBe(false);
    expect(await readConnection(contextOf(root))).toEqual({ kind: 'none' });
  });

  it('gives a settings file back to the byte', async () => {
    const before = '\uFEFF{\r\n\t// mine\r\n\t"model": "opus", // really\r\n}';
    await mkdir(path.join(root, '.claude'));
    await writeFile(settings(), before);

    await connect(contextOf(root));
    await connect(contextOf(root, { hookFiles: 3 }));
    expect(await readFile(settings(), 'utf8')).toContain('session-start-3.json');
    await carryOut(await planDisconnect(contextOf(root)));

    expect(await readFile(settings(), 'utf8')).toBe(before);
  });

  it('keeps the state that git shows', async () => {
    const exclude = await readFile(path.join(root, '.git/info/exclude'), 'utf8');
    const before = git('status', '--porcelain', '--untracked-files=all');
    await connect(contextOf(root));

    const after = git('status', '--porcelain', '--untracked-files=all');
    expect(after.split('\n').filter((line) => !line.includes('.agent-memory/.local'))).toEqual(before.split('\n'));

    await carryOut(await planDisconnect(contextOf(root)));
    expect(await readFile(path.join(root, '.git/info/exclude'), 'utf8')).toBe(exclude);
  });

  it('goes on showing in git the settings that were there before, and nothing of ours', async () => {
    await mkdir(path.join(root, '.claude'));
    await writeFile(settings(), '{}\n');
    const before = git('status', '--porcelain', '--untracked-files=all');
    expect(before).toContain('settings.local.json');
    await connect(contextOf(root));
    await connect(contextOf(root));

    const after = git('status', '--porcelain', '--untracked-files=all');
    expect(after.split('\n').filter((line) => !line.includes('.agent-memory/.local'))).toEqual(before.split('\n'));
  });

  it('writes its rules anew where the memory has changed, and removes them with their folders', async () => {
    const choice: ConnectChoice = { ...HOOKS, channel: 'rules' };
    const rule = { name: 'api.md', text: '---\npaths: ["api/**"]\n---\nThe port is 8080.\n' };
    await connect(contextOf(root), choice);
    const changed = contextOf(root, { rulesText: 'Other facts.\n', pathRules: [rule] });
    expect(await refreshRules(changed)).toBe(true);
    expect(await refreshRules(changed)).toBe(false);

    expect(await readFile(path.join(root, '.claude/rules/agent-memory.md'), 'utf8')).toContain('Other facts.');
    expect(await readFile(path.join(root, '.claude/rules/agent-memory/api.md'), 'utf8')).toMatch(/^---\npaths: /u);
    expect(await readConnection(changed)).toMatchObject({ kind: 'connected', channel: 'rules', problems: [] });
    expect(git('status', '--porcelain', '--untracked-files=all')).not.toContain('.claude');

    expect(await refreshRules(contextOf(root))).toBe(true);
    expect(await has(path.join(root, '.claude/rules/agent-memory'))).toBe(false);
    await carryOut(await planDisconnect(contextOf(root)));
    expect(await has(path.join(root, '.claude'))).toBe(false);
  });

  it('imports into a file of a person only where it is there, and takes its line back', async () => {
    const choice: ConnectChoice = { ...HOOKS, channel: 'rules', importInto: 'CLAUDE.md' };
    expect((await planConnect(contextOf(root), choice)).refusals).toEqual([
      { path: path.join(root, 'CLAUDE.md'), reason: 'not-there' },
    ]);
    const mine = '\uFEFF# Rules\r\n\r\nUse tabs.';
    await writeFile(path.join(root, 'CLAUDE.md'), mine);
    await connect(contextOf(root), choice);

    expect(await readFile(path.join(root, 'CLAUDE.md'), 'utf8')).toBe(`${mine}\r\n@.claude/agent-memory.md\r\n`);
    expect(await readFile(path.join(root, '.claude/agent-memory.md'), 'utf8')).toContain('Facts of this repository.');
    await carryOut(await planDisconnect(contextOf(root)));
    expect(await readFile(path.join(root, 'CLAUDE.md'), 'utf8')).toBe(mine);
    expect(await has(path.join(root, '.claude'))).toBe(false);
  });

  it('leaves a file of a person alone that stands where a rule would', async () => {
    const own = path.join(root, '.claude/rules/agent-memory.md');
    await mkdir(path.dirname(own), { recursive: true });
    await writeFile(own, 'Mine.\n');
    const plan = await planConnect(contextOf(root), { ...HOOKS, channel: 'rules' });
    expect(plan.refusals).toEqual([{ path: own, reason: 'not-ours' }]);
    await connect(contextOf(root));
    await carryOut(await planDisconnect(contextOf(root)));
    expect(await readFile(own, 'utf8')).toBe('Mine.\n');
  });

  it('writes nothing where a file has changed since it was shown', async () => {
    const plan = await planConnect(contextOf(root), HOOKS);
    await mkdir(path.join(root, '.claude'));
    await writeFile(settings(), '{ "model": "opus" }');
    await expect(carryOut(plan)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(settings(), 'utf8')).toBe('{ "model": "opus" }');
    expect(await readConnection(contextOf(root))).toEqual({ kind: 'none' });
  });

  it('writes nothing through a link that was put there after the preview', async () => {
    await mkdir(path.join(root, 'elsewhere'));
    const plan = await planConnect(contextOf(root), HOOKS);
    await symlink(path.join(root, 'elsewhere'), path.join(root, '.claude'));

    await expect(carryOut(plan)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(path.join(root, 'elsewhere'))).toEqual([]);

    await rm(path.join(root, '.claude'));
    await mkdir(path.join(root, '.claude'));
    await symlink(path.join(root, 'elsewhere', 'none'), settings());
    await expect(carryOut(plan)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('serves a workspace below the top of its repository, and only that', async () => {
    const app = path.join(root, 'packages/app');
    await mkdir(path.join(app, '.agent-memory/.local/recall'), { recursive: true });
    await writeFile(path.join(app, '.agent-memory/.local/recall/session-start.json'), '{"a":1}');
    await connect(contextOf(app, { hookFiles: 1 }));
    const value = JSON.parse(await readFile(settings(), 'utf8')) as {
      hooks: { SessionStart: [{ hooks: [{ command: string }] }] };
    };
    const { command } = value.hooks.SessionStart[0].hooks[0];
    const printed = (folder: string, env: object = {}): string =>
      execFileSync('/bin/sh', ['-c', command], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });
    expect(printed(app, { CLAUDE_PROJECT_DIR: app })).toBe('{"a":1}');
    expect(printed(app, { CLAUDE_PROJECT_DIR: root })).toBe('');

    // The top has its own memory: neither takes the other's lines.
    await connect(contextOf(root));
    await carryOut(await planDisconnect(contextOf(app)));
    expect(await readConnection(contextOf(root))).toMatchObject({ kind: 'connected', problems: [] });
    expect(await readConnection(contextOf(app))).toEqual({ kind: 'none' });
    expect(await readFile(settings(), 'utf8')).not.toContain('packages/app');
  });

  it.each(['recorded', 'no record of it'])('takes no rule of a store below it along: %s', async (state) => {
    const app = path.join(root, 'packages/app');
    await mkdir(app, { recursive: true });
    await connect(contextOf(app));
    await connect(contextOf(root));
    if (state !== 'recorded') await rm(path.join(root, '.agent-memory/.local/recall/connection.json'));
    await carryOut(await planDisconnect(contextOf(root)));
    const { permissions } = JSON.parse(await readFile(settings(), 'utf8')) as { permissions: { deny: string[] } };
    expect(permissions.deny).toEqual([`Read(/${app}/.agent-memory/.local/**)`]);
    expect(await readConnection(contextOf(app))).toMatchObject({ kind: 'connected', problems: [] });
  });

  it('leaves the rules of the top where a store below it goes without a record', async () => {
    const app = path.join(root, 'packages/app');
    await mkdir(app, { recursive: true });
    await connect(contextOf(root));
    await connect(contextOf(app));
    await rm(path.join(app, '.agent-memory/.local/recall/connection.json'));
    await carryOut(await planDisconnect(contextOf(app)));
    expect(await readConnection(contextOf(root))).toMatchObject({ kind: 'connected', problems: [] });
    expect(await readFile(settings(), 'utf8')).not.toContain('packages/app');
  });

  it('prints from a linked worktree, and from a folder that has moved', async () => {
    await mkdir(path.join(root, '.agent-memory/.local/recall'), { recursive: true });
    await writeFile(path.join(root, '.agent-memory/.local/recall/session-start.json'), '{"a":2}');
    await connect(contextOf(root, { hookFiles: 1 }));
    const text = await readFile(settings(), 'utf8');
    const { command } = (JSON.parse(text) as { hooks: { SessionStart: [{ hooks: [{ command: string }] }] } }).hooks
      .SessionStart[0].hooks[0];
    git('-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '-q', '--allow-empty', '-m', 'x');
    git('worktree', 'add', '-q', path.join(root, 'linked'));
    const printed = (folder: string, script: string): string =>
      execFileSync('/bin/sh', ['-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, CLAUDE_PROJECT_DIR: folder },
      });
    expect(printed(path.join(root, 'linked'), command)).toBe('{"a":2}');
    expect(printed(root, command.replaceAll(`${root}/.agent-memory`, '/nowhere'))).toBe('{"a":2}');
  });

  it('tells what is wrong with it', async () => {
    await connect(contextOf(root));
    const problems = async (more: Partial<ConnectContext> = {}): Promise<readonly string[]> => {
      const connection = await readConnection(contextOf(root, more));
      return connection.kind === 'none' ? ['none'] : connection.problems.map((one) => one.split(' ')[0] ?? '');
    };
    const text = await readFile(settings(), 'utf8');
    expect(await problems({ hookFiles: 3 })).toEqual(['outdated']);
    await writeFile(settings(), text.replace('"timeout": 5', '"timeout": 9'));
    expect(await problems()).toEqual(['altered']);
    await writeFile(settings(), `// mine\n${text}`);
    expect(await problems()).toEqual(['not-plain-json']);
    await writeFile(settings(), '{}');
    expect(await problems()).toEqual(['missing']);
    await writeFile(settings(), text);
    await rm(path.join(root, '.agent-memory/.local/recall/connection.json'));
    expect(await problems()).toEqual(['unrecorded']);
    await carryOut(await planDisconnect(contextOf(root)));
    expect(await problems()).toEqual(['none']);
  });
});
