import { emojiSpans } from './emoji';
import { isExpected } from './expected';
import { describeHidden, unseenCharacters } from './hiddenRanges';
import { neighboursOf } from './neighbours';
import { codePointsOf, type FindingKind, type FoundSpan } from './textFinding';

/** Printable ASCII with line ends hides nothing: the usual case, told at once. */
const NOT_PLAIN = /[^\t\n\r\x20-\x7e]|\r(?!\n)/u;

/** What a terminal obeys: control sequences (CSI), commands with a text (OSC, DCS, PM, APC, SOS), and short escapes. */
const TERMINAL = new RegExp(
  [
    String.raw`(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?`,
    String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\r\n]{0,400}(?:\x07|\x1b\\|\x9c)?`,
    String.raw`\x1b[ -/]{0,8}[0-~]?`,
  ].join('|'),
  'gu',
);
const ESCAPE = new RegExp(String.raw`[\x1b\x90\x98\x9b\x9d-\x9f]`, 'u');

/** Neighbouring characters of one kind. */
interface Row {
  readonly kind: FindingKind;
  readonly words: string;
  readonly offset: number;
  end: number;
  count: number;
  /** The first of them. */
  readonly characters: string[];
}

const MAX_KEPT = 80;

/** Characters that a reader cannot see where they do not belong, neighbours of one kind together; at most `limit`. */
export function hiddenCharacters(text: string, limit: number): readonly FoundSpan[] {
  if (!NOT_PLAIN.test(text)) return [];
  const terminal = terminalSpans(text, limit);
  const found: FoundSpan[] = [...terminal];
  const legitimate = [...emojiSpans(text), ...terminal.map(toSpan)].sort((a, b) => a.start - b.start);
  const covered = inSpans(legitimate);
  let row: Row | undefined;
  for (const match of text.matchAll(unseenCharacters())) {
    const [character] = match;
    const offset = match.index;
    if (covered(offset) || isExpected(neighboursOf(text, offset, character))) continue;
    const described = describeHidden(character.codePointAt(0) ?? 0);
    if (row?.kind !== described.kind || row.end !== offset) {
      if (row !== undefined) found.push(spanOf(row));
      if (found.length >= limit) return found;
      row = { ...described, offset, end: offset, count: 0, characters: [] };
    }
    row.end = offset + character.length;
    row.count += 1;
    if (row.characters.length < MAX_KEPT) row.characters.push(character);
  }
  if (row !== undefined) found.push(spanOf(row));
  return found;
}

/** Tells of growing offsets whether one of the spans, which are in order, holds them. */
function inSpans(spans: readonly { readonly start: number; readonly end: number }[]): (offset: number) => boolean {
  let [next, coveredTo] = [0, 0];
  return (offset) => {
    for (let span = spans[next]; span !== undefined && span.start <= offset; span = spans[next]) {
      coveredTo = Math.max(coveredTo, span.end);
      next += 1;
    }
    return offset < coveredTo;
  };
}

function toSpan({ offset, length }: FoundSpan): { readonly start: number; readonly end: number } {
  return { start: offset, end: offset + length };
}

function terminalSpans(text: string, limit: number): readonly FoundSpan[] {
  if (!ESCAPE.test(text)) return [];
  const found: FoundSpan[] = [];
  for (const match of text.matchAll(TERMINAL)) {
    const [sequence] = match;
    const codePoints = codePointsOf(sequence.slice(0, 1));
    found.push({
      kind: 'terminal',
      offset: match.index,
      length: sequence.length,
      codePoints,
      count: 1,
      words: 'terminal escape',
    });
    if (found.length >= limit) break;
  }
  return found;
}

function spanOf({ kind, words, offset, end, count, characters }: Row): FoundSpan {
  const spelled = kind === 'tag' ? tagText(characters) : '';
  return {
    kind,
    offset,
    length: end - offset,
    codePoints: codePointsOf(characters),
    count,
    words: spelled === '' ? words : `${words}s that spell “${spelled}”`,
  };
}

/** What tag characters spell: each stands for an ASCII character. */
function tagText(characters: readonly string[]): string {
  return characters
    .map((character) => (character.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 0x20 && code < 0x7f)
    .map((code) => String.fromCharCode(code))
    .join('')
    .trim();
}
