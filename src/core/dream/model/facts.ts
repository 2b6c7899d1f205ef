import { sentencesOf } from '../memoryText';
import { anchorsOf } from '../offline/anchors';
import { containment, sameTopic } from '../text/similarity';
import { differsInValue, isNegative, valueSlots } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';

/** So much of what a sentence says, in stems, has to stand in the text that takes its place. */
const KEPT_WORDS = 0.6;
/** In a sentence of no more stems than this, each is what it is about: “commit the lock file” is not “review the lock file”. */
const SHORT = 4;
/** Two sentences of so many shared words differ in their “not” alone. */
const SAME_WORDS = 0.8;
/** A “not” anywhere, also one that only holds the rule against something. */
const NEGATION =
  /(?<![\p{L}\p{N}])(?:never|not|no|nor|without|don['’]?t|doesn['’]?t|isn['’]?t|mustn['’]?t|shouldn['’]?t|can['’]?t|cannot|avoid|instead of|rather than|nie|niemals|nicht|kein(?:e|en)?|nunca|jam[aá]s|jamais|pas|não)(?![\p{L}\p{N}])|不要|别|ない/iu;
const CONDITION =
  /\b(?:except|unless|only|until|but not|apart from|other than|außer|nur|sauf|seulement|excepto|salvo|solo)\b/iu;

/**
 * The sentences of `before` of which `after` loses something that carries meaning: a value (code, number, path, name of a
 * tool), something of the workspace, a “not”, a condition, or most of its words. Sentences on a topic of `outdated` may
 * go: a finding set them right.
 */
export function lostSentences(before: string, after: string, outdated: readonly string[] = []): readonly string[] {
  const kept = takenApart(after);
  const settled = outdated.map((text) => contentStems(text));
  return sentences(before).filter((sentence) => {
    const stems = contentStems(sentence);
    if (stems.size === 0 || settled.some((topic) => sameTopic(stems, topic))) return false;
    return isLost(sentence, stems, kept);
  });
}

/**
 * True if the sentence cannot stand beside the text: one of the text's sentences speaks of the same thing and names another
 * value for it, or says nearly the same words the other way round.
 */
export function contradicts(text: string, sentence: string): boolean {
  const own = contentStems(sentence);
  return sentences(text).some((other) => {
    const stems = contentStems(other);
    if (!sameTopic(own, stems)) return false;
    if (valueSlots(sentence).size + valueSlots(other).size > 0) return differsInValue(sentence, other);
    return isNegative(sentence) !== isNegative(other) && containment(own, stems) >= SAME_WORDS;
  });
}

/**
 * True if one sentence has a “not”, what each “not” stands before, and a condition exactly where the other has them: words
 * that are all somebody else’s can still be turned round.
 */
export function sameTurns(a: string, b: string): boolean {
  if (NEGATION.test(a) !== NEGATION.test(b) || CONDITION.test(a) !== CONDITION.test(b)) return false;
  const [one, two] = [new Set(refused(a)), new Set(refused(b))];
  return one.size === two.size && [...one].every((stem) => two.has(stem));
}

interface TakenApart {
  readonly stems: ReadonlySet<string>;
  readonly slots: ReadonlySet<string>;
  readonly anchors: ReadonlySet<string>;
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

function takenApart(text: string): TakenApart {
  return {
    stems: contentStems(text),
    slots: valueSlots(text),
    anchors: new Set(anchorsOf(text).map(({ subject }) => subject)),
    sentences: sentences(text).map((one) => ({ text: one, stems: contentStems(one) })),
  };
}

function isLost(sentence: string, stems: ReadonlySet<string>, kept: TakenApart): boolean {
  if ([...valueSlots(sentence)].some((slot) => !kept.slots.has(slot))) return true;
  if (anchorsOf(sentence).some(({ subject }) => !kept.anchors.has(subject))) return true;
  const held = [...stems].filter((stem) => kept.stems.has(stem)).length;
  if (held < stems.size * (stems.size <= SHORT ? 1 : KEPT_WORDS)) return true;
  // A rule that forbids, or holds under a condition, must do so where the same is spoken of.
  const same = kept.sentences.filter((one) => sameTopic(stems, one.stems));
  if (NEGATION.test(sentence)) {
    if (!same.some((one) => NEGATION.test(one.text))) return true;
    if (refused(sentence).some((stem) => !kept.stems.has(stem))) return true;
  }
  return CONDITION.test(sentence) && !same.some((one) => CONDITION.test(one.text));
}

/** What a “not” stands before: the first word of topic after each. */
function refused(sentence: string): readonly string[] {
  return sentence
    .split(NEGATION)
    .slice(1)
    .flatMap((rest) => [...contentStems(rest)].slice(0, 1));
}

function sentences(text: string): readonly string[] {
  return text
    .split(/\r?\n/u)
    .flatMap(sentencesOf)
    .map((sentence) => oneSpace(sentence).replace(/^(?:[>+-]|\*(?!\*))\s/u, ''))
    .filter((sentence) => sentence !== '');
}
