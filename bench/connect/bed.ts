import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ConnectChoice, ConnectContext } from '../../src/node/claude/connection';

/** A repository of its own to connect. */
export interface Bed {
  readonly root: string;
  readonly context: ConnectContext;
  /** The text of a file; '' where there is none. */
  read(file: string): Promise<string>;
  /** Every file, folder and link of the folder with its content, without what git and the store keep for themselves. */
  photograph(): Promise<Readonly<Record<string, string>>>;
  /** As if `.local` had been deleted. */
  forgetRecord(): Promise<void>;
  /** What `git status` shows, without the store. */
  status(): Promise<string>;
  remove(): Promise<void>;
}

export const HOOKS: ConnectChoice = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: true,
  inbox: false,
  gitExclude: true,
  pathRules: true,
};

const run = promisify(execFile);

export function settingsOf({ root }: Pick<Bed, 'root'>): string {
  return path.join(root, '.claude/settings.local.json');
}

/** Makes the folder; `git: false` without a repository. */
export async function makeBed(options: { readonly git: boolean } = { git: true }): Promise<Bed> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-connect-')));
  if (options.git) await run('git', ['-C', root, 'init', '-q']);
  await mkdir(path.join(root, '.agent-memory/.local/recall'), { recursive: true });
  const context: ConnectContext = {
    root,
    localRoot: path.join(root, '.agent-memory'),
    home: root,
    configDir: path.join(root, 'config'),
    stableCommand: path.join(root, 'user/bin/agent-dreams'),
    agentTypes: ['Explore', 'reviewer'],
    hookFiles: 2,
    pathRules: [],
    rulesText: 'Facts of this repository.\n',
    platform: 'posix',
  };
  return {
    root,
    context,
    read: (file) => readFile(file, 'utf8').catch(() => ''),
    photograph: async () => {
      const found: Record<string, string> = {};
      await photograph(root, '', found);
      return found;
    },
    forgetRecord: () => rm(path.join(root, '.agent-memory/.local/recall/connection.json'), { force: true }),
    status: async () => {
      const { stdout } = await run('git', ['-C', root, 'status', '--porcelain', '--untracked-files=all']);
      return stdout
        .split('\n')
        .filter((line) => !line.includes('.agent-memory/'))
        .join('\n');
    },
    remove: async () => {
      await chmod(path.join(root, '.claude'), 0o755).catch(() => undefined);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function photograph(root: string, below: string, found: Record<string, string>): Promise<void> {
  for (const entry of await readdir(path.join(root, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    const at = path.join(root, name);
    if (name === '.agent-memory' || (name.startsWith('.git/') && name !== '.git/info' && name !== '.git/info/exclude'))
      continue;
    const mode = ((await lstat(at)).mode & 0o777).toString(8);
    if (entry.isDirectory()) {
      found[`${name}/`] = mode;
      await photograph(root, name, found);
    } else if (entry.isSymbolicLink()) found[name] = `-> ${await readlink(at)}`;
    else found[name] = `${mode} ${(await readFile(at)).toString('base64')}`;
  }
}
