import { valueSlots } from '../../text/slots';
import { isTaskLocal } from './english';

/** Says that it was said before: recurrence by itself. */
export const INSISTS =
  /^(?:(?:no|nope|stop|ugh|hey|please)[\s,:;.!–—-]{1,4})?(?:again\s?[,:;!–—-]|once again|once more|i (?:already )?told you|i(?:['’]ve)? (?:already said|said (?:this |that )?before)|(?:as|like) i (?:(?:already|just) )?said|i keep (?:telling|saying|repeating)|you keep \w{2,20}ing|how many times|for the (?:second|third|fourth|\w{2,5}th|last) time|noch ?mal:|wie gesagt|schon wieder|otra vez:|como (?:ya )?te dije|ya te dije|encore une fois|je t['’]ai d(?:é|e)j(?:à|a) dit|de novo:|como eu (?:já )?disse|já (?:te )?disse|我说过|再说一遍|何度も言|前にも言)/iu;
/** Speaks of what is written down, and so for good. */
const OF_NOTES =
  /\b(?:your|the|that|this) (?:note|memory|entry)s? (?:misleads?|lies?|confuses?|(?:is|are) misleading|(?:has|have|gets?|got) (?:it|that|this) wrong|(?:needs?|must) (?:fixing|correcting|be (?:fixed|corrected|updated)))\b|\bstop (?:claiming|saying|repeating|insisting|telling me|writing down)\b|\byou (?:noted|wrote|stored|saved|recorded|remember(?:ed)?|have|keep)\b.{0,24}\b(?:wrong(?:ly)?|incorrectly)\b|\b(?:correct|fix|update|change) (?:what you (?:wrote|noted|stored|saved|remember)|your (?:notes?|memor(?:y|ies)))\b|\b(?:that|this|the|your) (?:note|memory|entry)s? (?:is|are|was) (?:still )?(?:wrong|outdated|stale|incorrect|out of date|not (?:right|true|correct))\b|\bwrong in (?:your|the) (?:notes?|memor(?:y|ies))\b|\b(?:your|the) (?:notes?|memor(?:y|ies)) (?:say|has|have|claim|got)s? /iu;
const LEAD =
  /^(?:(?:no|nope|nah|wrong(?: [\w-]{2,20}){0,2}|(?:that|this|the|your) (?:note|memory|claim|doc|entry|line)s? (?:is|are|was) (?:still )?(?:wrong|outdated|stale|incorrect|out of date)|wrong in (?:your|the) (?:notes?|memor(?:y|ies))|you keep \w{2,20}ing [^,;:]{1,60}|not (?:like )?that|(?:that|this)(?:['’]s| is) (?:simply |just |still |plain )?(?:not (?:true|correct|the case)|untrue|false|incorrect|nonsense|a mistake|outdated)|you (?:noted|wrote|stored|saved|recorded) (?:that|this|it)(?: down)? wrong(?:ly)?|(?:your|the) memory (?:is|was) (?:wrong|outdated|stale)|that['’]?s (?:still )?(?:wrong|not (?:it|right|how we do it))(?: again)?|not again|stop|wait|hold on|hmm|ugh|argh|sorry|actually|again|once again|once more|i (?:already |just )?(?:told|said)(?: (?:you|this|that))?(?: (?:before|already|twice))?(?: to)?|(?:as|like) i (?:(?:already|just) )?said(?: before)?|i keep telling you(?: to)?|for the (?:second|third|last) time|nein|nee|falsch|non|faux|não|errado|不对|不是|いや|違う|違います)(?:[\s]{0,2}[,:;.!，。、–—]{1,3}\s{0,3}|\s-\s{1,3}|\s(?=do\b|don|use\b|to\b|never\b|we\b|not\b)))/iu;
const NO_THING =
  /^no (?!problem|worries|need|rush|idea|thanks|issue|more|changes?|it\b|that\b|this\b|i\b|you\b|we\b|the\b|wait|one|way|not\b)(?:[\w`./-]{2,40})(?: [\w`./-]{2,40}){0,3}(?:,\s.{4,160})?$/iu;
const TEAM =
  /^(?:we (?!can|could|should|would|might|may|will|need|want|had|were|are|did|was|just|forgot|got|saw|broke|lost|still|must|both|all|(?:now|also|already)\b)[a-z]{2,15}(?:['’]?t)?\s.{4,180}|(?:(?:the|our) )?[\w` .-]{2,60}? (?:comes? from|lives? in|is (?:in|at|on|called)|runs? on|listens? on|(?:is|are) [^,]{1,60}, (?:and )?not|(?:is|are) (?:tagged|named|called|kept|stored|built|written|generated|deployed) (?:as|in|by|with|from|to|at|on)|belongs? (?:in|to))\s.{2,120})$/iu;
const STATED_BAN = /^[^,]{4,120},? (?:so )?(?:please )?(?:do not|don['’]?t|never) \w{2,20} (?:it|them)\b.{0,60}$/iu;
/** "Let the hooks run", and what follows from it. */
const LETS = /^let (?:the|our|it|\w{2,20}s) .{3,160}$/iu;
const POINTED_TOOL =
  /^(?:look|check|do|run|build|test|read|open|inspect) (?:at )?(?:it|that|this) (?:with|through|via|using) \S.{2,120}$/iu;

/** After a lead that corrects, a verb of any kind may tell what to do: "roll dice with …". */
const ORDERED =
  /^(?!(?:the|an?|this|that|these|those|it|its|you|your|i|we|our|they|he|she|there|here|what|why|how|who|when|where|which|is|are|was|were|be|do|does|did|has|have|had|can|could|should|would|will|may|might|must|if|because|since|and|or|but|so|as|in|on|at|to|of|for|with|from|by|not|no|yes|only|just|still|too|very|more|less|again|wrong|never|please|also|all|some|any|every|each|both|one|two)\b)[a-z]{3,14}(?<!ed|ing|ly|s) (?:the|an?|our|all|every|each|\w{3,20}s?) (?:with|to|from|into|in|on|by|via|through|under|as|at|out|behind)\s.{2,120}$/iu;

/** What somebody orders right after a lead that corrects ("no, …"), whatever the verb; undefined for anything else. */
export function readOrdered(text: string): string | undefined {
  const plain = text.replace(/[.!\s]{1,20}$/u, '');
  return ORDERED.test(plain) && !isTaskLocal(plain) && !/\?$/u.test(plain) ? plain : undefined;
}

/** The sentence without "no,", "that's wrong again:", "as I said"; and whether it says that it was said before. */
export function withoutCorrectionLead(sentence: string): { readonly text: string; readonly insists: boolean } {
  let text = sentence.trim();
  const insists = INSISTS.test(text) || /\bagain$/iu.test(LEAD.exec(text)?.[0].replace(/\W{1,6}$/u, '') ?? '');
  for (let round = 0; round < 4; round += 1) {
    const shorter = text.replace(LEAD, '').trim();
    if (shorter === '' || shorter === text) break;
    text = shorter;
  }
  return { text, insists };
}

/** True if it says that something written down is wrong. */
export function isOfNotes(sentence: string): boolean {
  return OF_NOTES.test(sentence.slice(0, 400));
}

/** What a correction refuses as wrong: "8081, not 8080" → "8080"; undefined where it names nothing. */
export function refusedPart(rule: string): string | undefined {
  return /(?:,? (?:and )?not|,? never|,? instead of|,? rather than) ([^,;]{2,80}?)[.!]{0,3}$/iu.exec(rule)?.[1];
}

/** What a correction states besides plain orders: "no X, use Y", "we push to …", "Z is generated, do not edit it". */
export function readCorrected(sentence: string): string | undefined {
  const text = sentence.replace(/[.!\s]{1,20}$/u, '');
  if (/\?$/u.test(text) || isTaskLocal(text)) return undefined;
  if (NO_THING.test(text) || TEAM.test(text) || STATED_BAN.test(text) || LETS.test(text)) return text;
  return POINTED_TOOL.test(text) && valueSlots(text).size > 0 ? text : undefined;
}
