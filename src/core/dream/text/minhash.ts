import { jaccard } from './similarity';
import { words } from './words';

const PERMUTATIONS = 32;
const BAND = 4;
const SHINGLE = 3;
/** Below this many bits per word, or fewer words than this, likeness says nothing. */
const MIN_ENTROPY = 1.5;
const MIN_WORDS = 6;
/** In a bucket of very many, each is compared with so many after it: a long chain instead of every pair. */
const MAX_COMPARED = 32;
export const NEAR_DUPLICATE = 0.9;

/**
 * Pairs of texts (by index, lower first) whose three-word shingles are alike: Jaccard ≥ .9, found by banded MinHash. Of
 * very many that are alike, each is paired with the next few: time and pairs grow with the number of texts.
 */
export function nearDuplicates(texts: readonly string[]): readonly (readonly [number, number])[] {
  const shingled = texts.map(shingles);
  const buckets = new Map<string, number[]>();
  shingled.forEach((set, index) => {
    if (set.size === 0) return;
    const signature = signatureOf(set);
    for (let band = 0; band < PERMUTATIONS; band += BAND) {
      const key = `${band}:${signature.slice(band, band + BAND).join(',')}`;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [index]);
      else bucket.push(index);
    }
  });
  const found = new Map<string, readonly [number, number]>();
  for (const members of buckets.values()) {
    members.forEach((a, position) => {
      for (const b of members.slice(position + 1, position + 1 + MAX_COMPARED)) {
        const key = `${a}:${b}`;
        if (!found.has(key) && jaccard(shingled[a] ?? new Set(), shingled[b] ?? new Set()) >= NEAR_DUPLICATE)
          found.set(key, [a, b]);
      }
    });
  }
  return [...found.values()].sort((x, y) => x[0] - y[0] || x[1] - y[1]);
}

function shingles(text: string): ReadonlySet<string> {
  const tokens = words(text);
  if (tokens.length < MIN_WORDS || entropy(tokens) < MIN_ENTROPY) return new Set();
  return new Set(tokens.slice(0, 1 - SHINGLE).map((_, index) => tokens.slice(index, index + SHINGLE).join(' ')));
}

function entropy(tokens: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / tokens.length) * Math.log2(count / tokens.length);
  return bits;
}

function signatureOf(set: ReadonlySet<string>): readonly number[] {
  const minima = new Array<number>(PERMUTATIONS).fill(0xffffffff);
  for (const shingle of set) {
    const base = hash(shingle);
    for (let index = 0; index < PERMUTATIONS; index += 1) {
      const mixed = mix(base ^ Math.imul(index + 1, 0x9e3779b1));
      if (mixed < (minima[index] ?? 0)) minima[index] = mixed;
    }
  }
  return minima;
}

/** FNV-1a over UTF-16 units; only has to spread. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
