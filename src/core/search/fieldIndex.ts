import { Vocabulary, type Wanted } from './vocabulary';

const K1 = 1.2;
const B = 0.7;
/** So many documents take a few milliseconds. */
const IN_ONE_STEP = 100;

interface Postings {
  /** Numbers of documents, ascending. */
  readonly documents: number[];
  /** How much the term stands in each: counts by field, for the field's weight and length. */
  readonly amounts: number[];
}

/**
 * BM25 over documents of several fields (BM25F: a word in a heavy field counts as if it stood there more often), for words
 * that may be unfinished or misspelled.
 */
export class FieldIndex {
  private readonly postings = new Map<string, Postings>();
  private readonly vocabulary = new Vocabulary();
  private readonly size: number;

  private constructor(size: number) {
    this.size = size;
  }

  /**
   * Reads the documents a few at a time, so that whoever waits can do something else in between. `weights`: of each field,
   * in the order of the fields of each document.
   */
  static *steps(
    documents: readonly (readonly string[])[],
    weights: readonly number[],
  ): Generator<undefined, FieldIndex, undefined> {
    const index = new FieldIndex(documents.length);
    const read: (readonly (readonly string[])[])[] = [];
    for (const fields of documents) {
      read.push(fields.map((text) => index.vocabulary.learn(text)));
      if (read.length % IN_ONE_STEP === 0) yield;
    }
    const averages = weights.map((_, field) => {
      const total = read.reduce((sum, fields) => sum + (fields[field]?.length ?? 0), 0);
      return Math.max(1, total / Math.max(1, read.length));
    });
    for (const [document, fields] of read.entries()) {
      const amounts = new Map<string, number>();
      fields.forEach((terms, field) => {
        const amount = (weights[field] ?? 1) / (1 - B + (B * terms.length) / (averages[field] ?? 1));
        for (const term of terms) amounts.set(term, (amounts.get(term) ?? 0) + amount);
      });
      for (const [term, amount] of amounts) index.post(term, document, amount);
      if (document % IN_ONE_STEP === IN_ONE_STEP - 1) yield;
    }
    return index;
  }

  private post(term: string, document: number, amount: number): void {
    const known = this.postings.get(term);
    if (known === undefined) this.postings.set(term, { documents: [document], amounts: [amount] });
    else {
      known.documents.push(document);
      known.amounts.push(amount);
    }
  }

  /** Terms of a text of a document. */
  termsOf(text: string): readonly string[] {
    return this.vocabulary.learn(text);
  }

  /** What answers each word of a query; `unfinished`: the last one may go on. */
  wanted(query: string, unfinished: boolean): readonly Wanted[] {
    return this.vocabulary.wanted(query, unfinished, (term) => this.postings.has(term));
  }

  /**
   * The score of every document that has something of the query, by its number. Each word counts by what answers it
   * best; a document that has only some of the words counts for that share of its sum.
   */
  score(query: readonly Wanted[]): ReadonlyMap<number, number> {
    const sums = new Float64Array(this.size);
    const answered = new Uint16Array(this.size);
    const found: number[] = [];
    for (const wanted of query) {
      for (const [document, score] of this.bestOf(wanted)) {
        if ((answered[document] ?? 0) === 0) found.push(document);
        sums[document] = (sums[document] ?? 0) + score;
        answered[document] = (answered[document] ?? 0) + 1;
      }
    }
    return new Map(
      found.map((document): [number, number] => {
        const share = (answered[document] ?? 0) / query.length;
        return [document, (sums[document] ?? 0) * share];
      }),
    );
  }

  private bestOf(wanted: Wanted): ReadonlyMap<number, number> {
    const best = new Map<number, number>();
    for (const [term, weight] of wanted) {
      const postings = this.postings.get(term);
      if (postings === undefined) continue;
      const n = postings.documents.length;
      const rarity = weight * Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
      postings.documents.forEach((document, at) => {
        const amount = postings.amounts[at] ?? 0;
        const score = (rarity * amount * (K1 + 1)) / (K1 + amount);
        if (score > (best.get(document) ?? 0)) best.set(document, score);
      });
    }
    return best;
  }
}
