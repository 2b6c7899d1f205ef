import { constants, type Stats } from 'node:fs';
import { link, open, rename, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { AgentDreamsError } from '../core/errors';
import { errnoOf } from './fileErrors';
import {
  assertNoTwin,
  assertStands,
  besideEntry,
  besideNewEntry,
  CAREFULLY,
  lookAt,
  openEntry,
  type Located,
} from './storeEntry';
import { lstatOrNothing, notInTree, type StoreFolder } from './storeFolder';

const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | CAREFULLY;

function assertWritable(at: Located, stats: Stats): void {
  if (!stats.isFile()) throw notInTree(at.storePath);
  if (stats.nlink > 1) {
    throw new AgentDreamsError('invalid-path', 'The file has more than one name (hard links).', { path: at.storePath });
  }
}

/** A file that nobody had before: undefined if there is something of that name. */
async function openFresh(at: Located, folder: StoreFolder, name: string): Promise<FileHandle | undefined> {
  if ((await lookAt(at, folder, name)) !== undefined) return undefined;
  await assertNoTwin(at, folder, name);
  await folder.verify();
  try {
    return await open(folder.at(name), FRESH);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

/** A file that is there, seen to have this one name only, before anything in it changes; undefined if there is none. */
async function openPresent(
  at: Located,
  folder: StoreFolder,
  name: string,
  mode: number,
): Promise<FileHandle | undefined> {
  const handle = await openEntry(at, folder.at(name), constants.O_WRONLY | CAREFULLY | mode);
  if (handle === undefined) return undefined;
  try {
    // The file's only name is the one in the store. While a name is being removed, the count of names is lower already
    // and the name still found: so it is asked three times, at moments that no single removal spans.
    const stats = await handle.stat();
    assertWritable(at, stats);
    assertWritable(at, await assertStands(at, folder, name, stats));
    assertWritable(at, await assertStands(at, folder, name, stats));
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function writeAndFlush(handle: FileHandle, bytes: Uint8Array): Promise<void> {
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

function cameAndWent(at: Located): AgentDreamsError {
  return new AgentDreamsError('io', 'The file comes and goes while it is written.', { path: at.storePath });
}

/** Creates the file, or replaces what is in it, and flushes it. */
export async function replaceContent(at: Located, bytes: Uint8Array): Promise<void> {
  await besideNewEntry(at, async (folder, name) => {
    const fresh = await openFresh(at, folder, name);
    if (fresh !== undefined) return writeAndFlush(fresh, bytes);
    const present = await openPresent(at, folder, name, 0);
    if (present === undefined) throw cameAndWent(at);
    await present.truncate(0).catch(async (error: unknown) => {
      await present.close();
      throw error;
    });
    return writeAndFlush(present, bytes);
  });
}

/** Appends to the file, which is made where it is missing, and flushes it. */
export async function appendContent(at: Located, bytes: Uint8Array): Promise<void> {
  await besideNewEntry(at, async (folder, name) => {
    const present = await openPresent(at, folder, name, constants.O_APPEND);
    const handle = present ?? (await openFresh(at, folder, name));
    if (handle === undefined) throw cameAndWent(at);
    await writeAndFlush(handle, bytes);
  });
}

/** Both folders, and the source's state; the target's folder is made. */
async function moving<T>(
  from: Located,
  to: Located,
  work: (source: string, target: StoreFolder, name: string) => Promise<T>,
): Promise<T> {
  const missing = new AgentDreamsError('not-found', 'There is no such file.', { path: from.storePath });
  const moved = await besideEntry(from, async (folder, name) => {
    if ((await lookAt(from, folder, name)) === undefined) throw missing;
    const result = await besideNewEntry(to, async (target, targetName) => {
      await folder.verify();
      return work(folder.at(name), target, targetName);
    });
    return { result };
  });
  if (moved === undefined) throw missing;
  return moved.result;
}

/** Moves an entry over a file, or to a new name. */
export async function renameFile(from: Located, to: Located): Promise<void> {
  await moving(from, to, async (source, folder, name) => {
    const present = await lookAt(to, folder, name);
    if (present === undefined) await assertNoTwin(to, folder, name);
    else assertWritable(to, present);
    await folder.verify();
    await rename(source, folder.at(name)).catch((error: unknown) => {
      // The source was seen: it went away in between.
      if (errnoOf(error) !== 'ENOENT') throw error;
      throw new AgentDreamsError('not-found', 'There is no such file.', { path: from.storePath }, { cause: error });
    });
  });
}

/** Where the file system has no hard links. */
const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A hard link is the one call that makes a name and never replaces one; without it a look has to do. */
export async function moveNew(from: Located, to: Located): Promise<boolean> {
  return moving(from, to, async (source, folder, name) => {
    if ((await lstatOrNothing(folder.at(name))) !== undefined) return false;
    await assertNoTwin(to, folder, name);
    await folder.verify();
    try {
      await link(source, folder.at(name));
    } catch (error) {
      const errno = errnoOf(error) ?? '';
      if (errno === 'EEXIST') return false;
      if (!NO_LINKS.includes(errno)) throw error;
      if ((await lstatOrNothing(folder.at(name))) !== undefined) return false;
      await rename(source, folder.at(name));
      return true;
    }
    await unlink(source);
    return true;
  });
}

/** Removes a file, or a folder if it is empty. */
export async function removeEntry(at: Located): Promise<void> {
  await besideEntry(at, async (folder, name) => {
    const stats = await lookAt(at, folder, name);
    if (stats === undefined) return;
    await folder.verify();
    if (!stats.isDirectory()) return unlink(folder.at(name));
    try {
      await rmdir(folder.at(name));
    } catch (error) {
      if (errnoOf(error) !== 'ENOTEMPTY' && errnoOf(error) !== 'EEXIST') throw error;
    }
  });
}
