import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { safeEnvironment } from '../../node/safeEnvironment';

/**
 * How the user's own login is found again: the folder it is kept in, and the token of `claude setup-token` where there is no
 * keychain. Keys and gateways of the environment are not kept: who chose this engine chose the plan they are logged in to.
 */
const LOGIN = ['CLAUDE_CONFIG_DIR', 'CLAUDE_CODE_OAUTH_TOKEN'] as const;

/** Nothing besides the request itself: no telemetry, no update, no memory, and no second, unstreamed try of its own. */
const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: '1',
  CLAUDE_CODE_DISABLE_TERMINAL_TITLE: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
} as const;

/** The environment of the program: what redirects it is taken out, the user's login is left in. */
export function claudeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const login = LOGIN.flatMap((name) => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return { ...safeEnvironment(environment), ...Object.fromEntries(login), ...QUIET, ...added };
}

/** What must not be repeated from the program's words: the values of the variables that can hold a secret. */
export function secretsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment)
    .filter(([name, value]) => /KEY|TOKEN|SECRET|PASSWORD/iu.test(name) && value.length >= 8)
    .map(([, value]) => value);
}

/** Folders for one try; the program works in the empty one. */
export interface TryFolder {
  readonly work: string;
  /** The file that holds the system text: command lines are shown to everybody on the machine. */
  readonly system: string;
}

/** Runs `use` with folders of its own, which only this user can read, and removes them afterwards. */
export async function inFolder<T>(system: string, use: (folder: TryFolder) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-claude-'));
  const folder = { work: path.join(root, 'work'), system: path.join(root, 'system.md') };
  try {
    await mkdir(folder.work);
    await writeFile(folder.system, system);
    return await use(folder);
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
