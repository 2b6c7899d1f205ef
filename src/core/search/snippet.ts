const BEFORE = 40;
const LONGEST_QUOTE = 400;
const WORD = /[\p{L}\p{N}._:/@+-]{1,200}/gu;

/** `length` characters of the text around the first word that `answers`, on one line, with marks where it was cut. */
export function snippetOf(text: string, length: number, answers: (word: string) => boolean): string {
  const line = text.replace(/\s{1,1000}/gu, ' ').trim();
  if (line.length <= length) return line;
  let first = 0;
  for (const match of line.matchAll(WORD)) {
    if (!answers(match[0])) continue;
    first = match.index;
    break;
  }
  const from = wordStart(line, Math.max(0, Math.min(first - BEFORE, line.length - length)));
  const cut = line.slice(from, from + length);
  return `${from > 0 ? '…' : ''}${cut}${from + length < line.length ? '…' : ''}`;
}

/** The line with most words that `answer`, the first of equals; '' where none does. At most 400 characters of it. */
export function bestTextLine(text: string, answers: (word: string) => boolean): string {
  let best = '';
  let most = 0;
  for (const line of text.split(/\r\n|\r|\n/u)) {
    const count = (line.match(WORD) ?? []).filter(answers).length;
    if (count <= most) continue;
    most = count;
    best = line.trim().slice(0, LONGEST_QUOTE);
  }
  return best;
}

function wordStart(line: string, at: number): number {
  if (at === 0) return 0;
  const space = line.indexOf(' ', at);
  return space === -1 || space > at + 20 ? at : space + 1;
}
