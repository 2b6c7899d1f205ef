import { compareText } from '../dream/text/words';
import { NearWords } from './nearWords';
import { searchTokens, tokenForms } from './terms';

const PREFIX = { shortest: 2, most: 60, weight: 0.6 } as const;
/** By how many letters are wrong. */
const NEAR_WEIGHTS: readonly number[] = [0.5, 0.4, 0.25];
/** Longer ones are hashes and addresses: nobody misspells them. */
const LONGEST_FORM = 40;
const MOST_TOKENS = 50_000;

/** What one word of a query may be answered by: terms, and how well each answers. */
export type Wanted = ReadonlyMap<string, number>;

/** The words of what is searched, as they were read and as terms: finds what an unfinished or misspelled word means. */
export class Vocabulary {
  /** A word as it was read → its terms. */
  private readonly forms = new Map<string, readonly string[]>();
  private readonly tokens = new Map<string, readonly string[]>();
  private sorted: readonly string[] | undefined;
  private near: NearWords | undefined;

  /** Terms of a text, in order, repeats kept; its words are known from now on. */
  learn(text: string): readonly string[] {
    return searchTokens(text).flatMap((token) => this.learnToken(token));
  }

  private learnToken(token: string): readonly string[] {
    const known = this.tokens.get(token);
    if (known !== undefined) return known;
    const forms = tokenForms(token);
    for (const { form, term } of forms) {
      if (form.length > LONGEST_FORM) continue;
      const terms = this.forms.get(form) ?? [];
      if (terms.includes(term)) continue;
      this.forms.set(form, [...terms, term]);
      this.sorted = undefined;
      this.near = undefined;
    }
    const terms = forms.map(({ term }) => term);
    if (this.tokens.size >= MOST_TOKENS) this.tokens.clear();
    this.tokens.set(token, terms);
    return terms;
  }

  /**
   * What answers each term of a query. `unfinished`: the last word may be the beginning of one. A word that `stands`
   * nowhere is taken for a beginning first, then for a slip; it keeps its place, so that it counts as not found.
   */
  wanted(query: string, unfinished: boolean, stands: (term: string) => boolean): readonly Wanted[] {
    const tokens = searchTokens(query);
    return tokens.flatMap((token, at) => {
      const last = unfinished && at === tokens.length - 1;
      const forms = tokenForms(token);
      if (forms.length === 0) return last ? [this.begunBy(token.toLowerCase())].filter(({ size }) => size > 0) : [];
      return forms.map(({ form, term }) => this.wantedFor(form, term, { exact: stands(term), last }));
    });
  }

  private wantedFor(form: string, term: string, is: { readonly exact: boolean; readonly last: boolean }): Wanted {
    if (is.exact && !is.last) return new Map([[term, 1]]);
    const begun = this.begunBy(form);
    if (is.exact) return new Map([...begun, [term, 1]]);
    return begun.size > 0 ? begun : this.nearTo(form);
  }

  private begunBy(form: string): Wanted {
    if (form.length < PREFIX.shortest) return new Map();
    this.sorted ??= [...this.forms.keys()].sort(compareText);
    const found: string[] = [];
    for (let at = firstAtLeast(this.sorted, form); this.sorted[at]?.startsWith(form) === true; at += 1) {
      found.push(this.sorted[at] ?? '');
    }
    const shortest = found.sort((a, b) => a.length - b.length || compareText(a, b)).slice(0, PREFIX.most);
    return this.weighed(shortest.map((word) => [word, PREFIX.weight]));
  }

  private nearTo(form: string): Wanted {
    this.near ??= new NearWords([...this.forms.keys()].sort(compareText));
    return this.weighed(this.near.near(form).map(({ word, slips }) => [word, NEAR_WEIGHTS[slips] ?? 0]));
  }

  private weighed(words: readonly (readonly [word: string, weight: number])[]): Wanted {
    return new Map(
      words.flatMap(([word, weight]) => (this.forms.get(word) ?? []).map((term): [string, number] => [term, weight])),
    );
  }
}

/** Everything that answers some word, with the weight by which it answers best. */
export function anyOf(wanted: readonly Wanted[]): Wanted {
  const all = new Map<string, number>();
  for (const one of wanted) for (const [term, weight] of one) all.set(term, Math.max(weight, all.get(term) ?? 0));
  return all;
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
