import { compareText } from '../dream/text/words';
import { NearWords } from './nearWords';
import { searchTokens, tokenForms } from './terms';

const K1 = 1.2;
const B = 0.7;
const PREFIX = { shortest: 2, most: 60, weight: 0.6 } as const;
/** By how many letters are wrong. */
const NEAR_WEIGHTS: readonly number[] = [0.5, 0.4, 0.25];

interface Postings {
  /** Numbers of documents, ascending. */
  readonly documents: number[];
  /** How much the term stands in each: counts by field, for the field's weight and length. */
  readonly amounts: number[];
}

/** What one word of a query may be answered by: terms, and how well each answers. */
export type Wanted = ReadonlyMap<string, number>;

/**
 * BM25 over documents of several fields (BM25F: a word in a heavy field counts as if it stood there more often), for words
 * that may be unfinished or misspelled.
 */
export class FieldIndex {
  private readonly postings = new Map<string, Postings>();
  /** Every word as it was read → its terms: what beginnings and slips are looked up in. */
  private readonly forms = new Map<string, Set<string>>();
  private readonly tokens = new Map<string, readonly string[]>();
  private sorted: readonly string[] | undefined;
  private vocabulary: NearWords | undefined;
  readonly size: number;

  /** `weights`: of each field, in the order of the fields of each document. */
  constructor(documents: readonly (readonly string[])[], weights: readonly number[]) {
    this.size = documents.length;
    const read = documents.map((fields) => fields.map((text) => this.termsOf(text)));
    const averages = weights.map((_, field) => {
      const total = read.reduce((sum, fields) => sum + (fields[field]?.length ?? 0), 0);
      return Math.max(1, total / Math.max(1, read.length));
    });
    read.forEach((fields, document) => {
      const amounts = new Map<string, number>();
      fields.forEach((terms, field) => {
        const amount = (weights[field] ?? 1) / (1 - B + (B * terms.length) / (averages[field] ?? 1));
        for (const term of terms) amounts.set(term, (amounts.get(term) ?? 0) + amount);
      });
      for (const [term, amount] of amounts) this.post(term, document, amount);
    });
  }

  private post(term: string, document: number, amount: number): void {
    const known = this.postings.get(term);
    if (known === undefined) this.postings.set(term, { documents: [document], amounts: [amount] });
    else {
      known.documents.push(document);
      known.amounts.push(amount);
    }
  }

  /** Terms of a text, as the documents were read. */
  termsOf(text: string): readonly string[] {
    return searchTokens(text).flatMap((token) => this.termsOfToken(token));
  }

  private termsOfToken(token: string): readonly string[] {
    const known = this.tokens.get(token);
    if (known !== undefined) return known;
    const forms = tokenForms(token);
    for (const { form, term } of forms) {
      const terms = this.forms.get(form);
      if (terms === undefined) this.forms.set(form, new Set([term]));
      else terms.add(term);
    }
    const terms = forms.map(({ term }) => term);
    this.tokens.set(token, terms);
    return terms;
  }

  /**
   * What answers each term of the query. `unfinished`: the last word may be the beginning of one. A word that stands
   * nowhere is taken for a beginning first, then for a slip; it keeps its place, so that it counts as not found.
   */
  wanted(query: string, unfinished: boolean): readonly Wanted[] {
    const tokens = searchTokens(query);
    return tokens.flatMap((token, at) => {
      const last = unfinished && at === tokens.length - 1;
      const forms = tokenForms(token);
      if (forms.length === 0) return last ? [this.begunBy(token.toLowerCase())].filter(({ size }) => size > 0) : [];
      return forms.map(({ form, term }) => this.wantedFor(form, term, last));
    });
  }

  private wantedFor(form: string, term: string, last: boolean): Wanted {
    const exact = this.postings.has(term);
    if (exact && !last) return new Map([[term, 1]]);
    const begun = this.begunBy(form);
    if (exact) return new Map([...begun, [term, 1]]);
    return begun.size > 0 ? begun : this.nearTo(form);
  }

  private begunBy(form: string): Wanted {
    if (form.length < PREFIX.shortest) return new Map();
    this.sorted ??= [...this.forms.keys()].sort(compareText);
    const found: string[] = [];
    for (let at = firstAtLeast(this.sorted, form); this.sorted[at]?.startsWith(form) === true; at += 1) {
      found.push(this.sorted[at] ?? '');
    }
    const nearest = found.sort((a, b) => a.length - b.length || compareText(a, b)).slice(0, PREFIX.most);
    return new Map(
      nearest.flatMap((word) =>
        [...(this.forms.get(word) ?? [])].map((term): [string, number] => [term, PREFIX.weight]),
      ),
    );
  }

  private nearTo(form: string): Wanted {
    this.vocabulary ??= new NearWords([...this.forms.keys()].sort(compareText));
    return new Map(
      this.vocabulary
        .near(form)
        .flatMap(({ word, slips }) =>
          [...(this.forms.get(word) ?? [])].map((term): [string, number] => [term, NEAR_WEIGHTS[slips] ?? 0]),
        ),
    );
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
      const best = this.bestOf(wanted);
      for (const [document, score] of best) {
        if ((answered[document] ?? 0) === 0) found.push(document);
        sums[document] = (sums[document] ?? 0) + score;
        answered[document] = (answered[document] ?? 0) + 1;
      }
    }
    return new Map(
      found.map((document): [number, number] => [
        document,
        ((sums[document] ?? 0) * (answered[document] ?? 0)) / query.length,
      ]),
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

function firstAtLeast(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(sorted[middle] ?? '', text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
