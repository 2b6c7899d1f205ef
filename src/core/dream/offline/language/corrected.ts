import { valueSlots } from '../../text/slots';
import { isTaskLocal } from './english';

/** Says that it was said before: recurrence by itself. */
export const INSISTS =
  /^(?:(?:no|nope|stop|ugh|hey|please)[\s,:;.!–—-]{1,4})?(?:again\s?[,:;!–—-]|once again|once more|i (?:already )?told you|i(?:['’]ve)? (?:already said|said (?:this |that )?before)|(?:as|like) i (?:(?:already|just) )?said|i keep (?:telling|saying|repeating)|how many times|for the (?:second|third|fourth|\w{2,5}th|last) time|noch ?mal:|wie gesagt|schon wieder|otra vez:|como (?:ya )?te dije|ya te dije|encore une fois|je t['’]ai d(?:é|e)j(?:à|a) dit|de novo:|como eu (?:já )?disse|já (?:te )?disse|我说过|再说一遍|何度も言|前にも言)/iu;
const LEAD =
  /^(?:(?:no|nope|nah|wrong|not (?:like )?that|that['’]?s (?:still )?(?:wrong|not (?:it|right|how we do it))(?: again)?|not again|stop|wait|hold on|hmm|ugh|argh|sorry|actually|again|once again|once more|i (?:already |just )?(?:told|said)(?: (?:you|this|that))?(?: (?:before|already|twice))?(?: to)?|(?:as|like) i (?:(?:already|just) )?said(?: before)?|i keep telling you(?: to)?|for the (?:second|third|last) time|nein|nee|falsch|non|faux|não|errado|不对|不是|いや|違う|違います)(?:[\s]{0,2}[,:;.!，。、–—]{1,3}\s{0,3}|\s-\s{1,3}|\s(?=do\b|don|use\b|to\b|never\b|we\b|not\b)))/iu;
const NO_THING =
  /^no (?!problem|worries|need|rush|idea|thanks|issue|more|changes?|it\b|that\b|this\b|i\b|you\b|we\b|the\b|wait|one|way|not\b)(?:[\w`./-]{2,40})(?: [\w`./-]{2,40}){0,3}(?:,\s.{4,160})?$/iu;
const TEAM =
  /^(?:we (?:do not|don['’]?t|never|always|only|use|push|commit|deploy|run|call|have|keep|log|write|test|store|name|tag|import|format|pin|build)\s.{4,180}|(?:the|our) [\w` .-]{2,60}? (?:comes? from|lives? in|is (?:in|at|on|called)|runs? on|listens? on|are tagged|is tagged|belongs? (?:in|to))\s.{2,120})$/iu;
const STATED_BAN = /^[^,]{4,120},? (?:so )?(?:please )?(?:do not|don['’]?t|never) \w{2,20} (?:it|them)\b.{0,60}$/iu;
const POINTED_TOOL =
  /^(?:look|check|do|run|build|test|read|open|inspect) (?:at )?(?:it|that|this) (?:with|through|via|using) \S.{2,120}$/iu;

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

/** What a correction states besides plain orders: "no X, use Y", "we push to …", "Z is generated, do not edit it". */
export function readCorrected(sentence: string): string | undefined {
  const text = sentence.replace(/[.!\s]{1,20}$/u, '');
  if (/\?$/u.test(text) || isTaskLocal(text)) return undefined;
  if (NO_THING.test(text) || TEAM.test(text) || STATED_BAN.test(text)) return text;
  return POINTED_TOOL.test(text) && valueSlots(text).size > 0 ? text : undefined;
}
