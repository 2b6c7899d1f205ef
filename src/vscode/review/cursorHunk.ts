import type { Hunk } from '../../core/review/hunks';
import type { HunkId } from '../../core/review/proposal';

/** Which text of the diff the cursor is in: `old` is the left side. */
export type Side = 'old' | 'new';

interface Span {
  readonly start: number;
  readonly length: number;
}

function spanOf(hunk: Hunk, side: Side): Span {
  return side === 'old'
    ? { start: hunk.oldStart, length: hunk.oldLines.length }
    : { start: hunk.newStart, length: hunk.newLines.length };
}

/**
 * The hunk that a cursor on this line means: the one it is in; where a side has no lines of a hunk, the line before or
 * after the gap; and the only hunk from anywhere, since nothing else can be meant.
 */
export function hunkAt(hunks: readonly Hunk[], side: Side, line: number): Hunk | undefined {
  const inside = hunks.find((hunk) => {
    const { start, length } = spanOf(hunk, side);
    return line >= start && line < start + length;
  });
  if (inside !== undefined) return inside;
  const beside = hunks.find((hunk) => {
    const { start, length } = spanOf(hunk, side);
    return length === 0 && (line === start || line === start - 1);
  });
  return beside ?? (hunks.length === 1 ? hunks[0] : undefined);
}

/** The first line of the next hunk below the cursor, or undefined after the last one. */
export function nextHunkLine(hunks: readonly Hunk[], side: Side, line: number): number | undefined {
  return hunks.map((hunk) => spanOf(hunk, side).start).find((start) => start > line);
}

/**
 * The part that a lens means. A lens may be a moment older than the typing beside it: where its part is not open, it is
 * the part that starts where its part started, 0-based in the old text. Parts never touch, so no neighbour moves there.
 */
export function partNow(hunks: readonly Hunk[], named: HunkId, oldStart: number | undefined): HunkId {
  if (oldStart === undefined || hunks.some(({ id }) => id === named)) return named;
  return hunks.find((hunk) => hunk.oldStart === oldStart)?.id ?? named;
}
