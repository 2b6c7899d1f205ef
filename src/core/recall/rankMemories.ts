import type { Memory } from '../memory/memory';
import { isScopedToAgent } from './view';

/** What was seen of a memory's use; more may be known of it. */
export interface MemoryUse {
  /** How often an agent opened it, named it, and how the beat ended after that. */
  readonly read: number;
  readonly cited: number;
  readonly success: number;
  readonly corrected: number;
}

/** By the memory's path. */
export type UseOf = ReadonlyMap<string, MemoryUse>;

/** How much is lost when a memory of the category is not seen; others are worth 2. */
const CATEGORY_WORTH: ReadonlyMap<string, number> = new Map([
  ['preferences', 3],
  ['conventions', 3],
  ['pitfalls', 3],
  ['facts', 1],
]);
/** What follows never outweighs this: a person said that they come first. */
const PINNED = 1_000;
const ALWAYS = 100;
/** An agent's own memories come before those of everybody. */
const OWN = 10;
const MOST_USE = 2;

/**
 * Which memory is printed first: pinned ones, those that always load, an agent's own, then by the worth of the category
 * and by use, then the newer. The order follows from its input alone.
 */
export function rankMemories(memories: readonly Memory[], use: UseOf | undefined): readonly Memory[] {
  const worth = new Map(memories.map((memory) => [memory.path, worthOf(memory, use?.get(memory.path))]));
  const of = ({ path }: Memory): number => worth.get(path) ?? 0;
  return [...memories].sort(
    (a, b) => of(b) - of(a) || compare(b.created ?? '', a.created ?? '') || compare(a.path, b.path),
  );
}

function worthOf(memory: Memory, use: MemoryUse | undefined): number {
  return (
    (memory.pinned ? PINNED : 0) +
    (memory.load === 'always' ? ALWAYS : 0) +
    (isScopedToAgent(memory) ? OWN : 0) +
    (CATEGORY_WORTH.get(memory.category) ?? 2) +
    (use === undefined ? 0 : useWorth(use))
  );
}

/** From -2 to 2: the tenth use says less than the first, a correction after it more than a success. */
function useWorth({ read, cited, success, corrected }: MemoryUse): number {
  const good = Math.log2(1 + Math.max(0, read + 2 * cited + success)) / 2;
  return Math.max(-MOST_USE, Math.min(MOST_USE, good - Math.max(0, corrected)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
