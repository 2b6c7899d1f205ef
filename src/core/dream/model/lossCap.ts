import type { Memory } from '../../memory/memory';
import { restoredPath } from '../../memory/storePath';
import { dismissal } from '../dismissal';
import type { Dismissed } from '../finding';
import type { Candidate } from '../miner';

/** Part of a category that one dream may archive. */
const MAX_SHARE = 0.25;

/**
 * Holds a dream that would archive more than a quarter of a category (one memory may always go): every change that
 * archives something there is dismissed, whoever proposed it. What a merge archives does not count; all it says stays.
 */
export function heldByLossCap(
  candidates: readonly Candidate[],
  memories: readonly Memory[],
): { readonly kept: readonly Candidate[]; readonly dismissed: readonly Dismissed[] } {
  const sizes = count(memories.filter(({ scope }) => scope.kind !== 'archive').map(categoryOf));
  const gone = count([...new Set(candidates.flatMap(archivedBy))].map(categoryOfPath));
  const held = new Set(
    [...gone].flatMap(([category, amount]) =>
      amount > Math.max(1, Math.floor((sizes.get(category) ?? 0) * MAX_SHARE)) ? [category] : [],
    ),
  );
  const kept: Candidate[] = [];
  const dismissed: Dismissed[] = [];
  for (const candidate of candidates) {
    const category = archivedBy(candidate)
      .map(categoryOfPath)
      .find((one) => held.has(one));
    if (category === undefined) kept.push(candidate);
    else dismissed.push(dismissal(candidate, reasonFor(category, gone.get(category) ?? 0, sizes.get(category) ?? 0)));
  }
  return { kept, dismissed };
}

function reasonFor(category: string, gone: number, size: number): string {
  return `this dream would archive ${gone} of ${size} memories in ${category}; more than a quarter is held`;
}

/** Paths, from before the change, of the memories that it archives. */
function archivedBy(candidate: Candidate): readonly string[] {
  if (candidate.kind === 'note' || candidate.change !== 'archive') return [];
  return candidate.files.flatMap(({ path, from }) =>
    from !== undefined && restoredPath(path) !== undefined ? [from] : [],
  );
}

function categoryOf({ path }: Memory): string {
  return categoryOfPath(path);
}

/** The folder: a personal category is another one than the team's of that name. */
function categoryOfPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function count(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
