import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { redactingLogger } from '../core/boundary/redactingLogger';
import { KEY_PATH } from '../core/history/storeKey';
import type { CorePorts, FileStore, Ids, Logger, Owner } from '../core/ports';
import { createClock } from './clock';
import { createFileStore } from './fileStore';
import { foreignLocal, OWNER_PATH, ownerMark, setForeignAside } from './foreignLocal';
import { createTeamFindings, type FindingsSettings } from './findingsAuthor';
import { createHasher } from './hasher';
import { createIds } from './ids';
import { createLock } from './lock';
import { safeGit } from './safeEnvironment';
import { createSecretGuard, type SecretGuard, type SecretGuardOptions } from './secrets/secretGuard';
import { createTextCodec } from './textCodec';
import { createOwner, userFolder } from './userFolder';
import { withoutLocal } from './withoutLocal';

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
  /** Where this user's key is; by default the folder for settings of their home. */
  readonly userFolder?: string;
  /** Where a second copy of that key is. */
  readonly spareUserFolder?: string;
  /** What the user says about sharing findings; missing: nothing is shared. */
  readonly findings?: () => FindingsSettings;
  /** Nothing is moved in an untrusted folder: what came in its `.local` is then hidden instead of set aside. */
  readonly untrusted?: boolean;
  /** Git is asked what of `.local` it tracks, and so came with a pull; by default where the folder is trusted. */
  readonly askGit?: boolean;
}

/** The ports of one folder, and what was found out about it on the way. */
export interface NodePorts extends CorePorts {
  readonly owner: Owner;
  readonly redactor: SecretGuard;
  readonly redactionKey: string;
  /** The store folder that holds `.local`. */
  readonly localRoot: string;
  /** Where what came in `.local` with the folder is now; undefined if nothing did. */
  readonly setAside?: string;
}

/**
 * The ports of one workspace folder on this machine. Nothing is written by making them, but what came in `.local` with a
 * clone or a pull is set aside: the store's key and its owner's mark are kept with the first write of anything else.
 */
export async function createNodePorts(options: NodePortsOptions): Promise<NodePorts> {
  const root = path.join(options.workspaceRoot, STORE_FOLDER);
  const main = options.localRoot ?? (await mainCheckout(options.workspaceRoot));
  const localRoot = path.join(main, STORE_FOLDER);
  const hasher = createHasher();
  const clock = createClock();
  const ids = createIds(clock);
  const owner = createOwner(options.userFolder ?? userFolder(), hasher, options.spareUserFolder);
  const text = createTextCodec();
  const foreign = await dealWithForeign(options, { localRoot, owner, ids });
  const onDisk = createFileStore({ root, localRoot, skillRoot: path.join(options.workspaceRoot, '.claude') });
  const plain = foreign?.hidden === true ? withoutLocal(onDisk) : onDisk;
  const known = await plain.read(KEY_PATH);
  const redactionKey = known === undefined ? randomBytes(32).toString('hex') : text.decode(known).text.trim();
  // The key comes last: a store with a key and without its owner's mark is somebody else's.
  const firsts = {
    [IGNORE_PATH]: () => Promise.resolve(text.encode('*\n')),
    [OWNER_PATH]: async () => text.encode(await ownerMark(owner, ids.next())),
    [KEY_PATH]: () => Promise.resolve(text.encode(`${redactionKey}\n`)),
  };
  const files = known === undefined ? withFirsts(plain, firsts) : plain;
  const redactor = createSecretGuard({ ...options, hasher, key: redactionKey });
  await redactor.refresh();
  return {
    files,
    text,
    hasher,
    clock,
    ids,
    lock: createLock(path.join(localRoot, '.local', 'locks'), clock),
    logger: redactingLogger(options.logger, (message) => redactor.redact(message).text),
    redactor,
    redactionKey,
    localRoot,
    owner,
    team: createTeamFindings(options.workspaceRoot, owner, options.findings),
    ...(main === options.workspaceRoot
      ? {}
      : { worktree: hasher.sha256(path.resolve(options.workspaceRoot)).slice(0, 16) }),
    ...(foreign === undefined ? {} : { setAside: foreign.folder }),
  };
}

/** undefined if nothing foreign was found. */
async function dealWithForeign(
  { logger, untrusted = false, askGit = !untrusted }: NodePortsOptions,
  { localRoot, owner, ids }: { readonly localRoot: string; readonly owner: Owner; readonly ids: Ids },
): Promise<{ readonly folder: string; readonly hidden: boolean } | undefined> {
  const foreign = await foreignLocal(localRoot, owner, { askGit });
  if (foreign.length === 0) return undefined;
  if (untrusted) return { folder: path.join(localRoot, '.local'), hidden: true };
  const { folder, left } = await setForeignAside(localRoot, foreign, ids.next());
  logger.warn(`${foreign.length} files or folders in .local came with the folder, and were set aside in ${folder}`);
  if (left.length > 0) logger.warn(`${left.length} of them cannot be moved; nothing in .local is read`);
  return { folder, hidden: left.length > 0 };
}

/** The store, with these files written before the first other one, where they are missing. */
function withFirsts(files: FileStore, firsts: Readonly<Record<string, () => Promise<Uint8Array>>>): FileStore {
  let kept: Promise<void> | undefined;
  const keepAll = async (): Promise<void> => {
    for (const [file, make] of Object.entries(firsts)) {
      if ((await files.stat(file)) === undefined) await files.write(file, await make());
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
    const args = ['rev-parse', '--path-format=absolute', '--git-dir', '--git-common-dir', '--show-toplevel'];
    const stdout = (await safeGit(workspaceRoot, args)) ?? '';
    if (stdout === '') return workspaceRoot;
    const [gitDir = '', commonDir = '', top = ''] = stdout.trim().split('\n');
    if (gitDir === commonDir || path.basename(commonDir) !== '.git') return workspaceRoot;
    // Only a folder that is the worktree's own top maps to the main checkout's top.
    const same = (await realpath(top)) === (await realpath(workspaceRoot));
    return same ? path.dirname(commonDir) : workspaceRoot;
  } catch {
    return workspaceRoot;
  }
}
