/**
 * Preferences that people state in passing: "…, and I prefer short functions over long ones, so can you …?" The question
 * around them is for today; what they prefer is not.
 */

const STATED =
  /(?<![\p{L}\p{N}'’])(?:i (?:(?:generally|usually|strongly|really|much|personally|always|normally|mostly|still|also|tend to|do) ){0,2}(?:prefer|favou?r|prioriti[sz]e|lean towards?)|(?:my|have a|got a|set a) (?:\w{3,12} )?preference (?:is|for|of)) /giu;
/** Only weighed, or said of others. */
const DOUBTED =
  /(?:\b(?:if|whether|would|should|do|did|when|unless|think|thought|sure|maybe|perhaps|why|which|what|than|balance|between|reconcile|against|unlike)|\bas if) $/iu;
/** What is preferred must be named: neither pointed at nor one of the options at hand. */
const UNNAMED =
  /^(?:this|that|these|those|it|its|them|options?|the|my|our|your|his|her|their|number|version|plan|approach|not|if|you|claude|when|what|how|one|both|neither|either|doing|going|whatever|something|whichever|for|\d)(?![\p{L}\p{N}-])/iu;
/** "To …" and "a …" may be meant once; weighed against something else, or with the end it serves, it is a habit. */
const OPEN = /^(?:to|an?) /iu;
const WEIGHED = /\s(?:over|rather than|instead of|because|since|due to|so that|to avoid|to keep) \S/iu;
/** From here on the sentence speaks of the task again. */
const END =
  /[?!;]|\.(?=\s|$)|\s-\s|,? (?:so|but|and|though|although|however) (?=(?:i|i['’]\w{1,2}|can|could|how|what|that|this|it|it['’]s|is|are|do|should|would|we|you|please|help|now|maybe|also|given|why|not|if|when|let['’]?s|my|our)(?![\p{L}\p{N}]))|, ?(?=(?:can|could|would|will|do|does|is|are|should|what|how|why|which|any|you|i|i['’]\w{1,2}|it|so|but|please|like|especially|considering|given|as|right)(?![\p{L}\p{N}]))/iu;
/** The end that a preference serves, or its cause: it may point at the task where the preference itself does not. */
const PURPOSE = /,? (?:to|for|because|since|due to|so that) /iu;
const LIMITS = { shortest: 2, longest: 32, chars: 400 } as const;

/** What keeps a preference from lasting: it is of the task, or of something outside the sentence. */
interface Refused {
  readonly taskLocal: (text: string) => boolean;
  readonly pointsOutside: (text: string) => boolean;
}

/** What the speaker says they prefer, as the object of "prefer"; undefined if nothing lasting. Linear in its length. */
export function preferenceIn(sentence: string, refused: Refused): string | undefined {
  for (const found of sentence.matchAll(STATED)) {
    if (DOUBTED.test(sentence.slice(Math.max(0, found.index - 20), found.index))) continue;
    const from = found.index + found[0].length;
    const rest = sentence.slice(from, from + LIMITS.chars);
    const object = rest.slice(0, END.exec(rest)?.index ?? rest.length).replace(/[,.\s]{1,10}$/u, '');
    const [bare = ''] = object.split(PURPOSE, 1);
    if (refused.taskLocal(object)) continue;
    const lasting = [object, bare].find((one) => isLasting(one) && !refused.pointsOutside(one));
    if (lasting !== undefined) return lasting;
  }
  return undefined;
}

function isLasting(object: string): boolean {
  const count = object.split(/\s+/u).length;
  if (count < LIMITS.shortest || count > LIMITS.longest) return false;
  return OPEN.test(object) ? WEIGHED.test(object) : !UNNAMED.test(object);
}
