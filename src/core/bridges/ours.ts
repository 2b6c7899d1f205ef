import type { Hasher } from '../ports';
import { readBlock } from './markedBlock';
import { readOwnFile } from './ownFile';

/**
 * What a file of another tool says without what we exported into it, its lines where they were; undefined for a file that
 * is ours alone. What came from memory is no news for memory.
 */
export function withoutOurs(text: string, hasher: Hasher): string | undefined {
  if (readOwnFile(text, hasher).kind !== 'foreign') return undefined;
  const read = readBlock(text, hasher);
  if (read.kind !== 'block') return text;
  const { start, end } = read.block;
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/gu, '') + text.slice(end);
}
