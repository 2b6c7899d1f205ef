import { closeSync, fstatSync, read, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AgentDreamsError } from '../core/errors';
import { assertStorePath } from '../core/memory/storePath';
import type { DirectoryEntry, FileStat, FileStore } from '../core/ports';
import { isSkillFolder, isSkillPath } from '../core/skills/skillPath';
import { toFileError } from './fileErrors';
import { assertStands, besideEntry, inFolder, lookAt, openToRead, ReadFolders, type Located } from './storeEntry';
import { folderMethod, notInTree, type FolderMethod } from './storeFolder';
import { appendContent, moveNew, removeEntry, renameFile, replaceContent } from './storeWrites';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export interface FileStoreRoots {
  /** Absolute path of `.agent-memory`. */
  readonly root: string;
  /** Absolute path of the store that holds `.local`; differs from `root` in a linked git worktree. */
  readonly localRoot?: string;
  /** Absolute path of the workspace folder's `.claude`; without it no skill can be reached. */
  readonly skillRoot?: string;
}

/**
 * The store on disk. Every path is checked by `assertStorePath`; no component may be a symlink, also not one that is put
 * there while a call runs (see `openFolder`); a file with several hard links is refused as a target of writes, and so is a
 * new name in the shared part of the store that would be one file with another on a disk that ignores case. The same
 * care holds for the one kind of file outside, a skill (see `isSkillPath`), which can only be put where nothing is.
 */
export function createFileStore(roots: FileStoreRoots, method: FolderMethod = folderMethod()): FileStore {
  const { skillRoot } = roots;
  const folders = new ReadFolders();
  const besides = (path: string): Located | undefined =>
    skillRoot === undefined ? undefined : { method, root: skillRoot, parts: path.split('/').slice(1), storePath: path };
  const skill = (path: string): Located | undefined => (isSkillPath(path) ? besides(path) : undefined);
  const skillFolder = (path: string): Located | undefined => (isSkillFolder(path) ? besides(path) : undefined);
  const locate = (storePath: string): Located => {
    if (storePath !== '') assertStorePath(storePath);
    const local = storePath === '.local' || storePath.startsWith('.local/');
    const parts = storePath.split('/').filter(Boolean);
    return { method, root: local ? (roots.localRoot ?? roots.root) : roots.root, parts, storePath };
  };
  const entry = (storePath: string): Located => {
    assertStorePath(storePath);
    return locate(storePath);
  };
  // The folder of one skill, never those above it.
  const emptySkill = (path: string): Located | undefined =>
    path.split('/').length === 3 ? skillFolder(path) : undefined;
  return {
    read: (storePath, options) =>
      guarded(storePath, () =>
        readWhole(folders, skill(storePath) ?? entry(storePath), options?.maxBytes ?? DEFAULT_MAX_BYTES),
      ),
    readRange: (storePath, start, length) =>
      guarded(storePath, () => readPart(folders, entry(storePath), start, length)),
    list: (directory) => guarded(directory, () => listEntries(locate(directory))),
    stat: (storePath) => guarded(storePath, () => statOf(skill(storePath) ?? entry(storePath))),
    write: (storePath, bytes) => guarded(storePath, () => replaceContent(entry(storePath), bytes)),
    append: (storePath, bytes) => guarded(storePath, () => appendContent(entry(storePath), bytes)),
    // A skill is only ever put where nothing is, or moved away into the store: never written in place.
    rename: (from, to) => guarded(to, () => renameFile(skill(from) ?? entry(from), entry(to))),
    moveNew: (from, to) => guarded(to, () => moveNew(entry(from), skill(to) ?? entry(to))),
    remove: (storePath) => guarded(storePath, () => removeEntry(emptySkill(storePath) ?? entry(storePath))),
    syncDirectory: (directory) =>
      guarded(directory, async () => {
        const at = skillFolder(directory) ?? locate(directory);
        if (at.parts.length === 0 || (await statOf(at))?.kind === 'directory')
          await inFolder(at, (folder) => folder.sync());
      }),
  };
}

async function guarded<T>(storePath: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileError(error, storePath);
  }
}

/** The file, open for reading, and its state; undefined if there is none. */
async function reading<T>(
  folders: ReadFolders,
  at: Located,
  work: (descriptor: number, stats: Stats) => Promise<T>,
): Promise<T | undefined> {
  return folders.beside(at, async (folder, name) => {
    const descriptor = await openToRead(at, folder.at(name));
    if (descriptor === undefined) return undefined;
    try {
      // Of what is open nothing has to be waited for: a turn of the thread pool would take longer.
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw notInTree(at.storePath);
      if (at.method === 'named') await assertStands(at, folder, name, stats);
      return await work(descriptor, stats);
    } finally {
      closeSync(descriptor);
    }
  });
}

function tooLarge(at: Located, maxBytes: number, bytes: number): AgentDreamsError {
  return new AgentDreamsError('too-large', `The file is larger than ${maxBytes} bytes.`, { path: at.storePath, bytes });
}

async function readWhole(folders: ReadFolders, at: Located, maxBytes: number): Promise<Uint8Array | undefined> {
  return reading(folders, at, async (descriptor, { size }) => {
    if (size > maxBytes) throw tooLarge(at, maxBytes, size);
    const bytes = await readFrom(descriptor, 0, size);
    // It may grow meanwhile; what is whole is whole as of its last byte, and never past the limit.
    const more = bytes.length < size ? bytes : await readMore(descriptor, bytes, maxBytes);
    if (more.length > maxBytes) throw tooLarge(at, maxBytes, more.length);
    return more;
  });
}

const STEP = 64 * 1024;

async function readMore(descriptor: number, start: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const pieces = [start];
  let length = start.length;
  for (let last = STEP; last > 0 && length <= maxBytes;) {
    const piece = await readFrom(descriptor, length, length === start.length ? 1 : STEP);
    last = piece.length;
    length += last;
    if (last > 0) pieces.push(piece);
  }
  return pieces.length === 1 ? start : new Uint8Array(Buffer.concat(pieces));
}

const readInto = promisify(read);

async function readFrom(descriptor: number, start: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await readInto(descriptor, buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function readPart(
  folders: ReadFolders,
  at: Located,
  start: number,
  length: number,
): Promise<Uint8Array | undefined> {
  return reading(folders, at, (descriptor, { size }) =>
    readFrom(descriptor, start, Math.max(0, Math.min(length, size - start))),
  );
}

async function listEntries(at: Located): Promise<readonly DirectoryEntry[]> {
  const listed = await inFolder(at, async (folder) => {
    const entries = await readdir(folder.self, { withFileTypes: true });
    await folder.verify();
    return entries
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  });
  return listed ?? [];
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): FileStat['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

async function statOf(at: Located): Promise<FileStat | undefined> {
  const stats = await besideEntry(at, (folder, name) => lookAt(at, folder, name));
  if (stats === undefined) return undefined;
  return { kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs, links: stats.nlink };
}
