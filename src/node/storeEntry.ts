import { constants, open as openDescriptor, type Stats } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AgentDreamsError } from '../core/errors';
import { foldedName, isShared } from '../core/memory/storePath';
import { errnoOf } from './fileErrors';
import { isSame, lstatOrNothing, notInTree, openFolder, type FolderMethod, type StoreFolder } from './storeFolder';

/** Never through a link; never waiting for the other end of a pipe that was put in a file's place. */
export const CAREFULLY = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Where something of the store is, or would be. */
export interface Located {
  readonly method: FolderMethod;
  readonly root: string;
  readonly parts: readonly string[];
  readonly storePath: string;
}

/** Works in the folder at that path; undefined, without work, if it is missing. */
export async function inFolder<T>(at: Located, work: (folder: StoreFolder) => Promise<T>): Promise<T | undefined> {
  const folder = await openFolder(at.method, { root: at.root, parts: at.parts, make: false });
  return folder === undefined ? undefined : closing(folder, work);
}

/** Works in the folder above that path, with the last name of it; undefined, without work, if the folder is missing. */
export async function besideEntry<T>(
  at: Located,
  work: (folder: StoreFolder, name: string) => Promise<T>,
): Promise<T | undefined> {
  return inFolder({ ...at, parts: at.parts.slice(0, -1) }, (folder) => work(folder, lastOf(at)));
}

/** As `besideEntry`, in a folder that is made where it is missing. */
export async function besideNewEntry<T>(
  at: Located,
  work: (folder: StoreFolder, name: string) => Promise<T>,
): Promise<T> {
  const parts = at.parts.slice(0, -1);
  const onMake = (parent: StoreFolder, name: string): Promise<void> => assertNoTwin(at, parent, name);
  const folder = await openFolder(at.method, { root: at.root, parts, make: true, onMake });
  if (folder === undefined)
    throw new AgentDreamsError('io', 'The folder was removed meanwhile.', { path: at.storePath });
  return closing(folder, (open) => work(open, lastOf(at)));
}

/**
 * Folders that are open for reading. Reads that run at the same time share theirs: reading a whole store would open the
 * same few folders thousands of times. None stays open after the last of them.
 */
export class ReadFolders {
  readonly #open = new Map<string, { readonly folder: Promise<StoreFolder | undefined>; users: number }>();

  /** As `besideEntry`. */
  async beside<T>(at: Located, work: (folder: StoreFolder, name: string) => Promise<T>): Promise<T | undefined> {
    // What is only named is looked at before and after each call.
    if (at.method === 'named') return besideEntry(at, work);
    const parts = at.parts.slice(0, -1);
    const key = [at.root, ...parts].join('/');
    const joined = this.#open.get(key);
    const shared = joined ?? { folder: openFolder(at.method, { root: at.root, parts, make: false }), users: 0 };
    this.#open.set(key, shared);
    shared.users += 1;
    try {
      const folder = await shared.folder;
      if (folder !== undefined) return await work(folder, lastOf(at));
      // It may have been made since the other one looked.
      return joined === undefined ? undefined : await besideEntry(at, work);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        this.#open.delete(key);
        await (await shared.folder.catch(() => undefined))?.close();
      }
    }
  }
}

async function closing<T>(folder: StoreFolder, work: (folder: StoreFolder) => Promise<T>): Promise<T> {
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

function lastOf(at: Located): string {
  return at.parts.at(-1) ?? '';
}

const ASCII = /^[ -~]*$/u;

/** Quick no: folding keeps the length of plain letters. */
function mayFoldAlike(a: string, b: string): boolean {
  return a.length === b.length || !ASCII.test(a) || !ASCII.test(b);
}

/** In what git carries to other disks, no two names may be one where case or normal form does not count. */
export async function assertNoTwin(at: Located, folder: StoreFolder, name: string): Promise<void> {
  if (!isShared(at.storePath)) return;
  const folded = foldedName(name);
  const twin = (await readdir(folder.self)).find(
    (other) => other !== name && mayFoldAlike(other, name) && foldedName(other) === folded,
  );
  if (twin === undefined) return;
  throw new AgentDreamsError('invalid-path', 'The name is that of another file where case or accents do not count.', {
    path: at.storePath,
    other: twin,
  });
}

/** The file opened, or undefined if there is none. Throws `invalid-path` for what is no file. */
export function openEntry(at: Located, file: string, flags: number): Promise<FileHandle | undefined> {
  return orNothing(at, open(file, flags));
}

const openNumber = promisify(openDescriptor);

/** As `openEntry`, for reading; a descriptor that is to be closed. */
export function openToRead(at: Located, file: string): Promise<number | undefined> {
  return orNothing(at, openNumber(file, constants.O_RDONLY | CAREFULLY));
}

async function orNothing<T>(at: Located, opened: Promise<T>): Promise<T | undefined> {
  try {
    return await opened;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return undefined;
    // A folder, or a pipe or socket.
    if (errno === 'EISDIR' || errno === 'ENXIO') throw notInTree(at.storePath);
    throw error;
  }
}

/** Throws unless the open file is the one that stands at its name in the store. */
export async function assertStands(at: Located, folder: StoreFolder, name: string, stats: Stats): Promise<Stats> {
  const named = await lstatOrNothing(folder.at(name));
  if (named?.isFile() !== true || !isSame(named, stats)) throw notInTree(at.storePath);
  await folder.verify();
  return named;
}

/** The state of an entry that is no link. */
export async function lookAt(at: Located, folder: StoreFolder, name: string): Promise<Stats | undefined> {
  const stats = await lstatOrNothing(folder.at(name));
  if (stats?.isSymbolicLink() === true) throw notInTree(at.storePath);
  return stats;
}
