import { AgentDreamsError } from '../errors';
import type { Hunk } from './hunks';
import { joinLines, mainTerminator, toLines, type Line } from './lines';

interface Splice {
  readonly start: number;
  readonly expected: readonly string[];
  readonly lines: readonly string[];
}

/**
 * `base` with the chosen hunks put in. Lines that stay keep their terminators; new ones get the terminator that `base`
 * uses, or LF. All hunks give the draft, none gives `base`, and the order of `chosen` does not matter.
 * Throws `conflict` if `base` is not the text that the hunks were made from: nothing is ever put in the wrong place.
 */
export function applyHunks(base: string, chosen: readonly Hunk[]): string {
  return splice(
    base,
    chosen.map((hunk) => ({ start: hunk.oldStart, expected: hunk.oldLines, lines: hunk.newLines })),
  );
}

/** `draft` with that hunk taken out again. Throws `conflict` if the hunk is not there. */
export function revertHunk(draft: string, hunk: Hunk): string {
  return splice(draft, [{ start: hunk.newStart, expected: hunk.newLines, lines: hunk.oldLines }]);
}

function splice(text: string, splices: readonly Splice[]): string {
  if (splices.length === 0) return text;
  const lines = toLines(text);
  const terminator = mainTerminator(lines) ?? '\n';
  const result: Line[] = [];
  let next = 0;
  for (const { start, expected, lines: fresh } of [...splices].sort((a, b) => a.start - b.start)) {
    const fits = start >= next && expected.every((line, offset) => lines[start + offset]?.text === line);
    if (!fits || start > lines.length) {
      throw new AgentDreamsError('conflict', 'The text is not the one that this part of the change was made from.', {
        line: start + 1,
      });
    }
    result.push(...lines.slice(next, start), ...fresh.map((line) => ({ text: line, end: terminator })));
    next = start + expected.length;
  }
  result.push(...lines.slice(next));
  return joinLines(result.length === 0 ? toLines('') : result, text);
}
