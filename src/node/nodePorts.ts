import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { redactingLogger } from '../core/boundary/redactingLogger';
import { KEY_PATH } from '../core/history/storeKey';
import type { CorePorts, FileStore, Logger } from '../core/ports';
import { createClock } from './clock';
import { createFileStore } from './fileStore';
import { createHasher } from './hasher';
import { createIds } from './ids';
import { createLock } from './lock';
import { createSecretGuard, type SecretGuard, type SecretGuardOptions } from './secrets/secretGuard';
import { createTextCodec } from './textCodec';

export const STORE_FOLDER = '.agent-memory';
/** Git ignores `.local` even where the store has no `.gitignore` yet: a headless capture comes before Initialize Memory. */
const IGNORE_PATH = '.local/.gitignore';

export interface NodePortsOptions extends Pick<SecretGuardOptions, 'settings' | 'ownKeys'> {
  /** Absolute path of the workspace folder. */
  readonly workspaceRoot: string;
  /** Gets every message redacted. */
  readonly logger: Logger;
  /** The folder whose store holds `.local`; by default the main checkout if this is a linked git worktree. */
  readonly localRoot?: string;
}

/**
 * The ports of one workspace folder on this machine. Nothing is written by making them: the store's key is kept with
 * the first write of anything else. `localRoot` is the store folder that holds `.local`.
 */
export async function createNodePorts(
  options: NodePortsOptions,
): Promise<CorePorts & { readonly redactor: SecretGuard; readonly redactionKey: string; readonly localRoot: string }> {
  const root = path.join(options.workspaceRoot, STORE_FOLDER);
  const localRoot = path.join(options.localRoot ?? (await mainCheckout(options.workspaceRoot)), STORE_FOLDER);
  const clock = createClock();
  const text = createTextCodec();
  const plain = createFileStore({ root, localRoot });
  const known = await plain.read(KEY_PATH);
  const redactionKey = known === undefined ? randomBytes(32).toString('hex') : text.decode(known).text.trim();
  const firsts = { [KEY_PATH]: text.encode(`${redactionKey}\n`), [IGNORE_PATH]: text.encode('*\n') };
  const files = known === undefined ? withFirsts(plain, firsts) : plain;
  const hasher = createHasher();
  const redactor = createSecretGuard({ ...options, hasher, key: redactionKey });
  await redactor.refresh();
  return {
    files,
    text,
    hasher,
    clock,
    ids: createIds(clock),
    lock: createLock(path.join(localRoot, '.local', 'locks'), clock),
    logger: redactingLogger(options.logger, (message) => redactor.redact(message).text),
    redactor,
    redactionKey,
    localRoot,
  };
}

/** The store, with these files written before the first other one, where they are missing. */
function withFirsts(files: FileStore, firsts: Readonly<Record<string, Uint8Array>>): FileStore {
  let kept: Promise<void> | undefined;
  const keepAll = async (): Promise<void> => {
    for (const [file, bytes] of Object.entries(firsts)) {
      if ((await files.stat(file)) === undefined) await files.write(file, bytes);
    }
  };
  const keep = (): Promise<void> => {
    kept ??= keepAll();
    return kept.catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
  };
  return {
    ...files,
    write: async (file, bytes) => {
      await keep();
      await files.write(file, bytes);
    },
    append: async (file, bytes) => {
      await keep();
      await files.append(file, bytes);
    },
  };
}

/**
 * The main checkout of a linked git worktree, else the folder itself. `.local` lives there, so that sessions are
 * captured once and one journal serves all worktrees.
 */
async function mainCheckout(workspaceRoot: string): Promise<string> {
  try {
    const run = promisify(execFile);
    const args = [
      '-C',
      workspaceRoot,
      'rev-parse',
      '--path-format=absolute',
      '--git-dir',
      '--git-common-dir',
      '--show-toplevel',
    ];
    const { stdout } = await run('git', args, { timeout: 5_000, windowsHide: true });
    const [gitDir = '', commonDir = '', top = ''] = stdout.trim().split('\n');
    if (gitDir === commonDir || path.basename(commonDir) !== '.git') return workspaceRoot;
    // Only a folder that is the worktree's own top maps to the main checkout's top.
    const same = (await realpath(top)) === (await realpath(workspaceRoot));
    return same ? path.dirname(commonDir) : workspaceRoot;
  } catch {
    return workspaceRoot;
  }
}
