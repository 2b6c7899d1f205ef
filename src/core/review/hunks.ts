import { DefaultLinesDiffComputer } from 'vscode-diff';
import type { Hasher } from '../ports';
import { lineTexts } from './lines';
import type { ChangeId, HunkId } from './proposal';

/** A contiguous part of a change, exactly one coloured block of the diff editor. Lines are 0-based. */
export interface Hunk {
  readonly id: HunkId;
  readonly oldStart: number;
  /** Empty for an insertion. */
  readonly oldLines: readonly string[];
  readonly newStart: number;
  /** Empty for a removal. */
  readonly newLines: readonly string[];
}

/** Texts with more lines than this together are one hunk: beyond any memory, and the diff would take seconds. */
const MAX_LINES = 12_000;

type Block = readonly [oldStart: number, oldEnd: number, newStart: number, newEnd: number];

/**
 * The hunks that lead from `current` to `draft`, in order. They are VS Code's own blocks, so that what a lens accepts is
 * what is drawn under it. An id is the hash of the change, the old lines and the new lines, so that it survives edits
 * elsewhere; equal hunks are told apart by their order.
 */
export function computeHunks(
  input: { readonly change: ChangeId; readonly current: string; readonly draft: string },
  hasher: Pick<Hasher, 'sha256'>,
): readonly Hunk[] {
  const before = lineTexts(input.current);
  const after = lineTexts(input.draft);
  const seen = new Map<string, number>();
  return blocks(before, after).map(([oldStart, oldEnd, newStart, newEnd]) => {
    const oldLines = before.slice(oldStart, oldEnd);
    const newLines = after.slice(newStart, newEnd);
    const key = JSON.stringify([input.change, oldLines, newLines]);
    const twins = seen.get(key) ?? 0;
    seen.set(key, twins + 1);
    const id = hasher.sha256(twins === 0 ? key : `${key}#${twins}`).slice(0, 16) as HunkId;
    return { id, oldStart, oldLines, newStart, newLines };
  });
}

function blocks(before: readonly string[], after: readonly string[]): readonly Block[] {
  if (before.length + after.length > MAX_LINES) return coarse(before, after);
  // No time limit: with one, the same texts could give other hunks on a slow machine.
  const options = { ignoreTrimWhitespace: false, maxComputationTimeMs: 0, computeMoves: false };
  return new DefaultLinesDiffComputer()
    .computeDiff([...before], [...after], options)
    .changes.map(({ original, modified }) => [
      original.startLineNumber - 1,
      original.endLineNumberExclusive - 1,
      modified.startLineNumber - 1,
      modified.endLineNumberExclusive - 1,
    ]);
}

/** One block around everything that differs. */
function coarse(before: readonly string[], after: readonly string[]): readonly Block[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  if (head === before.length && head === after.length) return [];
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return [[head, before.length - tail, head, after.length - tail]];
}
