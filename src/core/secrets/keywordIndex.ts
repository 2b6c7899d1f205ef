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
const PAIR = 2 * BITS;
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

const ANY: readonly number[] = Array.from({ length: KINDS }, (_, kind) => kind);
/** Four places, and which classes may stand in each. */
type Row = readonly (readonly number[])[];
const ROW = 4;

/** The smaller, the rarer the row. */
function commonness(row: Row): number {
  return row.reduce((product, kinds, at) => {
    if (kinds === ANY) return product * 1_000;
    // Where words begin is about as common as twice the commonest letter.
    if (kinds === NO_LETTER) return product * 200;
    const before = row[at - 1] ?? ANY;
    const pair = before.length === 1 && isPair(before[0] ?? OTHER, kinds[0] ?? OTHER);
    return product * (COMMON[kinds[0] ?? OTHER] ?? 0) * (pair ? FACTOR : 1);
  }, 1);
}

/** A row that gives a keyword away: it ends `offset` letters after where the keyword begins. */
interface Anchor {
  readonly row: Row;
  readonly offset: number;
}

/** The row that begins `from` letters into the keyword, or before it. */
function rowAt({ text, startsWord }: Keyword, from: number): Row {
  return Array.from({ length: ROW }, (_, place) => {
    const at = from + place;
    if (at >= 0 && at < text.length) return [classAt(text, at)];
    return at === -1 && startsWord ? NO_LETTER : ANY;
  });
}

/** Two rows, one letter apart: a text is read in pairs of letters, and one of the two begins with a pair. */
function anchorsOf(keyword: Keyword): readonly Anchor[] {
  const first = keyword.text.length === 2 ? -2 : -1;
  const last = Math.max(first, keyword.text.length - ROW);
  let least = Infinity;
  let best: readonly Anchor[] = [];
  for (let from = first; from <= last; from += 1) {
    const anchors = [from, from + 1].map((begin) => ({ row: rowAt(keyword, begin), offset: begin + ROW }));
    const common = anchors.reduce((sum, { row }) => sum + commonness(row), 0);
    if (common >= least) continue;
    least = common;
    best = anchors;
  }
  return best;
}

/** Each row of single classes that a row stands for, as a number. */
function rowNumbers(row: Row): readonly number[] {
  let numbers = [0];
  for (const kinds of row) {
    const longer: number[] = [];
    for (const number of numbers) for (const kind of kinds) longer.push((number << BITS) | kind);
    numbers = longer;
  }
  return numbers;
}

/** A keyword that a row gives away. */
interface Candidate {
  readonly keyword: number;
  readonly offset: number;
}

/** The candidates of all rows, in typed arrays: nothing is made or followed while a text is read. */
interface Rows {
  /** Per row of three a bit for each class that may stand before it. */
  readonly masks: Int32Array;
  /** A hash table of rows, two places each: the row, -1 for none, and where its candidates begin. */
  readonly table: Int32Array;
  /** Each in 32 bits: the keyword, the offset, and whether it is the last of its row. */
  readonly candidates: Int32Array;
}

const OFFSET_BITS = 8;
const OFFSETS = (1 << OFFSET_BITS) - 1;

/** Where the hash table begins to look for a row; after Knuth, multiplied by what the golden ratio makes of a word. */
function slotOf(row: number, mask: number): number {
  return (Math.imul(row, 0x9e3779b1) >>> 12) & mask;
}

function gather(keywords: readonly Keyword[]): ReadonlyMap<number, readonly Candidate[]> {
  const rows = new Map<number, Candidate[]>();
  keywords.forEach((keyword, index) => {
    for (const { row, offset } of anchorsOf(keyword)) {
      for (const four of rowNumbers(row)) {
        const list = rows.get(four);
        if (list) list.push({ keyword: index, offset });
        else rows.set(four, [{ keyword: index, offset }]);
      }
    }
  });
  return rows;
}

function layOut(keywords: readonly Keyword[]): Rows {
  const rows = gather(keywords);
  const size = 1 << (32 - Math.clz32(2 * rows.size));
  const masks = new Int32Array(THREE + 1);
  const table = new Int32Array(2 * size).fill(-1);
  const candidates: number[] = [];
  for (const [row, list] of rows) {
    masks[row & THREE] = (masks[row & THREE] ?? 0) | (1 << (row >>> (3 * BITS)));
    let slot = slotOf(row, size - 1);
    while (table[2 * slot] !== -1) slot = (slot + 1) & (size - 1);
    table[2 * slot] = row;
    table[2 * slot + 1] = candidates.length;
    list.forEach(({ keyword, offset }, at) => {
      const last = at === list.length - 1 ? 1 : 0;
      candidates.push((((keyword << OFFSET_BITS) | offset) << 1) | last);
    });
  }
  return { masks, table, candidates: Int32Array.from(candidates) };
}

/**
 * Builds the index. Each keyword is known by its rarest rows of four letters; only where such a row stands, the keywords
 * it may belong to are compared (after Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
export function createKeywordIndex(keywords: readonly Keyword[]): KeywordIndex {
  const { masks, table, candidates } = layOut(keywords);
  const slots = table.length / 2 - 1;
  const letters = Uint8Array.from(keywords.map(({ text }) => text).join(''), (letter) => letter.charCodeAt(0));
  /** Where the letters of each keyword begin, and the last ones end. */
  const begins = new Uint32Array(keywords.length + 1);
  keywords.forEach(({ text }, index) => {
    begins[index + 1] = (begins[index] ?? 0) + text.length;
  });

  function standsAt(text: string, start: number, keyword: number): boolean {
    const begin = begins[keyword] ?? 0;
    const length = (begins[keyword + 1] ?? 0) - begin;
    if (start < 0 || start + length > text.length) return false;
    for (let at = 0; at < length; at += 1) {
      if (text.charCodeAt(start + at) !== letters[begin + at]) return false;
    }
    return true;
  }

  function compare(text: string, row: number, end: number, found: OnKeyword): void {
    let slot = slotOf(row, slots);
    for (let key = table[2 * slot]; key !== row; key = table[2 * slot]) {
      if (key === -1) return;
      slot = (slot + 1) & slots;
    }
    let candidate = 0;
    for (let at = table[2 * slot + 1] ?? 0; (candidate & 1) === 0; at += 1) {
      candidate = candidates[at] ?? 1;
      const start = end - ((candidate >>> 1) & OFFSETS);
      const keyword = candidate >>> (1 + OFFSET_BITS);
      if (standsAt(text, start, keyword)) found(keyword, start);
    }
  }

  return {
    search(text, found) {
      const last = text.length - 1;
      let row = 0;
      let at = 0;
      for (; at < last; at += 2) {
        const first = CLASSES[text.charCodeAt(at)] ?? OTHER;
        row = ((row << PAIR) & FOUR) | (first << BITS) | (CLASSES[text.charCodeAt(at + 1)] ?? OTHER);
        if ((((masks[row & THREE] ?? 0) >>> (row >>> (3 * BITS))) & 1) !== 0) compare(text, row, at + 2, found);
      }
      if (at === last) compare(text, ((row << PAIR) & FOUR) | (classAt(text, at) << BITS), at + 2, found);
    },
  };
}
