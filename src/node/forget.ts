import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

/** What would be deleted under one folder. */
export interface Forgettable {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** Counts what stands under the folder without following a link; undefined if there is nothing or it is a link. */
export async function surveyFolder(folder: string): Promise<Forgettable | undefined> {
  const top = await lstat(folder).catch(() => undefined);
  if (top?.isDirectory() !== true) return undefined;
  let files = 0;
  let bytes = 0;
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const at = path.join(next, entry.name);
      if (entry.isDirectory()) queue.push(at);
      else {
        files += 1;
        bytes += (await lstat(at).catch(() => undefined))?.size ?? 0;
      }
    }
  }
  return { folder, files, bytes };
}

/**
 * Deletes the folder for good. A link is removed, never what it leads to; if the folder or one above it up to `within`
 * has become a link, nothing is deleted. Returns what is still there afterwards, empty if all of it is gone.
 */
export async function deleteFolder(folder: string, within: string): Promise<readonly string[]> {
  for (let at = folder; at.length > within.length; at = path.dirname(at)) {
    const stat = await lstat(at).catch(() => undefined);
    if (stat !== undefined && !stat.isDirectory()) return [at];
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const left = await lstat(folder).catch(() => undefined);
  return left === undefined ? [] : [folder];
}

/** Removes the folder if nothing but folders is in it, to any depth; follows no link. Never throws. */
export async function removeHollow(folder: string): Promise<void> {
  if ((await lstat(folder).catch(() => undefined))?.isDirectory() !== true) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeHollow(path.join(folder, entry.name));
  await rmdir(folder).catch(() => undefined);
}
