import { execFileSync, spawnSync } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carryOut, planConnect, planDisconnect, type ConnectContext } from '../../../../src/node/claude/connection';

let base = '';
beforeEach(async () => (base = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-names-')))));
afterEach(() => rm(base, { recursive: true, force: true }));

const TEXT = '{"hookSpecificOutput":{}}\n';
const CHOICE = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: false,
  inbox: false,
  gitExclude: true,
  pathRules: true,
} as const;

interface Handler {
  readonly command: string;
  readonly args?: readonly string[];
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function connected(top: string, root: string): Promise<ConnectContext> {
  execFileSync('git', ['init', '-q', top]);
  const recall = path.join(root, '.agent-memory', '.local', 'recall');
  await mkdir(recall, { recursive: true });
  await writeFile(path.join(recall, 'session-start.json'), TEXT);
  const context: ConnectContext = {
    root,
    localRoot: path.join(root, '.agent-memory'),
    home: base,
    configDir: path.join(base, 'config'),
    agentTypes: [],
    hookFiles: 1,
    pathRules: [{ name: 'a.md', text: 'A.\n' }],
    rulesText: '',
  };
  await carryOut(await planConnect(context, CHOICE));
  return context;
}

function run({ command, args }: Handler, folder: string): string {
  const options = { cwd: folder, env: { ...process.env, CLAUDE_PROJECT_DIR: folder }, encoding: 'utf8' } as const;
  return (args === undefined ? spawnSync('/bin/sh', ['-c', command], options) : spawnSync(command, args, options))
    .stdout;
}

const NAMES = [
  ["it's", 'a quote'],
  ['$(touch ran)', 'a command'],
  ['`touch ran`', 'a command'],
  ["a' ; touch ran ; '", 'a quote and a command'],
  ['a\ntouch ran\n', 'lines'],
  ['.git\nb', 'a line that ends like a repository'],
  ['--upload-pack=touch ran', 'an option'],
  ['# Agent Dreams x', 'our tag'],
  ['a\\b*[c]', 'patterns'],
] as const;

describe.skipIf(process.platform === 'win32')('a folder that has the name of', () => {
  it.each(NAMES)('%j (%s): its hooks print, run nothing else, and go without a trace', async (name) => {
    for (const [top, root] of [
      [path.join(base, 'one', name), path.join(base, 'one', name)],
      [path.join(base, 'two'), path.join(base, 'two', name)],
    ] as const) {
      await mkdir(root, { recursive: true });
      const context = await connected(top, root);
      const files = [path.join(top, '.claude/settings.local.json'), path.join(root, '.claude/settings.local.json')];
      const [file = ''] = (await Promise.all(files.map(exists))).flatMap((there, at) =>
        there ? [files[at] ?? ''] : [],
      );
      const { hooks } = JSON.parse(await readFile(file, 'utf8')) as {
        hooks: { SessionStart: [{ hooks: readonly Handler[] }] };
      };
      const [handler] = hooks.SessionStart[0].hooks;

      expect(handler && run(handler, root)).toBe(TEXT);
      expect(await exists(path.join(root, 'ran'))).toBe(false);
      const status = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: top, encoding: 'utf8' });
      if (!name.includes('\n')) expect(status).not.toContain('.claude');

      await carryOut(await planDisconnect(context));
      expect(await exists(path.dirname(file))).toBe(false);
    }
  });
});
