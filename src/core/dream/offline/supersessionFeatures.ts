import { fieldsOf, headOf, isSameKind, nameRoots, rootsOf, topicRoots } from './supersessionWords';

/** How one stored statement stands to a new one. Each 0..1. */
export interface Likeness {
  /** Longest common subsequence of words. */
  readonly order: number;
  /** The same words at the end. */
  readonly ending: number;
  /** Share of the stored statement's weight that the new one has, and the other way round. */
  readonly storedCovered: number;
  readonly newCovered: number;
  readonly names: number;
  /** What is said of the subject is of one kind. */
  readonly kind: number;
  readonly headAndNames: number;
  readonly orderAndNames: number;
  /** As above, with words of one family counted ("photography", "photographing"), names aside. */
  readonly storedNear: number;
  readonly newNear: number;
  /** The part of the new statement before "instead" and its like. */
  readonly leadNear: number;
  /** What the new statement refuses ("not …", "instead of …"), as far as the stored one says it. */
  readonly refused: number;
  readonly bestClause: number;
  readonly field: number;
  readonly nearAndNames: number;
  /** All that the stored one says is said again. */
  readonly within: number;
  readonly headAndNear: number;
}

const REFUSED =
  /\b(?:instead of|rather than|not|never|no|neither|nor|dislikes?|hates?|avoids?|opposes?)\s([^,;.]{1,200})/giu;
const TURN =
  /\b(?:(?:and|but) (?:is |are |was |has |have )?instead|(?:and|but) prefers?|while|but|instead(?! of)|rather than|instead of)\b/iu;
const CLAUSE = /[;,] (?:(?:while|but|instead|and)\s)?|\b(?:while|but|and instead)\b/iu;

interface Taken {
  readonly roots: readonly string[];
  readonly topic: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Topic words that are no names. */
  readonly common: readonly string[];
  readonly fields: ReadonlySet<number>;
  readonly head: string;
}

function take(text: string): Taken {
  const topic = topicRoots(text);
  const names = nameRoots(text);
  const common = [...topic].filter((one) => !names.has(one));
  return { roots: rootsOf(text), topic, names, common, fields: fieldsOf(topic), head: headOf(text) };
}

/** The likeness of a new statement to each stored one; a word weighs the more, the fewer stored ones have it. */
export function likenesses(statement: string, stored: readonly string[]): readonly Likeness[] {
  const taken = stored.map(take);
  const weigh = weights(taken);
  const fresh = take(statement);
  const lead = [...topicRoots(statement.split(TURN, 1)[0] ?? '')].filter((one) => !fresh.names.has(one));
  const refused = [...topicRoots(refusedPart(statement))].filter((one) => !fresh.names.has(one));
  const clauses = statement
    .split(CLAUSE)
    .filter((clause) => clause.trim().split(/\s+/u).length >= 3)
    .map(topicRoots);
  return taken.map((old) => {
    const parts = { near: nearness(fresh, old, weigh), ...overlap(fresh, old, weigh), ...order(fresh, old) };
    const head = fresh.head !== '' && fresh.head === old.head ? 1 : 0;
    const alike = head === 1 || isNear(fresh.head, old.head) ? 1 : 0;
    const whole = weightedJaccard(fresh.topic, old.topic, weigh);
    return {
      order: parts.order,
      ending: parts.ending,
      storedCovered: parts.storedCovered,
      newCovered: parts.newCovered,
      names: parts.names,
      kind: isSameKind(fresh.head, old.head) ? 1 : 0,
      headAndNames: head * parts.names,
      orderAndNames: parts.order * parts.names,
      storedNear: parts.near.stored,
      newNear: parts.near.fresh,
      leadNear: nearShare(lead, old.common, weigh, 1),
      refused: nearShare(refused, old.common, weigh, 0),
      bestClause:
        clauses.length > 1 ? Math.max(...clauses.map((one) => weightedJaccard(one, old.topic, weigh))) : whole,
      field: share(common(fresh.fields, old.fields), Math.min(fresh.fields.size, old.fields.size)),
      nearAndNames: parts.near.stored * parts.names,
      within: [...old.topic].every((one) => fresh.topic.has(one)) ? 1 : 0,
      headAndNear: alike * parts.near.stored,
    };
  });
}

type Weigh = (word: string) => number;

/** Inverse document frequency among the stored statements. */
function weights(taken: readonly Taken[]): Weigh {
  const holders = new Map<string, number>();
  for (const { topic } of taken) for (const one of topic) holders.set(one, (holders.get(one) ?? 0) + 1);
  return (word) => {
    const count = holders.get(word) ?? 0;
    return Math.log(1 + (taken.length - count + 0.5) / (count + 0.5));
  };
}

function overlap(fresh: Taken, old: Taken, weigh: Weigh) {
  const both = [...fresh.topic].filter((one) => old.topic.has(one));
  const weight = sum(both, weigh);
  return {
    storedCovered: share(weight, sum([...old.topic], weigh)),
    newCovered: share(weight, sum([...fresh.topic], weigh)),
    names: share(common(fresh.names, old.names), fresh.names.size + old.names.size - common(fresh.names, old.names)),
  };
}

function nearness(fresh: Taken, old: Taken, weigh: Weigh) {
  return {
    stored: nearShare(old.common, fresh.common, weigh, 0),
    fresh: nearShare(fresh.common, old.common, weigh, 0),
  };
}

function order(fresh: Taken, old: Taken) {
  const [a, b] = [fresh.roots.slice(0, 80), old.roots.slice(0, 80)];
  const shorter = Math.min(a.length, b.length);
  let end = 0;
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return {
    order: share(2 * longestCommon(a, b), a.length + b.length),
    ending: share(end, shorter),
  };
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, index) => {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    });
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How much of the weight of `words` stands near a word of `others`; `smooth` speaks against very few words. */
function nearShare(words: readonly string[], others: readonly string[], weigh: Weigh, smooth: number): number {
  const near = (word: string): number =>
    others.includes(word) ? 1 : others.some((one) => isNear(word, one)) ? 0.8 : 0;
  return share(
    sum(words, (word) => weigh(word) * near(word)),
    sum(words, weigh) + smooth,
  );
}

/** Words of one family begin alike: four letters, and more than half of the shorter. */
function isNear(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let same = 0;
  while (same < shorter && a.charCodeAt(same) === b.charCodeAt(same)) same += 1;
  return same >= 4 && same >= 0.6 * shorter;
}

function weightedJaccard(a: ReadonlySet<string>, b: ReadonlySet<string>, weigh: Weigh): number {
  const both = sum(
    [...a].filter((one) => b.has(one)),
    weigh,
  );
  return share(both, sum([...a], weigh) + sum([...b], weigh) - both);
}

function refusedPart(statement: string): string {
  return [...statement.matchAll(REFUSED)].map((match) => (match[1] ?? '').split(TURN, 1)[0] ?? '').join(' ');
}

function common<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  let count = 0;
  for (const one of a) if (b.has(one)) count += 1;
  return count;
}

function sum(words: readonly string[], weigh: Weigh): number {
  return words.reduce((total, word) => total + weigh(word), 0);
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole;
}
