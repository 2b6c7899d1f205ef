import { Bm25 } from './bm25';
import { clausesOf, isAnswer, isChanged, isDenial, valuesIn } from './earlierClauses';
import { searchTerms } from './terms';

/** How a later text stands to an earlier one: it denies what that says, or gives another value for it. */
export type Revision = 'denied' | 'updated';

export interface RankedEarlier {
  /** Where it stands among the earlier texts. */
  readonly index: number;
  /** 0 or more; comparable within one answer only. */
  readonly score: number;
}

/**
 * What counts beside the words that are in focus (1): other words of the later text, the share of the focus that an
 * earlier text covers, one that only answers what it was told ("Got it, …"), and, of several values, a newer one. Tuned
 * on chats other than those that are reported; see bench/quality/README.md.
 */
const WEIGHTS = { context: 0.4, covered: 0.5, answer: 0.7, newer: 0.2 } as const;

/**
 * Earlier texts of one person, the one that a later text most likely revises first; ties in their order. A long message
 * revises in one clause and asks in the others: the clause that denies ("I have never …"), or gives a value, is what
 * the earlier ones are searched for. Linear in the length of all.
 */
export function rankEarlier(later: string, earlier: readonly string[], revision: Revision): readonly RankedEarlier[] {
  const index = new Bm25();
  const terms = earlier.map((text) => clausesOf(text).flatMap(searchTerms));
  for (const one of terms) index.add(one);
  const { focus, context } = focusOf(clausesOf(later), revision);
  const asked = new Map<string, number>(context.map((term) => [term, WEIGHTS.context]));
  for (const term of focus) asked.set(term, 1);
  const scores = index.score(asked);
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  const whole = [...focus].reduce((sum, term) => sum + index.rarity(term), 0);
  return earlier
    .map((text, at) => {
      const own = new Set(terms[at]);
      const covered = [...focus].reduce((sum, term) => sum + (own.has(term) ? index.rarity(term) : 0), 0);
      const share = (scores[at] ?? 0) / Math.max(most, Number.MIN_VALUE);
      const score = share + (whole === 0 ? 0 : (WEIGHTS.covered * covered) / whole);
      const newer = revision === 'updated' ? (WEIGHTS.newer * at) / earlier.length : 0;
      return { index: at, score: (isAnswer(text) ? score * WEIGHTS.answer : score) + newer };
    })
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

/** The terms of the clauses that revise, and those of the others. */
function focusOf(
  clauses: readonly string[],
  revision: Revision,
): { readonly focus: ReadonlySet<string>; readonly context: readonly string[] } {
  const denials = clauses.filter(isDenial);
  const others = clauses.filter((clause) => !isDenial(clause));
  const rest = others.length === 0 ? clauses : others;
  const chosen =
    revision === 'denied'
      ? [denials, clauses]
      : [
          rest.filter((clause) => valuesIn(clause) && isChanged(clause)),
          rest.filter(valuesIn),
          rest.filter(isChanged),
          rest,
        ];
  const focus = chosen.find((some) => some.length > 0) ?? [];
  return { focus: topicOf(focus), context: [...topicOf(revision === 'denied' ? clauses : rest)] };
}

/** Terms without numbers, which differ by intent, and without what denies. */
function topicOf(clauses: readonly string[]): ReadonlySet<string> {
  return new Set(clauses.flatMap(searchTerms).filter((term) => !/^\d/u.test(term) && !EMPTY.has(term)));
}

const EMPTY: ReadonlySet<string> = new Set(
  'never not any before been help want try actual like know use work understand make need wonder im ive id'
    .split(' ')
    .flatMap(searchTerms),
);
