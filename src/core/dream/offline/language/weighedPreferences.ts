/** Preferences that hold one kind of thing against another: "I would rather have boring code than clever code". */

const LEAD =
  /^(?:(?:personally|generally|usually|in general|normally|honestly|as for me|for me(?: personally)?|for what it['’]?s worth|fwiw|fyi|btw|by the way|in my code|in our code|in code|in this (?:repo|project|code ?base)|mostly|overall|also|and|so)[,:]? ){0,2}/iu;
const HAVING =
  '(?:have|see|read|get|use|take|go (?:with|for)|work with|keep|write|choose|pick|deal with|maintain|review|stick (?:with|to)|be given)';
const SIDE = '([^,;:.!?]{3,70}?)';
const LAST = '([^,;:.!?]{3,70}?)';
const TAIL =
  "(?:,? (?:any ?(?:day|time)(?: of the week)?|always|every time|all day(?: long)?|in general|generally|as a rule|whenever possible|if possible|just so you know|for what it['’]?s worth|fwiw|fyi|btw|to be honest|tbh|by far|in our code|in my code|here|in this (?:repo|project|code ?base)|please|thanks|ok(?:ay)?)){0,2}";
const LIKE = '(?:like|love|enjoy|appreciate|value|trust|favou?r|prefer)';
const SELF =
  "i(?:['’]d| would| do| really| much| always| generally| usually| personally| strongly| still| just| definitely| clearly| tend to| normally| typically)*";
const AGAINST = '(?:to|over|rather than|instead of|above|and not|not|more than|than)';

interface Form {
  readonly pattern: RegExp;
  /** What is disliked comes first. */
  readonly turned?: boolean;
}

const form = (source: string, turned = false): Form => ({ pattern: new RegExp(`^${source}${TAIL}$`, 'iu'), turned });

const FORMS: readonly Form[] = [
  form(
    `i(?:['’]d| would|['’]ll)(?: always| much| generally| usually| far| really)* (?:rather|sooner|preferably) ${HAVING} ${SIDE} (?:than|over|instead of|rather than) ${LAST}`,
  ),
  form(
    `i(?:['’]d| would|['’]ll)(?: always| generally| usually| rather)* (?:${HAVING}) ${SIDE} (?:over|rather than|instead of|before) ${LAST}`,
  ),
  form(
    `i(?:['’]d| would|['’]ll)(?: always| generally| usually| rather)* prefer (?:to ${HAVING} |having |seeing |using )?${SIDE} (?:over|to|rather than|instead of|than|and not) ${LAST}`,
  ),
  form(
    `${SELF} ${LIKE} (?:to ${HAVING} |having |seeing |using |reading |writing )?${SIDE} (?:much |far |way |a lot |so much )?(?:better|more) than ${LAST}`,
  ),
  form(
    `${SELF} (?:prefer|favou?r|value) (?:to ${HAVING} |having |seeing |using |reading )?${SIDE} (?:over|to|rather than|instead of|than|and not|above) ${LAST}`,
  ),
  form(
    `my (?:personal |general |own |usual |strong |clear )?(?:preference|taste|pick|favou?rite|style)(?: here| in general| generally| overall)?(?: is| would be| goes to| are)?\\s?[:,–—]? ?(?:always |clearly |for |to ${HAVING} )?${SIDE} ${AGAINST} ${LAST}`,
  ),
  form(`(?:please )?(?:give me|always give me|spare me no) ${SIDE} (?:over|rather than|instead of|before) ${LAST}`),
  form(
    `i (?:find|consider) ${SIDE} (?:much |far |way |a lot )?(?:nicer|better|clearer|easier to read|more readable|cleaner|simpler|more useful|more pleasant) than ${LAST}`,
  ),
  form(
    `${SIDE} (?:beats?|always beats?|trumps?|wins? over|are (?:better|nicer|clearer) than|is (?:better|nicer|clearer) than) ${LAST}(?= for me| in my (?:book|code|eyes)| any day| for us| every time)(?: for me| in my (?:book|code|eyes)| for us)?`,
  ),
  form(
    `(?:i(?:['’]m| am) (?:really |just )?(?:no|not(?: really)?(?: a| much of a)?)(?: big| great| huge)? (?:fan|friend|lover) of|i(?:['’]m| am) not (?:really )?(?:into|fond of|keen on)|not (?:really )?(?:a )?(?:big |great |huge )?(?:fan of|fond of|keen on|into)|no fan of|i(?: really| just)? (?:do not|don['’]?t|dont) (?:really |much )?(?:like|enjoy|care for)|i(?: really)? (?:dislike|hate|can['’]?t stand)) ${SIDE}(?:,| ?;| ?\\.| -| –| and| but)+ (?:so )?(?:i(?:['’]d| would)?(?: much| rather| really| always)? (?:prefer|like|favou?r|rather (?:have|see|use)|go for|want)|(?:please )?(?:use|give me|prefer|take|rather)) ${LAST}`,
    true,
  ),
  form(`i(?: always| generally| usually)? want (?:to see )?${SIDE} (?:instead of|rather than|over|and not) ${LAST}`),
];

/** One thing at hand, a person, or a moment: no kind of thing. */
const AT_HAND =
  /^(?:the|this|that|these|those|it|its|them|they|your|his|her|their|you|me|option|version|variant|number|one (?:that|of|more)|another|both|neither|either|something|anything|nothing|what|how|when|not|wait|if|claude|a (?:break|look|blue|red|green|different|new|second|bigger|smaller|larger|dropdown|button|dialog|modal|checkbox|toggle|tooltip|spinner)|\d+)(?![\w-])/iu;
const OF_TODAY =
  /\b(?:now|today|tomorrow|tonight|yesterday|this|that|these|those|here|it|again|meeting|first one|second one|other one|old one|new one)\b/iu;
const MAY_WEIGH =
  /\b(?:than|over|instead of|to|prefer|rather|beats?|trumps?|wins?|not|and not|above|before|fan|fond|like|keen)\b/iu;
const OF_ME = /\b(?:i|i['’]\w+|my|me|beats?|trumps?|us|fan|fond|keen)\b/iu;

/** What somebody likes more than another kind of thing, as a rule; undefined for anything else. Pure, linear. */
export function weighedPreference(sentence: string): string | undefined {
  if (sentence.length > 260 || !OF_ME.test(sentence) || !MAY_WEIGH.test(sentence)) return undefined;
  const text = sentence
    .trim()
    .replace(/[.!\s]{1,20}$/u, '')
    .replace(LEAD, '');
  if (/\?$/u.test(text)) return undefined;
  for (const { pattern, turned } of FORMS) {
    const [, first = '', second = ''] = pattern.exec(text) ?? [];
    if (first === '' || second === '') continue;
    const [liked, other] = turned === true ? [second, first] : [first, second];
    return isKind(liked) && isKind(other) ? `Prefer ${liked} to ${other}` : undefined;
  }
  return undefined;
}

function isKind(side: string): boolean {
  return !AT_HAND.test(side) && !OF_TODAY.test(side) && side.split(/\s+/u).length <= 9;
}
