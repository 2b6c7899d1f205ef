import { valueSlots } from '../../text/slots';
import { isStandingWish } from './englishWishes';

/** Forms that make a sentence a standing rule without any of the frequency words. */

/** "New rule: …", "house rule – …", "this is a standing instruction: …". */
const ANNOUNCED =
  /^(?:(?:this is|here['’]s|here is|it['’]?s|it is) )?(?:(?:a|an|the|one|our|my|another) )?(?:(?:(?:new|general|house|ground|golden|hard|simple|basic|standing|team|project|permanent|strict|quick) ){1,2}(?:rule|instruction|order|policy|convention|guideline|agreement|standard|preference)|rule(?: of thumb)?|convention)(?: (?:here|for (?:you|us|everyone|the future)|from now on|in this \w{3,12}))?\s?[:–—-]\s+(?=\S)/iu;
const DECLARED_THAT =
  /^(?:it['’]?s|it is) (?:a|our|the) (?:rule|convention|policy|standard)(?: here| in this \w{3,12})? (?:that|to)\s+/iu;
const HABIT = /^(?:please )?(?:make (?:it a|this a) habit(?: to|:)|get (?:in|into) the habit of)\s+/iu;
const LASTING =
  /^(?:(?:until further notice|per our convention|by convention|for the record)[,:]?|(?:permanently|for good)(?:[,:]|(?= (?:switch|use|keep|stay|adopt|stick)\b)))\s+/iu;
const NEXT_TIME = /^(?:and )?(?:for )?(?:the )?next time(?: and always)?[,:]\s{0,3}/iu;
const AGREED =
  /^(?:we|the team)(?:['’]ve| have| all)? (?:agreed|decided)(?: here)? (?:to|that (?:we|you)(?: should)?)\s+(?=(?:always|never|only)\b)/iu;
const HERE_START =
  /^(?:around here|over here|on this team|on our team|here),? (?=we\s|all\s|tests\s|commits\s|always\s|never\s)/iu;
const HERE_INSIDE = /\s(?:around )?here(?=$|[,.;]|\s[–—-]|\s(?:not|instead|because|since|and|rather|for|so|by|as)\b)/iu;
const PREFERENCE =
  /^(?:(?:generally|usually|personally|normally|mostly|in general),? )?(?:i (?:(?:generally|usually|strongly|really|much|personally|always|tend to) )?prefer|my preference (?:is|would be))\s+(?!(?:the|this|that|these|those|it|its|option|your|my|his|her|number|version|plan|approach|a|an|to|not to|if|you|claude|when|what|how|what|one|both|neither|either|doing it)\b|\d)(?=\S+\s+\S)/iu;
const LIKES_BETTER =
  /^(?:(?:generally|usually|personally),? )?i (?:really )?like (\S.{2,60}?) (?:better|more) than (\S.{2,60}?)(?:,? (?:fyi|btw|in general|generally))?$/iu;
/** "For context: …": told so that it is known later. */
const TOLD =
  /^(?:fyi|for context|context|just so you know|jsyk|so you know|be aware|good to know|heads[- ]up|for your information|note)(?:\s?[,:–—-]| that|(?<=fyi))\s{1,3}(?:that )?(?=\S+ \S+)/iu;
const FLEETING =
  /^(?:i|you|we|it|this|that|these|those|there|they)(?:['’]\w{1,3})?\s|\b(?:fail(?:s|ed|ing)?|broken?|error|errors|crash\w{0,3}|blank|empty|slow|weird|stuck|just|now|already|currently|again|wrong|working on|i['’]m|i am|my|(?:first|second|third|last) (?:argument|parameter|line|row|column|step|test|one))\b/iu;
const STATES =
  /\b(?:is|are|has|have|uses?|runs?|lives?|look(?:s)? like|calls?|needs?|comes?|goes|expires?|listens?|starts?|holds?|owns?|means?|depends?|belongs?|serves?|keeps?|stores?|expects?|returns?)\b/iu;
const EVERY =
  /^(?:all|every|each|any) (?:(?:new (?:\w+ )?\w+)|(?:of )?(?:our |the )?(?:commits?|prs?|pull requests?|branch(?:es)?|branch names?|bug ?fix(?:es)?|releases?|commit messages?|pr titles?|docstrings?|changelog entr(?:y|ies)|reviews?)) (?:must|should|shall|needs?|ha(?:s|ve) to|gets?|requires?|starts?|ends?)\s/iu;

/** What the form leaves of the sentence, and how it is to be read. */
export type Standing =
  | { readonly how: 'rule' | 'fact'; readonly rule: string }
  /** Read what is left as if it said "from now on" or "in this repo". */
  | { readonly how: 'time' | 'place'; readonly rest: string };

/** The standing form of a sentence, or undefined. Pure; linear in its length. */
export function standingForm(text: string): Standing | undefined {
  const announced = ANNOUNCED.exec(text) ?? DECLARED_THAT.exec(text);
  if (announced !== null) return { how: 'rule', rule: text.slice(announced[0].length) };
  const habit = HABIT.exec(text);
  if (habit !== null) return { how: 'rule', rule: `Make it a habit: ${text.slice(habit[0].length)}` };
  const time = LASTING.exec(text) ?? NEXT_TIME.exec(text) ?? AGREED.exec(text);
  if (time !== null) return { how: 'time', rest: text.slice(time[0].length) };
  const preference = PREFERENCE.exec(text);
  if (preference !== null) return { how: 'rule', rule: `Prefer ${text.slice(preference[0].length)}` };
  const [, liked, than] = LIKES_BETTER.exec(text) ?? [];
  if (liked !== undefined && than !== undefined && !/^(?:it|this|that|the|your)\b/iu.test(liked)) {
    return { how: 'rule', rule: `Prefer ${liked} to ${than}` };
  }
  const told = TOLD.exec(text);
  if (told !== null) {
    const fact = text.slice(told[0].length);
    if (STATES.test(fact) && !FLEETING.test(fact)) return { how: 'fact', rule: fact };
  }
  if (EVERY.test(text) || isStandingWish(text)) return { how: 'rule', rule: text };
  return hereForm(text);
}

/** "We use X here", "around here we …"; "use X here" only of a tool that a project picks once. */
function hereForm(text: string): Standing | undefined {
  const start = HERE_START.exec(text);
  if (start !== null) return { how: 'place', rest: text.slice(start[0].length) };
  if (!HERE_INSIDE.test(text)) return undefined;
  if (/^we(?: all| only)?\s/iu.test(text)) return { how: 'place', rest: text.replace(HERE_INSIDE, '') };
  const picks = /^(?:use|run)\s/iu.test(text) && text.length < 80 && namesPick(text);
  return picks ? { how: 'rule', rule: text.replace(HERE_INSIDE, '') } : undefined;
}

function namesPick(text: string): boolean {
  return [...valueSlots(text.replace(/`[^`]{0,120}`/gu, ''))].some((slot) => /^[a-z_-]+$/u.test(slot));
}

/** It is said with a wink. */
export const SARCASM =
  /(?:^(?:oh )?(?:great|sure|wow|brilliant|fantastic|yeah right|awesome|lovely)[,!]\s.{0,200}(?:why not|great idea|good idea|brilliant|genius|thanks a lot)|\bwhat could (?:possibly )?go wrong|\bas if\b.{0,80}$|\s\/s$|🙄|, (?:great|brilliant|genius) (?:idea|plan)$|\byeah,? right\b|\blol$)/iu;
/** It weighs or imagines. */
export const HYPOTHETICAL =
  /^(?:maybe|perhaps|possibly|what if|imagine|suppose|supposing|say we|in theory|ideally|if (?:we|i|you) (?:always|never|ever|had|were|did|used|could|would)|we (?:could|might)|i (?:might|could)|it (?:might|could|would))\b|\b(?:would it be|wouldn['’]t it|i wonder|not sure (?:if|whether)|thinking (?:about|of)|should we)\b/iu;
/** It speaks of what is to come. */
export const PLANNED =
  /^(?:once|after|when|as soon as) (?:we|i|they)(?:['’]ve| have)? (?:migrate|move|switch|upgrade|ship|launch|release|merge|finish|get)\w{0,3}\b|\b(?:next (?:week|month|quarter|sprint|year)|someday|one day|eventually|at some point|down the road)\b/iu;
