import type { FileEdit } from '../review/proposal';

/** Lines of a file that stand in none of its state before: what the edit would bring into memory. */
export function addedLines({ before, after }: Pick<FileEdit, 'before' | 'after'>): string {
  const known = new Set((before ?? '').split(/\r\n|\r|\n/u));
  return after
    .split(/\r\n|\r|\n/u)
    .filter((line) => !known.has(line))
    .join('\n');
}
