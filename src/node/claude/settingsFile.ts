import type { Stats } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, toFileError } from '../fileErrors';

/** Why a file of a person is left alone. */
export type FileRefusal =
  'symlink' | 'hard-link' | 'not-a-file' | 'too-large' | 'read-only' | 'not-utf8' | 'unreadable';

export type ReadText =
  { readonly kind: 'text'; readonly text: string | null } | { readonly kind: 'refused'; readonly reason: FileRefusal };

const MAX_BYTES = 1_000_000;
const WRITABLE = 0o222;

const refused = (reason: FileRefusal): ReadText => ({ kind: 'refused', reason });

/**
 * The text of a file that is about to be edited; null where there is none. Refuses what cannot be edited safely: links,
 * also in the folders between it and `within`, what may not be written, what is no text.
 */
export async function readEditable(file: string, within: string): Promise<ReadText> {
  try {
    const onTheWay = await obstacle(file, within);
    if (onTheWay !== undefined) return refused(onTheWay);
    const isFree = await canMake(file, within);
    const stat = await statOf(file);
    if (stat === undefined) return isFree ? { kind: 'text', text: null } : refused('read-only');
    const reason = refusalOf(stat) ?? (isFree ? undefined : 'read-only');
    if (reason !== undefined) return refused(reason);
    const bytes = await readFile(file);
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? { kind: 'text', text } : refused('not-utf8');
  } catch (error) {
    return refused(errnoOf(error) === 'EACCES' ? 'read-only' : 'unreadable');
  }
}

/** A link, or a file, in place of a folder above the file. */
async function obstacle(file: string, within: string): Promise<FileRefusal | undefined> {
  for (let folder = path.dirname(file); folder.length > within.length; folder = path.dirname(folder)) {
    const stat = await statOf(folder);
    if (stat !== undefined && !stat.isDirectory()) return stat.isSymbolicLink() ? 'symlink' : 'not-a-file';
  }
  return undefined;
}

function refusalOf(stat: Stats): FileRefusal | undefined {
  if (stat.isSymbolicLink()) return 'symlink';
  if (!stat.isFile()) return 'not-a-file';
  if (stat.nlink > 1) return 'hard-link';
  if (stat.size > MAX_BYTES) return 'too-large';
  // Said by the mode, for the superuser may write anything.
  return (stat.mode & WRITABLE) === 0 ? 'read-only' : undefined;
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** True if the first folder above the file that exists may be written to. */
async function canMake(file: string, within: string): Promise<boolean> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const stat = await statOf(folder);
    if (stat !== undefined) return (stat.mode & WRITABLE) !== 0;
    if (folder.length <= within.length) return false;
  }
}

/** How many folders above the file are missing. */
export async function missingFolders(file: string): Promise<number> {
  let missing = 0;
  for (let folder = path.dirname(file); (await statOf(folder)) === undefined; folder = path.dirname(folder))
    missing += 1;
  return missing;
}

/** Puts the text in place in one step, with the mode that the file has. Throws as the store's files do. */
export async function writeText(file: string, text: string): Promise<void> {
  const staging = `${file}.agent-dreams-${process.pid}`;
  try {
    const stat = await statOf(file);
    await mkdir(path.dirname(file), { recursive: true });
    const mode = stat === undefined ? 0o644 : stat.mode & 0o777;
    await writeFile(staging, text, { flag: 'wx', mode, flush: true });
    await rename(staging, file);
  } catch (error) {
    await rm(staging, { force: true }).catch(() => undefined);
    throw toFileError(error, file);
  }
}

/** Removes the file, if it is there. */
export async function removeFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw toFileError(error, file);
  }
}

/** Removes as many folders above the file as are empty, at most `count`. */
export async function removeFolders(file: string, count: number): Promise<void> {
  let folder = path.dirname(file);
  for (let left = count; left > 0; left -= 1) {
    const gone = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!gone) return;
    folder = path.dirname(folder);
  }
}
