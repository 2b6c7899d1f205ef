import { closeSync, constants, existsSync, fsync, open as openDescriptor, type Stats } from 'node:fs';
import { lstat, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AgentDreamsError } from '../core/errors';
import { errnoOf } from './fileErrors';

/**
 * A folder of the store that was reached without following a link. While it is open, `at` and `self` lead to this folder
 * and no other, whatever is put in the place of its path meanwhile.
 */
export interface StoreFolder {
  /** The folder, for calls that take a path. */
  readonly self: string;
  /** An entry of it. */
  at(name: string): string;
  /** Where a folder can only be named, not held: throws `invalid-path` if its path has come to mean another one. */
  verify(): Promise<void>;
  /** Flushes its entries, best effort. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** `held` is free of races and needs /proc/self/fd; `named` looks before and after, on every other system. */
export type FolderMethod = 'held' | 'named';

/** How this system reaches folders. */
export function folderMethod(): FolderMethod {
  return process.platform === 'linux' && existsSync('/proc/self/fd') ? 'held' : 'named';
}

interface Way {
  /** Absolute; it may itself not be a link, what is above it may. */
  readonly root: string;
  readonly parts: readonly string[];
  /** What is missing is made; `onMake` is asked before, and refuses by throwing. */
  readonly make: boolean;
  readonly onMake?: (parent: StoreFolder, name: string) => Promise<void>;
}

/** Opens a folder, or gives undefined where a part of the way is missing. Throws `invalid-path`, ENOTDIR or ELOOP at a link. */
export function openFolder(method: FolderMethod, way: Way): Promise<StoreFolder | undefined> {
  return method === 'held' ? hold(way) : name(way);
}

/** The error for a path on which something else stands than a folder or a file of the store. */
export function notInTree(storePath = ''): AgentDreamsError {
  return new AgentDreamsError('invalid-path', 'A link, or a file in place of a folder, stands on the way.', {
    path: storePath,
  });
}

/** lstat, or undefined where nothing is. */
export async function lstatOrNothing(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The same file or folder. Windows tells the device of a path and of a handle differently. */
export function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && (process.platform === 'win32' || a.dev === b.dev);
}

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

const openNumber = promisify(openDescriptor);
const flush = promisify(fsync);

/**
 * Node has no openat; a path through the descriptor of a folder that is open is the same. Descriptors are plain numbers:
 * each call opens several folders, and a handle costs a turn of the thread pool to be closed.
 */
class HeldFolder implements StoreFolder {
  readonly self: string;
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.self = `/proc/self/fd/${descriptor}`;
  }

  at(entry: string): string {
    return `${this.self}/${entry}`;
  }

  async verify(): Promise<void> {
    await Promise.resolve();
  }

  sync(): Promise<void> {
    return quietly(flush(this.#descriptor));
  }

  async close(): Promise<void> {
    closeSync(this.#descriptor);
    await Promise.resolve();
  }
}

async function openOrNothing(folder: string): Promise<HeldFolder | undefined> {
  try {
    return new HeldFolder(await openNumber(folder, FOLDER));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function hold({ root, parts, make, onMake }: Way): Promise<HeldFolder | undefined> {
  let folder = await openOrNothing(root);
  if (folder === undefined && make) {
    await mkdir(root, { recursive: true });
    folder = await openOrNothing(root);
  }
  for (const part of parts) {
    if (folder === undefined) return undefined;
    const parent = folder;
    try {
      folder = await openOrNothing(parent.at(part));
      if (folder === undefined && make) {
        await onMake?.(parent, part);
        await makeFolder(parent.at(part));
        folder = await openOrNothing(parent.at(part));
      }
    } finally {
      await parent.close();
    }
  }
  return folder;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * Without descriptors to go through, the path is looked at part by part before a call and again before its effect counts.
 * What is swapped within that call can still mislead it: an empty file or folder may be made, or a name moved or removed,
 * where the link leads. Contents are written only into a file that was seen to stand in the store.
 */
class NamedFolder implements StoreFolder {
  readonly self: string;
  readonly #seen: readonly (readonly [string, Stats])[];

  constructor(self: string, seen: readonly (readonly [string, Stats])[]) {
    this.self = self;
    this.#seen = seen;
  }

  at(entry: string): string {
    return path.join(this.self, entry);
  }

  async verify(): Promise<void> {
    for (const [folder, before] of this.#seen) {
      const now = await lstatOrNothing(folder);
      if (now?.isDirectory() !== true || !isSame(before, now)) throw notInTree();
    }
  }

  async sync(): Promise<void> {
    // Some platforms cannot open or flush a directory: there the rename alone has to do.
    const handle = await open(this.self, constants.O_RDONLY).catch(() => undefined);
    if (handle === undefined) return;
    try {
      await quietly(handle.sync());
    } finally {
      await handle.close();
    }
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}

async function name({ root, parts, make, onMake }: Way): Promise<NamedFolder | undefined> {
  let current = root;
  if (make && (await lstatOrNothing(root)) === undefined) await mkdir(root, { recursive: true });
  const seen: (readonly [string, Stats])[] = [];
  for (const part of ['', ...parts]) {
    const parent = new NamedFolder(current, seen);
    current = path.join(current, part);
    let stats = await lstatOrNothing(current);
    if (stats === undefined && make) {
      await onMake?.(parent, part);
      await parent.verify();
      await makeFolder(current);
      stats = await lstatOrNothing(current);
    }
    if (stats === undefined) return undefined;
    if (!stats.isDirectory()) throw notInTree();
    seen.push([current, stats]);
  }
  return new NamedFolder(current, seen);
}

/** Some file systems flush no folder. */
async function quietly(flushed: Promise<void>): Promise<void> {
  await flushed.catch((error: unknown) => {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EISDIR'].includes(errnoOf(error) ?? '')) throw error;
  });
}
