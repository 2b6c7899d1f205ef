/**
 * Text as the editor counts it: lines without their terminators, where a final terminator is followed by one empty line.
 * Terminators and a leading BOM are no part of a line, because the diff editor shows neither.
 */
export interface Line {
  readonly text: string;
  /** What ends it: CR LF, LF, CR, or '' for the last line. */
  readonly end: string;
}

const BOM = '\uFEFF';

/** The lines of a text, at least one. A BOM is left out. */
export function toLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  const terminator = /\r\n|\r|\n/g;
  let start = text.startsWith(BOM) ? 1 : 0;
  for (let match = terminator.exec(text); match !== null; match = terminator.exec(text)) {
    lines.push({ text: text.slice(start, match.index), end: match[0] });
    start = match.index + match[0].length;
  }
  lines.push({ text: text.slice(start), end: '' });
  return lines;
}

/** Only the words of the lines. */
export function lineTexts(text: string): readonly string[] {
  return toLines(text).map((line) => line.text);
}

/** The terminator that most lines have, or undefined for a text of one line. Ties go to the one met first. */
export function mainTerminator(lines: readonly Line[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { end } of lines) if (end !== '') counts.set(end, (counts.get(end) ?? 0) + 1);
  let main: string | undefined;
  for (const [end, count] of counts) if (main === undefined || count > (counts.get(main) ?? 0)) main = end;
  return main;
}

/** True if the editor would show no difference between the two. */
export function sameLines(a: string, b: string): boolean {
  if (a === b) return true;
  const left = lineTexts(a);
  const right = lineTexts(b);
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

/** The lines as one text that has the same lines again, with a BOM in front if `like` has one. */
export function joinLines(lines: readonly Line[], like: string): string {
  const terminator = mainTerminator(lines) ?? '\n';
  let text = like.startsWith(BOM) ? BOM : '';
  for (const [index, line] of lines.entries()) {
    const end = index === lines.length - 1 ? '' : line.end || terminator;
    // After a lone CR, an empty line that ends in LF would melt with it into one CR LF.
    const melts = line.text === '' && end.startsWith('\n') && text.endsWith('\r');
    text += line.text + (melts ? '\r' : end);
  }
  return text;
}
