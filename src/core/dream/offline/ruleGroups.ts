import { jaccard, containment, sharedCount } from '../text/similarity';
import { differsInValue, isNegative, valueSlots } from '../text/slots';
import { contentStems } from '../text/words';

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
  ].flatMap((row) => row.split(' ').map((word, _, [first = word]) => [word, first] as const)),
);
const EMPTY: ReadonlySet<string> = new Set([
  'use',
  'go',
  'keep',
  'thing',
  'way',
  'stuff',
  'hand',
  'code',
  'repo',
  'project',
  'here',
]);

/** The topic of a rule with synonyms made one and empty verbs left out. */
export function topicOf(rule: string): ReadonlySet<string> {
  const stems = [...contentStems(rule)].map((stem) => SYNONYMS.get(stem) ?? stem);
  const full = stems.filter((stem) => !EMPTY.has(stem));
  return new Set(full.length < 2 ? stems : full);
}

/** True if two statements ask for the same: alike in topic, alike in what they forbid, and no value differs. */
export function sameRule(a: Meant, b: Meant): boolean {
  const shared = sharedCount(a.stems, b.stems);
  if (tellsBothSides(a, b, shared)) return true;
  if (differsInValue(a.rule, b.rule)) return false;
  const [likeness, within] = [jaccard(a.stems, b.stems), containment(a.stems, b.stems)];
  const values = sharedValues(a.rule, b.rule);
  if (values > 0 && shared >= 2 && (likeness >= 0.25 || within >= 0.5)) return true;
  if (isNegative(a.rule) !== isNegative(b.rule)) return false;
  return shared >= 2 && (likeness >= 0.4 || within >= 0.7);
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
