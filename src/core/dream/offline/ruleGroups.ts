import { remembering } from '../text/remembering';
import { jaccard, containment, sharedCount } from '../text/similarity';
import { complements, differsInValue, isNegative, valueSlots } from '../text/slots';
import { contentStems, stem } from '../text/words';
import { isOtherValue } from './otherValue';

/** A statement as far as its meaning goes. */
export interface Meant {
  readonly rule: string;
  readonly stems: ReadonlySet<string>;
}

/** Verbs that people swap without meaning anything else; one of each row stands for all. */
const SYNONYMS = new Map(
  [
    'use run call invoke execute go stick rely pick choose take',
    'write add put create insert place',
    'remove delete drop',
    'mock stub fake',
    'change edit touch modify alter',
    'test spec',
    'end finish',
    'log print',
  ].flatMap((row) => row.split(' ').map((word, _, [first = word]) => [rootOf(word), rootOf(first)] as const)),
);
const VERBS: ReadonlySet<string> = new Set(SYNONYMS.values());
const EMPTY: ReadonlySet<string> = new Set(
  ['use', 'go', 'keep', 'thing', 'way', 'stuff', 'hand', 'code', 'repo', 'project', 'here'].map(rootOf),
);

const REMEMBERED = 4_000;

/** The topic of a rule with synonyms made one and empty verbs left out. */
export function topicOf(rule: string): ReadonlySet<string> {
  const stems = [...contentStems(rule)].map(plainEnd).map((stem) => SYNONYMS.get(stem) ?? stem);
  const full = stems.filter((stem) => !EMPTY.has(stem));
  return new Set(full.length < 2 ? stems : full);
}

function rootOf(word: string): string {
  return plainEnd(stem(word));
}

/** "Polling" and "poll", "calling" and "call" meet without the doubled letter. */
function plainEnd(stem: string): string {
  return /^[a-z]{3,30}$/u.test(stem) ? stem.replace(/([bdgklmnprt])\1$/u, '$1') : stem;
}

/** What can be told of a correction besides its words. */
export interface Corrected extends Meant {
  /** A reaction names what displeased, so that its polarity says nothing: "you swallowed it again". */
  readonly reacts: boolean;
  /** It states a rule in so many words. */
  readonly states: boolean;
  /** It says that something was wrong: otherwise only what it names tells of what it speaks. */
  readonly objects: boolean;
}

/**
 * True if two corrections are of one thing. People complain in other words each time; what they name stays: a path, a
 * flag, two topic words, or one word that hardly ever occurs besides (`isRare`).
 */
export function sameCorrection(a: Corrected, b: Corrected, isRare: (stem: string) => boolean): boolean {
  if (sameRule(a, b)) return true;
  if (!a.reacts && !b.reacts) return false;
  if (a.reacts && b.reacts && sharedPlaces(a.rule, b.rule) && !namesOther(a, b)) return true;
  if (cannotBoth(a, b)) return false;
  if (sharedPlaces(a.rule, b.rule)) return true;
  if (!a.objects || !b.objects) return false;
  const shared = [...a.stems].filter((stem) => b.stems.has(stem));
  const within = containment(a.stems, b.stems);
  if (shared.length >= 2) return within >= 0.5 && shared.some(isRare);
  const smaller = Math.min(a.stems.size, b.stems.size);
  // "Put" and "add" are of any topic.
  return shared.length === 1 && smaller <= 3 && shared.every((stem) => isRare(stem) && !VERBS.has(stem));
}

/** What displeased is named by a reaction as if it were wanted: only two rules, or two values, tell that they differ. */
function cannotBoth(a: Corrected, b: Corrected): boolean {
  if (!differsInValue(a.rule, b.rule)) return false;
  const [one, two] = [valueSlots(a.rule), valueSlots(b.rule)];
  if (one.size + two.size === 0 && a.reacts && b.reacts) {
    return a.states && b.states && bans(a.rule) !== bans(b.rule) && !hasBoth(a.rule) && !hasBoth(b.rule);
  }
  return (a.states && b.states) || (one.size > 0 && two.size > 0 && sharedValues(a.rule, b.rule) === 0);
}

/** Each names a value, and none of them is the same. */
function namesOther(a: Corrected, b: Corrected): boolean {
  return valueSlots(a.rule).size > 0 && valueSlots(b.rule).size > 0 && sharedValues(a.rule, b.rule) === 0;
}

/** "No restart …", "leave the seeds alone": bans without the words of one. */
function bans(rule: string): boolean {
  return (
    isNegative(rule) ||
    /^(?:no|nothing|hands off|keep off|stay away)\b|^leave\b.{2,60}\b(?:alone|untouched|be)\b|,\s(?:not|never)\s/iu.test(
      rule,
    )
  );
}

/** A path, a file or a flag that both name. */
function sharedPlaces(a: string, b: string): boolean {
  const other = placesIn(b);
  return [...placesIn(a)].some((place) => other.has(place));
}

/** Statements are compared in pairs: each is read once. */
const placesIn: (text: string) => ReadonlySet<string> = remembering((text) => {
  const found = text.toLowerCase().match(/--?[a-z][\w-]{2,40}|[\w-]{1,60}(?:[./][\w-]{1,60}){1,8}/gu) ?? [];
  return new Set(found);
}, REMEMBERED);

/** True if two statements ask for the same: alike in topic, alike in what they forbid, and no value differs. */
export function sameRule(a: Meant, b: Meant): boolean {
  if (isOtherValue(a.rule, b.rule)) return false;
  const shared = sharedCount(a.stems, b.stems);
  if (tellsBothSides(a, b, shared) || isBanOf(a, b)) return true;
  if (differsInValue(a.rule, b.rule)) return false;
  const [likeness, within] = [jaccard(a.stems, b.stems), containment(a.stems, b.stems)];
  const values = sharedValues(a.rule, b.rule);
  if (values > 0 && shared >= 2 && (likeness >= 0.25 || within >= 0.5)) return true;
  if (isNegative(a.rule) !== isNegative(b.rule)) return false;
  return shared >= 2 && (likeness >= 0.4 || within >= 0.7);
}

/** "Never use npm" beside "use pnpm instead of npm": the ban of what the other puts something in the place of. */
function isBanOf(a: Meant, b: Meant): boolean {
  if (isNegative(a.rule) === isNegative(b.rule) || !complements(a.rule, b.rule)) return false;
  const values = new Set([...valueSlots(a.rule), ...valueSlots(b.rule)]);
  const [one, two] = [a, b].map(({ stems }) => new Set([...stems].filter((stem) => !values.has(stem))));
  const plain = (stems: ReadonlySet<string> | undefined) => [...(stems ?? [])].filter((stem) => !EMPTY.has(stem));
  const [restA, restB] = [plain(one), plain(two)];
  return restA.length === 0 || restB.length === 0 || restA.some((stem) => restB.includes(stem));
}

function sharedValues(a: string, b: string): number {
  const other = valueSlots(b);
  return [...valueSlots(a)].filter((slot) => other.has(slot)).length;
}

/** "Do not swallow it, raise it" beside "raise it instead of swallowing it": each names what to do and what not. */
function tellsBothSides(a: Meant, b: Meant, shared: number): boolean {
  if (valueSlots(a.rule).size + valueSlots(b.rule).size > 0 || isNegative(a.rule) === isNegative(b.rule)) return false;
  return shared >= 3 && containment(a.stems, b.stems) >= 0.6 && hasBoth(a.rule) && hasBoth(b.rule);
}

function hasBoth(rule: string): boolean {
  return /(?:not|n['’]t|never)\b.{2,120}[.,;]\s\p{L}|,\s(?:not|never)\s|\b(?:instead of|rather than)\b/iu.test(rule);
}
