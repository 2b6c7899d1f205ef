/** A keyword found: which one, and where it begins. Not in order of place. */
export type OnKeyword = (keyword: number, start: number) => void;

/** A keyword to look for: ASCII, lower-case, two letters or more. */
export interface Keyword {
  readonly text: string;
  /** Only counts where no letter or digit stands before it. */
  readonly startsWord: boolean;
}

/** Finds any of many keywords in one pass. */
export interface KeywordIndex {
  /** `text` in lower case. */
  search(text: string, found: OnKeyword): void;
}

const BITS = 5;
const KINDS = 1 << BITS;
/** Rows of three classes, and of four. */
const THREE = (1 << (3 * BITS)) - 1;
const FOUR = (1 << (4 * BITS)) - 1;
const OTHER = 0;
const DIGIT = 27;
const DASH = 28;
const DOT = 29;
const SIGN = 30;
/** What may stand before the beginning of a word. */
const NO_LETTER = [OTHER, DASH, DOT, SIGN];
const SIGNS = '+=$*~|>?&"@! ';

/** Five bits for each code unit: letters apart, what is rarer in groups, so that the table of rows of three fits a cache. */
const CLASSES: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 65 && code <= 90) return code - 64;
  if (code >= 48 && code <= 57) return DIGIT;
  if (code === 45 || code === 95) return DASH;
  if (code === 46 || code === 47 || code === 58) return DOT;
  return code < 128 && SIGNS.includes(String.fromCharCode(code)) ? SIGN : OTHER;
});

/** About how often, in thousandths, each class occurs in code and prose: other, a to z, digits, dashes, dots, signs. */
const COMMON = [
  60, 75, 16, 45, 38, 110, 20, 20, 25, 70, 3, 10, 42, 28, 70, 68, 32, 2, 72, 62, 85, 30, 12, 9, 8, 18, 3, 60, 25, 40,
  150, 0,
];
/** Pairs of letters that occur far more often than their letters. */
const PAIRS: ReadonlySet<string> = new Set(
  (
    'th he in er an re nd on en at ou es st nt ti te or to it is ar al as ed ec ct co de di se ne me ri ro io ic ' +
    'li le ty yp pe na am el em om ra ta sy ex xp ke ey ki pa ca fi id if od ol op pr po cl la un su ss si sa ve ' +
    'ge et tr mo ma no of ur us ut ul im ce ch ha hi ho pl ac ag ad ab da do du ry bo ba be bl'
  ).split(' '),
);
const FACTOR = 3;

function classAt(text: string, at: number): number {
  return CLASSES[text.charCodeAt(at)] ?? OTHER;
}

function isPair(first: number, second: number): boolean {
  return PAIRS.has(String.fromCharCode(first + 96, second + 96)) || (first === second && first >= DIGIT);
}

/** The smaller, the rarer the row. */
function commonness(row: readonly number[]): number {
  return row.reduce((product, kind, at) => {
    const pair = at > 0 && isPair(row[at - 1] ?? 0, kind);
    return product * (COMMON[kind] ?? 0) * (pair ? FACTOR : 1);
  }, 1);
}

/** Four classes in a row that give a keyword away: the first is any of `first`; `offset` letters into it they end. */
interface Anchor {
  readonly first: readonly number[];
  readonly rest: readonly number[];
  readonly offset: number;
}

const ANY = Array.from({ length: KINDS }, (_, kind) => kind);

function anchorsOf({ text, startsWord }: Keyword): readonly Anchor[] {
  const letters = Array.from(text, (_, at) => classAt(text, at));
  if (letters.length === 2) {
    return startsWord
      ? NO_LETTER.map((kind) => ({ first: ANY, rest: [kind, ...letters], offset: 2 }))
      : ANY.map((kind) => ({ first: ANY, rest: [...letters, kind], offset: 3 }));
  }
  const beginning = { first: startsWord ? NO_LETTER : ANY, rest: letters.slice(0, 3), offset: 3 };
  // Where words begin is about as common as twice the commonest letter; anything at all is ten times as common.
  let least = commonness(beginning.rest) * (startsWord ? 200 : 1_000);
  let best: Anchor = beginning;
  for (let at = 0; at + 4 <= letters.length; at += 1) {
    const row = letters.slice(at, at + 4);
    const common = commonness(row);
    if (common >= least) continue;
    least = common;
    best = { first: row.slice(0, 1), rest: row.slice(1), offset: at + 4 };
  }
  return [best];
}

function standsAt(text: string, start: number, keyword: Uint8Array): boolean {
  for (let at = 0; at < keyword.length; at += 1) {
    if (text.charCodeAt(start + at) !== keyword[at]) return false;
  }
  return true;
}

/**
 * Builds the index. Each keyword is known by its rarest row of four letters; only where such a row stands, the keywords
 * it may belong to are compared (after Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
export function createKeywordIndex(keywords: readonly Keyword[]): KeywordIndex {
  /** Per row of three a bit for each class that may stand before it. */
  const masks = new Int32Array(THREE + 1);
  const buckets = new Map<number, { keyword: number; offset: number; codes: Uint8Array }[]>();
  keywords.forEach((keyword, index) => {
    const codes = Uint8Array.from(keyword.text, (letter) => letter.charCodeAt(0));
    for (const { first, rest, offset } of anchorsOf(keyword)) {
      const three = rest.reduce((row, kind) => (row << BITS) | kind, 0);
      for (const kind of first) {
        const four = (kind << (3 * BITS)) | three;
        masks[three] = (masks[three] ?? 0) | (1 << kind);
        const bucket = buckets.get(four) ?? [];
        buckets.set(four, bucket);
        bucket.push({ keyword: index, offset, codes });
      }
    }
  });

  function compare(text: string, row: number, end: number, found: OnKeyword): void {
    const bucket = buckets.get(row) ?? [];
    for (let i = 0; i < bucket.length; i += 1) {
      const candidate = bucket[i];
      if (candidate === undefined) continue;
      const start = end - candidate.offset;
      if (start >= 0 && standsAt(text, start, candidate.codes)) found(candidate.keyword, start);
    }
  }

  return {
    search(text, found) {
      const { length } = text;
      let row = 0;
      for (let at = 0; at < length; at += 1) {
        row = ((row << BITS) & FOUR) | (CLASSES[text.charCodeAt(at)] ?? OTHER);
        if ((((masks[row & THREE] ?? 0) >>> (row >>> (3 * BITS))) & 1) !== 0) compare(text, row, at + 1, found);
      }
    },
  };
}
