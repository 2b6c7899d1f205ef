import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectChoice } from '../../../../src/core/recall/connect/record';
import {
  carryOut,
  planConnect,
  planDisconnect,
  readConnection,
  refreshHooks,
  refreshRules,
  type ConnectContext,
} from '../../../../src/node/claude/connection';

const HOOKS: ConnectChoice = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: true,
  inbox: false,
  gitExclude: true,
  pathRules: true,
};
const MINE = '{\n  "model": "opus",\n  "hooks": { "Stop": [] }\n}\n';

let root: string;
let settings: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-refresh-')));
  settings = path.join(root, '.claude/settings.local.json');
  git('init', '-q');
  await mkdir(path.dirname(settings));
  await writeFile(settings, MINE);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const git = (...args: readonly string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
const text = (): Promise<string> => readFile(settings, 'utf8');

function contextOf(agentTypes: readonly string[], more: Partial<ConnectContext> = {}): ConnectContext {
  return {
    root,
    localRoot: path.join(root, '.agent-memory'),
    home: root,
    configDir: path.join(root, '.config'),
    stableCommand: '/home/me/bin/agent-dreams',
    agentTypes,
    hookFiles: 2,
    pathRules: [],
    rulesText: '',
    platform: 'posix',
    ...more,
  };
}

async function connect(agentTypes: readonly string[], choice = HOOKS): Promise<void> {
  await carryOut(await planConnect(contextOf(agentTypes), choice));
}

describe('hooks of a connection that is as it was written', () => {
  it('follow new agents, agents that are gone and more files, and are taken back to the byte', async () => {
    await connect(['reviewer']);
    expect(await refreshHooks(contextOf(['reviewer']))).toBe(false);

    const now = contextOf(['reviewer', 'tester'], { hookFiles: 3 });
    expect(await refreshHooks(now)).toBe(true);
    expect(await text()).toContain('"^tester$"');
    expect(await text()).toContain('"^(?!(?:fork|reviewer|tester)$).*$"');
    expect(await text()).toContain('session-start-3.json');
    expect(await readConnection(now)).toMatchObject({ problems: [] });
    expect(await refreshHooks(now)).toBe(false);

    expect(await refreshHooks(contextOf([]))).toBe(true);
    expect(await text()).not.toContain('reviewer');
    await carryOut(await planDisconnect(contextOf([])));
    expect(await text()).toBe(MINE);
  });

  it('keep what somebody added to the file meanwhile', async () => {
    await connect(['reviewer']);
    await writeFile(settings, (await text()).replace('"opus"', '"haiku"'));
    expect(await refreshHooks(contextOf(['tester']))).toBe(true);
    await carryOut(await planDisconnect(contextOf(['tester'])));
    expect(await text()).toBe(MINE.replace('"opus"', '"haiku"'));
  });
});

describe('nothing is written without asking', () => {
  it.each<[string, (now: string) => string]>([
    ['that was edited', (now) => now.replace('"timeout": 5', '"timeout": 9')],
    ['that Claude Code cannot read', (now) => `// comment\n${now}`],
    ['that somebody took out', () => MINE],
    ['that is no JSON any more', (now) => now.slice(0, -3)],
  ])('into a connection %s', async (_, change) => {
    await connect(['reviewer']);
    const changed = change(await text());
    await writeFile(settings, changed);
    expect(await refreshHooks(contextOf(['reviewer', 'tester']))).toBe(false);
    expect(await text()).toBe(changed);
    const connection = await readConnection(contextOf(['reviewer', 'tester']));
    expect(connection.kind === 'connected' && connection.problems.length).toBe(1);
  });

  it('that is of another form: another command', async () => {
    await connect(['reviewer']);
    const before = await text();
    expect(await refreshHooks(contextOf(['tester'], { stableCommand: '/elsewhere/agent-dreams' }))).toBe(false);
    expect(await refreshHooks(contextOf(['tester'], { localRoot: path.join(root, 'other') }))).toBe(false);
    expect(await text()).toBe(before);
  });

  it('into a file that git tracks', async () => {
    await connect(['reviewer']);
    git('add', '-f', '.claude/settings.local.json');
    expect(await refreshHooks(contextOf(['tester']))).toBe(false);
  });

  it('where nobody connected, or chose to have no hooks', async () => {
    expect(await refreshHooks(contextOf(['tester']))).toBe(false);
    await connect(['reviewer'], { ...HOOKS, channel: 'rules' });
    expect(await refreshHooks(contextOf(['tester']))).toBe(false);
  });

  it('from a linked worktree, whose agents and rules are others', async () => {
    await connect(['reviewer']);
    git('-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '-q', '--allow-empty', '-m', 'x');
    git('worktree', 'add', '-q', path.join(root, 'linked'));
    const linked = contextOf(['tester'], {
      root: path.join(root, 'linked'),
      pathRules: [{ name: 'a.md', text: '---\npaths: ["a/**"]\n---\nA.\n' }],
    });
    expect(await refreshHooks(linked)).toBe(false);
    expect(await refreshRules(linked)).toBe(false);
  });
});
