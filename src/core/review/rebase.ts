import { diff3Merge } from 'node-diff3';
import { joinLines, lineTexts, mainTerminator, sameLines, toLines } from './lines';

/** A place where both sides changed the same lines in different ways. */
export interface ConflictRegion {
  /** 0-based line in the text that is on disk now. */
  readonly line: number;
  readonly base: readonly string[];
  readonly current: readonly string[];
  readonly draft: readonly string[];
}

export type Rebased =
  | { readonly kind: 'clean'; readonly text: string }
  | {
      readonly kind: 'conflict';
      readonly regions: readonly ConflictRegion[];
      /** The merge with the draft's version of each region: never written by itself, only shown as a new draft. */
      readonly draftWins: string;
    };

/**
 * Moves `draft`, made from `base`, onto `current`. A conflict is a value: nothing is decided here and nothing overwritten.
 * Line terminators are those of `current`; a difference in terminators alone is no change.
 */
export function rebase(input: { readonly base: string; readonly current: string; readonly draft: string }): Rebased {
  const { base, current, draft } = input;
  if (sameLines(base, current)) return { kind: 'clean', text: draft };
  if (sameLines(base, draft)) return { kind: 'clean', text: current };
  const merged = diff3Merge([...lineTexts(current)], [...lineTexts(base)], [...lineTexts(draft)], {
    excludeFalseConflicts: true,
  });
  const regions: ConflictRegion[] = [];
  const texts: string[] = [];
  for (const { ok, conflict } of merged) {
    if (ok !== undefined) for (const line of ok) texts.push(line);
    if (conflict === undefined) continue;
    regions.push({ line: conflict.aIndex, base: conflict.o, current: conflict.a, draft: conflict.b });
    for (const line of conflict.b) texts.push(line);
  }
  const end = mainTerminator(toLines(current)) ?? '\n';
  const lines = (texts.length === 0 ? [''] : texts).map((text) => ({ text, end }));
  const text = joinLines(lines, current);
  return regions.length === 0 ? { kind: 'clean', text } : { kind: 'conflict', regions, draftWins: text };
}
