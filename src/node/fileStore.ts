import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AgentDreamsError } from '../core/errors';
import { assertStorePath } from '../core/memory/storePath';
import type { DirectoryEntry, FileStat, FileStore } from '../core/ports';
import { errnoOf, toFileError } from './fileErrors';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export interface FileStoreRoots {
  /** Absolute path of `.agent-memory`. */
  readonly root: string;
  /** Absolute path of the store that holds `.local`; differs from `root` in a linked git worktree. */
  readonly localRoot?: string;
}

/**
 * The store on disk. Every path is checked by `assertStorePath`, no component may be a symlink, files are opened without
 * following links, and a file with several hard links is refused as a target of writes.
 */
export function createFileStore(roots: FileStoreRoots): FileStore {
  const locate = (storePath: string): Located => {
    assertStorePath(storePath);
    const local = storePath === '.local' || storePath.startsWith('.local/');
    const root = local ? (roots.localRoot ?? roots.root) : roots.root;
    return { root, absolute: path.join(root, storePath), storePath };
  };
  return {
    read: (storePath, options) =>
      guarded(storePath, () => readWhole(locate(storePath), options?.maxBytes ?? DEFAULT_MAX_BYTES)),
    readRange: (storePath, start, length) => guarded(storePath, () => readPart(locate(storePath), start, length)),
    list: (directory) =>
      guarded(directory, () => listEntries(directory === '' ? rootOf(roots.root) : locate(directory))),
    stat: (storePath) => guarded(storePath, () => statOf(locate(storePath))),
    write: (storePath, bytes) => guarded(storePath, () => writeFlushed(locate(storePath), bytes, 'replace')),
    append: (storePath, bytes) => guarded(storePath, () => writeFlushed(locate(storePath), bytes, 'append')),
    rename: (from, to) => guarded(to, () => renameFile(locate(from), locate(to))),
    remove: (storePath) => guarded(storePath, () => removeEntry(locate(storePath))),
    syncDirectory: (directory) =>
      guarded(directory, () => syncEntries(directory === '' ? rootOf(roots.root) : locate(directory))),
  };
}

interface Located {
  readonly root: string;
  readonly absolute: string;
  readonly storePath: string;
}

function rootOf(root: string): Located {
  return { root, absolute: root, storePath: '' };
}

async function guarded<T>(storePath: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileError(error, storePath);
  }
}

/** lstat of the target after every component on the way was seen to be a real directory; undefined if missing. */
async function inspect(at: Located): Promise<Stats | undefined> {
  const parts = path.relative(at.root, at.absolute).split(path.sep).filter(Boolean);
  let current = at.root;
  let stats = await lstatOrNothing(current);
  for (const part of parts) {
    if (stats === undefined) return undefined;
    if (!stats.isDirectory()) throw notInTree(at);
    current = path.join(current, part);
    stats = await lstatOrNothing(current);
  }
  if (stats?.isSymbolicLink() === true) throw notInTree(at);
  return stats;
}

async function lstatOrNothing(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function notInTree(at: Located): AgentDreamsError {
  return new AgentDreamsError('invalid-path', 'A link, or a file in place of a folder, stands on the way.', {
    path: at.storePath,
  });
}

async function readWhole(at: Located, maxBytes: number): Promise<Uint8Array | undefined> {
  const stats = await inspect(at);
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw notInTree(at);
  if (stats.size > maxBytes) {
    throw new AgentDreamsError('too-large', `The file is larger than ${maxBytes} bytes.`, {
      path: at.storePath,
      bytes: stats.size,
    });
  }
  const handle = await open(at.absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

async function readPart(at: Located, start: number, length: number): Promise<Uint8Array | undefined> {
  const stats = await inspect(at);
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw notInTree(at);
  const wanted = Math.max(0, Math.min(length, stats.size - start));
  const handle = await open(at.absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const buffer = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await handle.read(buffer, filled, wanted - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function listEntries(at: Located): Promise<readonly DirectoryEntry[]> {
  const stats = await inspect(at);
  if (stats === undefined) return [];
  if (!stats.isDirectory()) throw notInTree(at);
  const entries = await readdir(at.absolute, { withFileTypes: true });
  return entries
    .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): FileStat['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

async function statOf(at: Located): Promise<FileStat | undefined> {
  const stats = await inspect(at);
  if (stats === undefined) return undefined;
  return { kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs, links: stats.nlink };
}

async function assertWritable(at: Located): Promise<void> {
  const stats = await inspect(at);
  if (stats === undefined) return;
  if (!stats.isFile()) throw notInTree(at);
  if (stats.nlink > 1) {
    throw new AgentDreamsError('invalid-path', 'The file has more than one name (hard links).', { path: at.storePath });
  }
}

async function makeParents(at: Located): Promise<void> {
  await mkdir(path.dirname(at.absolute), { recursive: true });
}

async function writeFlushed(at: Located, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
  await assertWritable(at);
  await makeParents(at);
  const mode = how === 'append' ? constants.O_APPEND : constants.O_TRUNC;
  const handle = await open(at.absolute, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | mode);
  try {
    let written = 0;
    while (written < bytes.length) {
      written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function renameFile(from: Located, to: Located): Promise<void> {
  if ((await inspect(from)) === undefined) {
    throw new AgentDreamsError('not-found', 'There is no such file.', { path: from.storePath });
  }
  await assertWritable(to);
  await makeParents(to);
  await rename(from.absolute, to.absolute);
}

async function removeEntry(at: Located): Promise<void> {
  const stats = await inspect(at);
  if (stats === undefined) return;
  if (!stats.isDirectory()) return unlink(at.absolute);
  try {
    await rmdir(at.absolute);
  } catch (error) {
    if (errnoOf(error) !== 'ENOTEMPTY' && errnoOf(error) !== 'EEXIST') throw error;
  }
}

/** Some platforms cannot open or flush a directory: there the rename alone has to do. */
async function syncEntries(at: Located): Promise<void> {
  if ((await inspect(at))?.isDirectory() !== true) return;
  const handle = await open(at.absolute, constants.O_RDONLY).catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync().catch((error: unknown) => {
      if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EISDIR'].includes(errnoOf(error) ?? '')) throw error;
    });
  } finally {
    await handle.close();
  }
}
