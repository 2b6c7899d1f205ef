import { wordSpan, type FoundSpan } from './textFinding';

/** Fewer empty lines than this are style; more push what follows out of sight. */
const WALL_LINES = 20;
/** A gap wider than any window. */
const WIDE_GAP = 120;
const SPACE = String.raw`[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]`;

/** Each pattern walks a run of blanks once: what follows the run cannot match again inside it. */
const PATTERNS: readonly (readonly [pattern: RegExp, words: (text: string) => string])[] = [
  [
    new RegExp(String.raw`(?<=^|\n|\r)(?:${SPACE}{0,400}(?:\r\n|\n|\r)){${WALL_LINES},}`, 'gu'),
    (text) => `${text.split(/\r\n|\n|\r/u).length - 1} blank lines`,
  ],
  [new RegExp(String.raw`(?<!${SPACE})${SPACE}{${WIDE_GAP},}`, 'gu'), (text) => `a gap of ${text.length} spaces`],
  [
    new RegExp(String.raw`(?:(?:<br\s{0,3}/?>|&nbsp;|&emsp;|&ensp;|&#160;|&#xa0;)\s{0,8}){10,}`, 'giu'),
    () => 'a row of HTML blanks',
  ],
  // Spaces and tabs mixed behind the last word of a line are an alphabet of two.
  [
    /(?<![ \t])(?=[ \t]{0,400}\t)(?=[ \t]{0,400} )[ \t]{8,}(?=\r|\n|$)/gu,
    () => 'spaces and tabs mixed at the end of a line',
  ],
  [/(?<![\u2000-\u200a\u202f\u205f])[\u2000-\u200a\u202f\u205f]{4,}/gu, () => 'a row of unusual spaces'],
];

/** Blanks that push text out of sight, or that are a message themselves. */
export function hidingGaps(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const [pattern, words] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= limit) return found;
      found.push(wordSpan('blank-wall', { offset: match.index, length: match[0].length }, words(match[0])));
    }
  }
  return found;
}
