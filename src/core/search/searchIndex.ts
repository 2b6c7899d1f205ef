import { compareText } from '../dream/text/words';
import { Bm25, type QueryTerms } from './bm25';
import { Spread } from './spread';
import { searchTerms } from './terms';

/** One stretch of a document: what somebody said in a turn, a paragraph of a memory. */
export interface SearchPart {
  /** Who said it; '' where nobody did. */
  readonly speaker: string;
  readonly text: string;
}

/** A session, or a memory, as it is searched. */
export interface SearchDocument {
  readonly id: string;
  /** Title of a session; name and description of a memory. */
  readonly title: string;
  /** ISO 8601 UTC, '' if unknown: dates in a query find it, and of equal hits the later comes first. */
  readonly at: string;
  readonly parts: readonly SearchPart[];
}

export interface SearchHit {
  readonly id: string;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** Index of the part that answers best, to show and to jump to. */
  readonly part: number;
}

export interface SearchIndex {
  /** Best first, without those that have nothing of the query. */
  search(query: string, limit: number): readonly SearchHit[];
}

/**
 * How much counts beside the whole document (1): words of one family ("organise", "organisation"), the best passage, and
 * the words of a speaker whom the query names. Chosen on half of LoCoMo; see bench/quality/README.md.
 */
const MIX = { family: 0.6, passage: 0.1, speaker: 0.1 } as const;
const FAMILY_LETTERS = 5;
/** Terms that stand in the best passages are asked for too, with a small weight: another word for the same thing. */
const FEEDBACK = { passages: 12, terms: 20, weight: 0.2, mostOfOne: 2 } as const;
const PASSAGE_PARTS = 2;
const PREFIX = { shortest: 3, most: 20, weight: 0.5 } as const;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/**
 * An index over documents. Ranking: BM25 of the whole document, of its words by family and of its best passage (two
 * neighbouring parts), each as a share of the best, the query widened by terms of the best passages; the last word may
 * be the beginning of one. How rare a word is, the passages tell: a long session has nearly every word once.
 * Nothing is matched approximately: an id is found or not. Equal scores: the later document first, then by id.
 */
export function createSearchIndex(documents: readonly SearchDocument[]): SearchIndex {
  const wholes = new Bm25();
  const passages = new Bm25();
  const families = new Bm25();
  const spread = new Spread();
  const familySpread = new Spread();
  const owners: Passage[] = [];
  const spoken = new Map<string, Bm25>();
  const speakers = new Set(documents.flatMap(({ parts }) => parts.map(({ speaker }) => speaker.toLowerCase())));
  speakers.delete('');
  documents.forEach((document, number) => {
    const head = [...searchTerms(document.title), ...dateTerms(document.at)];
    const parts = document.parts.map(({ speaker, text }) => searchTerms(`${speaker} ${text}`));
    const all = [...head, ...parts.flat()];
    wholes.add(all);
    families.add(all.map(familyOf));
    for (let at = 0; at < Math.max(1, parts.length); at += 1) {
      const passage = parts.length === 0 ? head : parts.slice(at, at + PASSAGE_PARTS).flat();
      passages.add(passage);
      spread.add(parts[at] ?? head);
      familySpread.add((parts[at] ?? head).map(familyOf));
      owners.push({ document: number, part: at });
    }
  });
  for (const name of speakers) {
    const own = new Bm25();
    for (const { parts } of documents) {
      own.add(parts.flatMap(({ speaker, text }) => (speaker.toLowerCase() === name ? searchTerms(text) : [])));
    }
    spoken.set(name, own);
  }
  const termsOf = ({ document, part }: Passage): readonly string[] =>
    (documents[document]?.parts.slice(part, part + PASSAGE_PARTS) ?? []).flatMap(({ speaker, text }) =>
      searchTerms(`${speaker} ${text}`),
    );
  return {
    search: (query, limit) => {
      const asked = askedTerms(query, wholes);
      const wide = widened(asked, passages, (number) => termsOf(owners[number] ?? { document: -1, part: 0 }));
      const answers = wholes.score(asked);
      const rarity = (term: string): number => spread.rarity(term);
      const scores = shares(wholes.score(wide, rarity));
      const kin = new Map([...asked].map(([term, weight]) => [familyOf(term), weight]));
      const ofFamilies = shares(families.score(kin, (term) => familySpread.rarity(term)));
      const best = bestPassages(passages.score(wide), owners, documents.length);
      const ofPassages = shares(best.scores);
      const named = [...speakers].filter((name) => isNamed(name, query.toLowerCase()));
      const own = named.length === 1 ? spoken.get(named[0] ?? '')?.score(wide) : undefined;
      const ofSpeaker = own === undefined ? scores : shares(own);
      return (
        documents
          .map(({ id, at }, number) => {
            const of = (some: Float64Array): number => some[number] ?? 0;
            const beside = MIX.family * of(ofFamilies) + MIX.passage * of(ofPassages) + MIX.speaker * of(ofSpeaker);
            const score = of(scores) + beside;
            return { id, at, score, part: best.parts[number] ?? 0 };
          })
          // What only the widening brought has nothing of what was asked.
          .filter((_, number) => (answers[number] ?? 0) > 0)
          .sort((a, b) => b.score - a.score || compareText(b.at, a.at) || compareText(a.id, b.id))
          .slice(0, limit)
          .map(({ id, score, part }) => ({ id, score, part }))
      );
    },
  };
}

/** Words that begin alike count as one family; identifiers and numbers stand for themselves. */
function familyOf(term: string): string {
  return /^\p{L}{6,60}$/u.test(term) ? term.slice(0, FAMILY_LETTERS) : term;
}

function isNamed(name: string, query: string): boolean {
  const at = query.indexOf(name);
  return at !== -1 && !/\p{L}$/u.test(query.slice(0, at)) && !/^\p{L}/u.test(query.slice(at + name.length));
}

interface Passage {
  readonly document: number;
  readonly part: number;
}

/** `2023`, `may`, `7`, `2023-05-07`: what a person may write of a day. */
function dateTerms(at: string): readonly string[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/u.exec(at) ?? [];
  if (year === '') return [];
  return searchTerms(`${year}-${month}-${day} ${MONTHS[Number(month) - 1] ?? ''} ${Number(day)}`);
}

/** Terms of the query; a last word that no document has stands for those that begin with it. */
function askedTerms(query: string, index: Bm25): QueryTerms {
  const asked = new Map(searchTerms(query).map((term) => [term, 1]));
  const last = /[\p{L}\p{N}]{1,60}$/u.exec(query.slice(-60))?.[0].toLowerCase();
  if (last === undefined || last.length < PREFIX.shortest || searchTerms(last).some((term) => index.has(term))) {
    return asked;
  }
  const begun: string[] = [];
  for (const term of index.terms()) if (term.startsWith(last)) begun.push(term);
  for (const term of begun.sort(compareText).slice(0, PREFIX.most)) asked.set(term, PREFIX.weight);
  return asked;
}

function widened(asked: QueryTerms, passages: Bm25, termsOf: (passage: number) => readonly string[]): QueryTerms {
  const scores = passages.score(asked);
  const found: (readonly [passage: number, score: number])[] = [];
  scores.forEach((score, number) => {
    if (score > 0) found.push([number, score]);
  });
  const best = found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, FEEDBACK.passages);
  const worth = new Map<string, number>();
  for (const [number, score] of best) {
    const terms = termsOf(number);
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      if (asked.has(term)) continue;
      const share = Math.min(count, FEEDBACK.mostOfOne) / terms.length;
      worth.set(term, (worth.get(term) ?? 0) + score * share * passages.rarity(term));
    }
  }
  const added = [...worth].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).slice(0, FEEDBACK.terms);
  const most = added[0]?.[1] ?? 1;
  return new Map([
    ...asked,
    ...added.map(([term, value]): [string, number] => [term, (FEEDBACK.weight * value) / most]),
  ]);
}

function bestPassages(
  scores: Float64Array,
  owners: readonly Passage[],
  documents: number,
): { readonly scores: Float64Array; readonly parts: readonly number[] } {
  const best = new Float64Array(documents);
  const parts = new Array<number>(documents).fill(0);
  owners.forEach(({ document, part }, number) => {
    const score = scores[number] ?? 0;
    if (score <= (best[document] ?? 0)) return;
    best[document] = score;
    parts[document] = part;
  });
  return { scores: best, parts };
}

/** Each as a share of the largest; all 0 where that is 0. */
function shares(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? scores : scores.map((score) => score / most);
}
