import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectChoice } from '../../../../src/core/recall/connect/record';
import { carryOut, planConnect, planDisconnect, readConnection } from '../../../../src/node/claude/connection';
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
});
