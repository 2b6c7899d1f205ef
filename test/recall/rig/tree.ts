import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Of git only what a person may have written; our own local data is ours to change. */
const LEFT_OUT = [
  /^\.git\/(?!info(?:\/|$))/u,
  /^\.agent-memory\/\.local(?:\/|$)/u,
  /\/\.agent-memory\/\.local(?:\/|$)/u,
];

/** Every file and folder below, by its path: its kind, rights and the hash of its bytes. */
export async function treeOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const relative = name.split(path.sep).join('/');
    if (LEFT_OUT.some((pattern) => pattern.test(relative))) continue;
    const full = path.join(folder, name);
    const { mode, isFile, isLink } = await kindOf(full);
    const rights = (mode & 0o777).toString(8);
    found.set(
      relative,
      `${rights} ${isLink ? await readlink(full) : isFile ? hashOf(await readFile(full)) : 'folder'}`,
    );
  }
  return found;
}

async function kindOf(
  file: string,
): Promise<{ readonly mode: number; readonly isFile: boolean; readonly isLink: boolean }> {
  const stats = await lstat(file);
  return { mode: stats.mode, isFile: stats.isFile(), isLink: stats.isSymbolicLink() };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Paths that are not the same in both, sorted. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
