import { differsInValue } from '../text/slots';
import { hasOtherAim, isOtherValue } from './otherValue';
import { likenesses, type Likeness } from './supersessionFeatures';
import { namePairs, rootsOf, topicRoots } from './supersessionWords';

/** What a new statement does to a stored one: puts another in its place, says it again, or speaks of something else. */
export type Relation = 'superseded' | 'restated' | 'unrelated';

export interface RankedStatement {
  /** Where it stands among the stored ones. */
  readonly index: number;
  /** How surely the new statement speaks of this one; `SAME_STATEMENT` is the bar. */
  readonly score: number;
}

/**
 * How much each likeness counts. Fitted by maximum entropy ranking (softmax over the stored statements of an item, L2
 * .002) on the development half of the stores of Letta's core_memory_update; see bench/quality/letta.ts.
 */
const WEIGHTS: Readonly<Record<keyof Likeness, number>> = {
  order: 1.42,
  ending: -1.28,
  storedCovered: 1.39,
  newCovered: 0.66,
  names: 1.52,
  kind: 1.06,
  headAndNames: 0.64,
  orderAndNames: 0.8,
  storedNear: 2.06,
  newNear: 0.9,
  leadNear: 2.08,
  refused: 0.84,
  bestClause: 0.5,
  field: 1.06,
  nearAndNames: 0.47,
  within: -1.4,
  headAndNear: -1.06,
};

/** Below this the best of the stored statements is about something else. */
export const SAME_STATEMENT = 2.5;

/** The stored statements, the one that a new statement most likely speaks of first; ties in stored order. */
export function rankStored(statement: string, stored: readonly string[]): readonly RankedStatement[] {
  return likenesses(statement, stored)
    .map((likeness, index) => ({ index, score: scoreOf(likeness) }))
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

/**
 * Which of a few stored statements a new one replaces, given that it does contradict one of them or none: the best
 * ranked that it does not merely repeat, if it is sure enough; at most one.
 */
export function supersededBy(statement: string, stored: readonly string[]): number | undefined {
  const best = rankStored(statement, stored).find(({ index }) => !repeats(statement, stored[index] ?? ''));
  if (best === undefined || best.score < SAME_STATEMENT) return undefined;
  return namesOthers(statement, stored[best.index] ?? '') ? undefined : best.index;
}

/** True if the same words stand in the same order: said again, not otherwise. */
export function repeats(statement: string, stored: string): boolean {
  return rootsOf(statement).join(' ') === rootsOf(stored).join(' ');
}

/** Both name somebody or something by a full name, and never the same. */
function namesOthers(statement: string, stored: string): boolean {
  const [a, b] = [namePairs(statement), namePairs(stored)];
  return a.size > 0 && b.size > 0 && ![...a].some((pair) => b.has(pair));
}

/**
 * What a new rule does to a stored one, where rules on one topic may well stand side by side: only a value that cannot
 * hold beside the other (`differsInValue`), or another place for the same thing, replaces it.
 */
export function relationOf(statement: string, stored: string, sameMeaning: boolean): Relation {
  if (isOtherValue(statement, stored) || isPlacedElsewhere(statement, stored)) return 'superseded';
  // What is done for another end stands beside it, however alike the words.
  if (differsInValue(statement, stored) && !hasOtherAim(statement, stored)) return 'superseded';
  return sameMeaning ? 'restated' : 'unrelated';
}

const PLACED =
  /^(?:the |our |all )?(.{2,80}?) (?:is|are|lives?|lies?|stands?|runs?|sits?|stays?|goes|go|listens?|belongs?|deploys?) (in|at|on|under|beside|with|by|to|from|into) (.{2,120}?)[.!]?$/iu;

/** "Fixtures live in test/data" and "fixtures live beside the tests": one thing in two places. */
function isPlacedElsewhere(a: string, b: string): boolean {
  const [one, two] = [PLACED.exec(a.trim()), PLACED.exec(b.trim())];
  if (one === null || two === null) return false;
  const [subjectA, subjectB] = [topicRoots(one[1] ?? ''), topicRoots(two[1] ?? '')];
  if (subjectA.size === 0 || subjectA.size !== subjectB.size || ![...subjectA].every((word) => subjectB.has(word)))
    return false;
  const [placeA, placeB] = [topicRoots(one[3] ?? ''), topicRoots(two[3] ?? '')];
  return placeA.size > 0 && placeB.size > 0 && ![...placeA].some((word) => placeB.has(word));
}

function scoreOf(likeness: Likeness): number {
  return (Object.keys(WEIGHTS) as (keyof Likeness)[]).reduce((sum, name) => sum + WEIGHTS[name] * likeness[name], 0);
}
