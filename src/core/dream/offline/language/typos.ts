import { remembering } from '../../text/remembering';

/** Words on which durability hangs, and the real words one slip away from them. */
const MEANT: readonly (readonly [word: string, others: readonly string[]])[] = [
  ['always', ['aways']],
  ['never', ['ever', 'fever', 'lever', 'sever', 'newer', 'nerve', 'nevers']],
  ['whenever', ['wherever']],
  ['remember', ['remembers']],
  ['because', []],
  ['instead', []],
  ['before', []],
  ['should', ['shoulds']],
  ['convention', ['conventions', 'contention']],
];
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:form|fom|frm|from) no?w? on\b/giu, 'from now on'],
  [/\beverytime\b/giu, 'every time'],
  [/\bdont\b/giu, "don't"],
  [/^quit (?=\w{2,20}ing\b)/iu, 'stop '],
];

/** Several readers ask about each sentence, and the same words stand in all of them. */
const REMEMBERED = { texts: 500, words: 4_000 } as const;

/** The sentence with the words that carry durability spelt as they were meant; everything else stays. */
export const withoutTypos: (text: string) => string = remembering((text) => {
  const words = text.replace(/[a-z]{4,11}/giu, (word) => meant(word) ?? word);
  return PHRASES.reduce((so, [typo, right]) => so.replace(typo, right), words);
}, REMEMBERED.texts);

const meant: (word: string) => string | undefined = remembering((word) => {
  const lower = word.toLowerCase();
  for (const [right, others] of MEANT) {
    if (Math.abs(right.length - lower.length) > 1 || right === lower || others.includes(lower)) continue;
    if (isOneSlip(lower, right)) return right;
  }
  return undefined;
}, REMEMBERED.words);

/** One letter too many, too few, or other; or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const [restA, restB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
