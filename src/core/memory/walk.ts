import type { FileStore } from '../ports';
import { pathProblem } from './storePath';

/** Folders that hold no file of the store itself. */
const SKIPPED: ReadonlySet<string> = new Set(['.local', '.staging', '.git']);
const MAX_DEPTH = 6;
const MAX_FILES = 20_000;

/**
 * Every file of the store in path order, personal memories included, without the rest of `.local`. Links and files with
 * impossible names are left out. At most 20,000 files, six folders deep.
 */
export async function walkStore(files: Pick<FileStore, 'list'>): Promise<readonly string[]> {
  const found: string[] = [];
  await walk(files, '', 0, found);
  await walk(files, '.local/personal', 1, found);
  await walk(files, '.local/archive', 1, found);
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

async function walk(files: Pick<FileStore, 'list'>, folder: string, depth: number, found: string[]): Promise<void> {
  for (const { name, kind } of await files.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (found.length >= MAX_FILES || pathProblem(path) !== undefined) continue;
    if (kind === 'file') found.push(path);
    else if (kind === 'directory' && depth < MAX_DEPTH && !SKIPPED.has(path)) await walk(files, path, depth + 1, found);
  }
}
