import type { FileStore } from '../ports';
import type { MemoryProblem } from './memory';
import { pathProblem } from './storePath';

/** Folders that hold no file of the store itself. */
const SKIPPED: ReadonlySet<string> = new Set(['.local', '.staging', '.git']);
const MAX_DEPTH = 6;
const MAX_FILES = 20_000;

/** What stands in the store's tree. */
export interface Survey {
  /** Every file in path order, personal memories included, without the rest of `.local`. */
  readonly files: readonly string[];
  /** Links and names that are not followed or used. Paths are fit to be shown, not to be opened. */
  readonly refused: readonly MemoryProblem[];
}

/** Looks at the whole tree; at most 20,000 files, six folders deep. */
export async function surveyStore(files: Pick<FileStore, 'list'>): Promise<Survey> {
  const found: string[] = [];
  const refused: MemoryProblem[] = [];
  for (const [folder, depth] of [['', 0] as const, ['.local/personal', 1] as const, ['.local/archive', 1] as const]) {
    await walk(files, { folder, depth, found, refused });
  }
  return { files: found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), refused };
}

/** Every file of the store in path order, personal memories included, without the rest of `.local`. */
export async function walkStore(files: Pick<FileStore, 'list'>): Promise<readonly string[]> {
  return (await surveyStore(files)).files;
}

interface Walk {
  readonly folder: string;
  readonly depth: number;
  readonly found: string[];
  readonly refused: MemoryProblem[];
}

async function walk(files: Pick<FileStore, 'list'>, { folder, depth, found, refused }: Walk): Promise<void> {
  for (const { name, kind } of await files.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (SKIPPED.has(path)) continue;
    const reason = kind === 'other' ? 'a link or special file, which is not followed' : pathProblem(path);
    if (reason !== undefined) {
      refused.push({ path: path.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '?'), reason });
    } else if (kind === 'directory') {
      if (depth < MAX_DEPTH) await walk(files, { folder: path, depth: depth + 1, found, refused });
    } else if (found.length < MAX_FILES) {
      found.push(path);
    }
  }
}
