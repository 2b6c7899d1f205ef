import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file as it was seen. */
export interface SeenFile {
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Device and inode. */
  readonly inode: string;
}

const MOST_FILES = 50_000;

async function entriesOf(folder: string): Promise<readonly { name: string; directory: boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, directory: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Folders directly in this one, in name order; none if it cannot be read. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  return entries.filter((entry) => entry.directory).map((entry) => path.join(folder, entry.name));
}

/** Logs (`*.jsonl`) in a folder and, down to `depth` levels, below it, in name order. Links are not followed. */
export async function logsBelow(folder: string, depth: number): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (current: string, left: number): Promise<void> => {
    for (const entry of await entriesOf(current)) {
      if (found.length >= MOST_FILES) return;
      const full = path.join(current, entry.name);
      if (entry.directory && left > 0) await visit(full, left - 1);
      else if (!entry.directory && entry.name.endsWith('.jsonl')) found.push(full);
    }
  };
  await visit(folder, depth);
  return found;
}

/** The file's state, or undefined if it is gone. */
export async function lookAt(file: string): Promise<SeenFile | undefined> {
  try {
    const { size, mtimeMs, dev, ino } = await stat(file);
    return { file, size, mtimeMs, inode: `${dev}:${ino}` };
  } catch {
    return undefined;
  }
}
