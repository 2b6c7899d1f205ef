/** Okapi BM25 over an inverted index: what a term counts for falls with how many texts have it and how long they are. */

const K1 = 1.5;
const B = 0.75;

interface Postings {
  /** Numbers of texts, ascending. */
  readonly texts: number[];
  /** How often the term stands in each. */
  readonly counts: number[];
}

/** What is asked for: terms with their weights. */
export type QueryTerms = ReadonlyMap<string, number>;

export class Bm25 {
  private readonly postings = new Map<string, Postings>();
  private readonly lengths: number[] = [];
  private total = 0;

  /** Adds one text by its terms; returns its number, counted from 0. */
  add(terms: readonly string[]): number {
    const text = this.lengths.push(terms.length) - 1;
    this.total += terms.length;
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const known = this.postings.get(term);
      if (known === undefined) this.postings.set(term, { texts: [text], counts: [count] });
      else {
        known.texts.push(text);
        known.counts.push(count);
      }
    }
    return text;
  }

  get size(): number {
    return this.lengths.length;
  }

  has(term: string): boolean {
    return this.postings.has(term);
  }

  /** All terms, in no order that means anything. */
  terms(): Iterable<string> {
    return this.postings.keys();
  }

  /** How rare a term is: ln(1 + (N - n + .5) / (n + .5)). */
  rarity(term: string): number {
    const n = this.postings.get(term)?.texts.length ?? 0;
    return Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
  }

  /** The score of every text, by its number. `rarity`: how rare a term is, where other texts tell that better. */
  score(query: QueryTerms, rarityOf = (term: string): number => this.rarity(term)): Float64Array {
    const scores = new Float64Array(this.size);
    const average = this.size === 0 ? 1 : Math.max(1, this.total / this.size);
    for (const [term, weight] of query) {
      const found = this.postings.get(term);
      if (found === undefined) continue;
      const rarity = rarityOf(term) * weight;
      found.texts.forEach((text, at) => {
        const count = found.counts[at] ?? 0;
        const length = this.lengths[text] ?? 0;
        const share = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
        scores[text] = (scores[text] ?? 0) + rarity * share;
      });
    }
    return scores;
  }
}
