import { constants } from 'node:fs';
import { open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AgentDreamsError } from '../../core/errors';
import { errnoOf, toFileError } from '../fileErrors';
import { folderMethod, lstatOrNothing, openFolder, type StoreFolder } from '../storeFolder';
import { readEditable } from './settingsFile';

/** One file of a person before and after; null = no such file. */
export interface Replacement {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** No link may be in the folders between this one and the file. */
  readonly within: string;
}

/** Windows has neither flag; there a link is only looked for before. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Throws `conflict` unless every file is still as it was, and may be edited: also what could not be edited any more, such
 * as a file behind a link that was put there meanwhile.
 */
export async function requireUnchanged(files: readonly Replacement[]): Promise<void> {
  for (const { path: file, before, within } of files) {
    const now = await readEditable(file, within);
    if (now.kind !== 'text' || now.text !== before) throw changedMeanwhile(file);
  }
}

/**
 * Puts every text in place in one step each: all of them, or none. Throws `conflict` where a file, or a folder above it, is no
 * longer as it was, and what writing throws. Where the system lets folders be held open, nothing is read, written or removed
 * through a link, whenever it is put there.
 */
export async function replaceFiles(files: readonly Replacement[]): Promise<void> {
  const done: Replacement[] = [];
  try {
    for (const file of files) {
      await replaceFile(file);
      done.push(file);
    }
  } catch (error) {
    for (const { before, after, ...where } of done.toReversed())
      await replaceFile({ ...where, before: after, after: before }).catch(() => undefined);
    throw error;
  }
}

async function replaceFile(file: Replacement): Promise<void> {
  try {
    const folder = await folderOf(file);
    if (folder === undefined) {
      if (file.before === null && file.after === null) return;
      throw changedMeanwhile(file.path);
    }
    try {
      await replaceIn(folder, file);
    } finally {
      await folder.close();
    }
  } catch (error) {
    const told = toFileError(error, file.path);
    // A link stands where none was when it was looked at.
    throw told.code === 'invalid-path' ? changedMeanwhile(file.path) : told;
  }
}

/** Made only for a file that is new: what somebody deleted with its folder stays away. undefined where it is missing. */
async function folderOf({ path: file, within, before, after }: Replacement): Promise<StoreFolder | undefined> {
  const between = path.relative(within, path.dirname(file));
  const parts = between.split(path.sep).filter((part) => part !== '');
  // Links above are the user's own affair.
  const root = await realpath(within).catch(() => within);
  return openFolder(folderMethod(), { root, parts, make: before === null && after !== null });
}

async function replaceIn(folder: StoreFolder, { path: file, before, after }: Replacement): Promise<void> {
  const at = folder.at(path.basename(file));
  const now = await presentIn(at);
  if ((now === undefined ? null : now.text) !== before) throw changedMeanwhile(file);
  if (after === null) {
    await folder.verify();
    await rm(at, { force: true });
    return;
  }
  const staging = `${at}.agent-dreams-${process.pid}`;
  try {
    await writeFile(staging, after, { flag: 'wx', mode: now?.mode ?? 0o644, flush: true });
    await folder.verify();
    await rename(staging, at);
  } catch (error) {
    await rm(staging, { force: true }).catch(() => undefined);
    throw error;
  }
  // The text is in place, whether or not the disk can be asked to keep it now.
  await folder.sync().catch(() => undefined);
}

/** What stands there; undefined if nothing does. What is no plain file is as good as changed. */
async function presentIn(
  at: string,
): Promise<{ readonly text: string | undefined; readonly mode: number } | undefined> {
  if ((await lstatOrNothing(at))?.isFile() === false) return { text: undefined, mode: 0 };
  const handle = await open(at, READ).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const stat = await handle.stat();
    const isPlain = stat.isFile() && stat.nlink === 1;
    return { text: isPlain ? await handle.readFile('utf8') : undefined, mode: stat.mode & 0o777 };
  } finally {
    await handle.close();
  }
}

function changedMeanwhile(file: string): AgentDreamsError {
  return new AgentDreamsError('conflict', `${file} has changed meanwhile.`, { path: file });
}
