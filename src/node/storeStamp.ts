import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { STORE_FOLDER } from './nodePorts';

/** Folders that hold no memory. */
const SKIPPED: ReadonlySet<string> = new Set(['.local', '.staging', '.git']);
const MAX_DEPTH = 6;
const AT_ONCE = 64;

/**
 * What tells one state of a store from another without reading it: name, size, times and inode of each file that takes part
 * in recall. `localRoot` is the folder that holds `.local`. Never throws: what cannot be seen is missing from it.
 */
export async function storeStamp(workspaceRoot: string, localRoot: string): Promise<string> {
  const local = await localIn(localRoot);
  const found = await Promise.all([
    stampsIn(path.join(workspaceRoot, STORE_FOLDER), 0),
    ...(local === undefined ? [] : ['personal', 'archive'].map((name) => stampsIn(path.join(local, name), 1))),
    ...(local === undefined ? [] : [stampOf(path.join(local, 'state.json'))]),
  ]);
  return found.flat().join('\n');
}

/**
 * The same for all of a store that the editor shows: sessions and dreams too. Work of other processes (a capture at the end
 * of a session, a dream without an editor) is noticed by it, whatever file watchers miss.
 */
export async function shownStamp(workspaceRoot: string, localRoot: string): Promise<string> {
  const local = await localIn(localRoot);
  const found = await Promise.all([
    storeStamp(workspaceRoot, localRoot),
    ...(local === undefined ? [] : ['sessions', 'dreams'].map((name) => stampsIn(path.join(local, name), 1))),
    ...(local === undefined ? [] : [stampOf(path.join(local, 'journal.jsonl'))]),
  ]);
  return found.flat().join('\n');
}

/** undefined where there is none, or a link: it leads out of the store, to whatever somebody chose. */
async function localIn(localRoot: string): Promise<string | undefined> {
  const local = path.join(localRoot, '.local');
  return (await isFolder(localRoot)) && (await isFolder(local)) ? local : undefined;
}

async function isFolder(folder: string): Promise<boolean> {
  return lstat(folder).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

async function stampsIn(folder: string, depth: number): Promise<readonly string[]> {
  const entries = (await isFolder(folder)) ? await readdir(folder, { withFileTypes: true }).catch(() => []) : [];
  const folders = entries.filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const stamps: string[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const batch = files.slice(from, from + AT_ONCE).map((name) => stampOf(path.join(folder, name)));
    stamps.push(...(await Promise.all(batch)));
  }
  if (depth < MAX_DEPTH)
    for (const { name } of folders) stamps.push(...(await stampsIn(path.join(folder, name), depth + 1)));
  return stamps.sort();
}

async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await lstat(file);
    return `${file} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  } catch {
    return `${file} gone`;
  }
}
