/** What stands in the place of a word that says what a sentence is about, not what kind of sentence it is. */
export const CLASSES = [
  '<s>', '</s>', '<code>', '<url>', '<file>', '<flag>', '<name>', '<ticket>', '<number>', '<quote>',
  '<ing>', '<ed>', '<plural>', '<ly>', '<word>', '<han>', '<kana>',
] as const; // prettier-ignore

const MAX_SENTENCE = 400;
/** More words of one vocabulary than this have no place in the number of a feature. */
export const RADIX = 2_000;
/** Two words at the start, at the end, with one between them, and side by side; one word; how long the sentence is. */
const KINDS = { start: 0, end: 1, apart: 2, two: 3, one: 4, length: 5 } as const;

/** Plain words first: they are most, and need no look at what else they could be. */
const PIECE =
  /[A-Za-z][a-z]{0,30}(?=[\s,;?!]|:(?!\/)|$)|`[^`]{1,120}`|https?:\/\/\S{1,200}|"[^"]{1,200}"|“[^”]{1,200}”|--?[a-z][\w-]{1,40}|#\d{1,7}|[A-Z][A-Z\d]{1,9}-\d{1,7}|@?[\w.-]{0,60}\/[\w./*@-]{0,120}|[\w-]{1,60}\.[a-z]{1,5}(?![\w.])|\d[\d.,:%]{0,20}\p{L}{0,3}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}+|[\p{L}\p{M}][\p{L}\p{M}\d_]{0,60}(?:['’]\p{L}{1,8})?|[?？!！:：;,，、()…—–]|\.{3}/gu;

/** The words of a sentence in lower case, with a class in the place of code, paths, names, numbers and quotes. */
export function tokensOf(sentence: string): readonly string[] {
  return (sentence.slice(0, MAX_SENTENCE).match(PIECE) ?? []).map(tokenOf);
}

const OPENERS: ReadonlyMap<string, string> = new Map([
  ['`', '<code>'],
  ['"', '<quote>'],
  ['“', '<quote>'],
  ['-', '<flag>'],
  ['#', '<ticket>'],
]);
/** A map, since a word of the text such as `constructor` is asked for. */
const WIDE: ReadonlyMap<string, string> = new Map([
  ['？', '?'],
  ['！', '!'],
  ['：', ':'],
  ['，', ','],
  ['、', ','],
  ['–', '—'],
  ['…', '...'],
]);

function tokenOf(piece: string): string {
  if (/^[a-z]+$/u.test(piece)) return piece;
  const opener = OPENERS.get(piece.charAt(0));
  if (opener !== undefined) return opener;
  if (/^\d/u.test(piece)) return '<number>';
  if (/^[A-Z][A-Z\d]{1,9}-\d/u.test(piece)) return '<ticket>';
  if (piece.startsWith('http') && piece.includes('://')) return '<url>';
  if (piece.includes('/') || /^[\w-]{1,60}\.[a-z]{1,5}$/u.test(piece)) return '<file>';
  if (/_|[a-z][A-Z]|\d/u.test(piece)) return '<name>';
  return WIDE.get(piece) ?? piece.toLowerCase().replace(/['’]/gu, '');
}

/** The number of a token in a vocabulary; unknown words go by their ending. */
export function idOf(token: string, vocabulary: ReadonlyMap<string, number>): number {
  return vocabulary.get(token) ?? vocabulary.get(endingOf(token)) ?? 0;
}

function endingOf(token: string): string {
  if (/^\p{Script=Han}/u.test(token)) return '<han>';
  if (/^[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(token)) return '<kana>';
  if (token.length > 5 && token.endsWith('ing')) return '<ing>';
  if (token.length > 4 && token.endsWith('ed')) return '<ed>';
  if (token.length > 4 && token.endsWith('ly')) return '<ly>';
  return token.length > 3 && token.endsWith('s') && !token.endsWith('ss') ? '<plural>' : '<word>';
}

/**
 * The features of a sentence as numbers: every word, every two neighbours, every two words with one between them, two
 * words at either end, and how long it is. Each once, in order of appearance.
 */
export function featuresOf(ids: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const last = ids.length - 1;
  seen.add(numberOf(KINDS.length, Math.min(9, Math.floor(ids.length / 3)), 0));
  seen.add(numberOf(KINDS.start, ids[0] ?? 1, ids[1] ?? 1));
  seen.add(numberOf(KINDS.end, ids[last - 1] ?? 0, ids[last] ?? 0));
  for (let at = -1; at <= last; at += 1) {
    const a = at < 0 ? 0 : (ids[at] ?? 0);
    if (at >= 0) seen.add(numberOf(KINDS.one, a, 0));
    seen.add(numberOf(KINDS.two, a, ids[at + 1] ?? 1));
    if (at < last) seen.add(numberOf(KINDS.apart, a, ids[at + 2] ?? 1));
  }
  return [...seen];
}

function numberOf(kind: number, a: number, b: number): number {
  return (kind * RADIX + a) * RADIX + b;
}

/** What a feature stands for, in words: "from now", "always … the". */
export function describeFeature(feature: number, words: readonly string[]): string {
  const a = words[Math.floor(feature / RADIX) % RADIX] ?? '?';
  const b = words[feature % RADIX] ?? '?';
  switch (Math.floor(feature / RADIX ** 2)) {
    case KINDS.start:
      return `<s> ${a} ${b}`;
    case KINDS.end:
      return `${a} ${b} </s>`;
    case KINDS.apart:
      return `${a} … ${b}`;
    case KINDS.two:
      return `${a} ${b}`;
    case KINDS.one:
      return a;
    default:
      return 'its length';
  }
}
