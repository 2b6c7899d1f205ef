import { isNorm } from './englishNorms';
import { WORK_THING, WORK_THINGS } from './workThings';
import { isImperativeVerb } from './verbs';

/** Words around an instruction that make it outlast the task, and wishes that do so by what they speak of. */

const PLACE =
  '(?:repo|repository|project|code ?base|workspace|monorepo|team|company|shop|org|organi[sz]ation|house|world|package|crate|module|service|file|component|experiment|notebook|script|language|app|frontend|backend|board|future|session|answer|reply|response|commit|pr)';
/** Said first: the sentence after it is a rule. */
const LEADS = new RegExp(
  `^(?:whatever (?:you do|the task|happens)|(?:whichever|whatever) \\w+ (?:you['’]re|you are|we['’]re) (?:in|on|at|doing|using)|as an? (?:\\w+ )?(?:principle|habit|team|matter of (?:principle|course|taste))|unless (?:i say|told|stated|noted|specified|i tell you|asked)(?: otherwise| so)?|by convention|in terms of \\w+|when it comes to [\\w -]{3,30}|it should go without saying,? but|it goes without saying(?: that)?|(?:this )?should be obvious,? but|let it be known|from this (?:point|day|moment)(?: on| forward)?|(?:in|at|on) (?:this|our) (?:team|company|shop|org|organi[sz]ation|house|world|code ?base|project)|as long as i['’]?m \\w+ \\w+|for (?:all|any|every)(?:thing| of our| our| new| future)? [\\w -]{3,30}?(?=,|:| (?:we|use|no|never|always|only|don['’]?t|do not|prefer|keep)\\b)|as far as i['’]?m concerned|(?:as a team,? )?(?:we|the team)(?:['’]ve| have| all)? agreed (?:that|on|to (?=use|keep|follow|avoid|put|name|write|prefer))|for (?:commits|prs|tests|docs|plots|migrations|shell scripts?|errors|logging|styling|naming)|in (?:c\\+\\+|java|python|go|rust|typescript|javascript|kotlin|swift|ruby|php|sql|css|yaml|json|shell|bash)(?: files| code)?|coming from \\w+ you may be tempted to [^:]{3,60}|quick heads[- ]up for [^:]{3,50}|(?:(?:my|a|one|personal) )?pet peeve|team rule #?\\d*|(?:the )?(?:rule|deal|thing) (?:with|for|about) [\\w -]{2,30}|(?:the way|how|what) we do (?:it|things|that)(?: here| in this \\w+)?(?: is)?|what we do (?:in this \\w+|here) is|don['’]t forget,? ever|as i always say|it['’]?s (?:been )?agreed (?:with [\\w -]{2,20} )?that|let me (?:state|say|repeat|make|put) (?:it|this)[\\w ]{0,24}(?=:)|as a general (?:thing|note|remark)(?=[:,])|whatever [\\w ]{3,40}(?=,)|we(?:['’]re| are) (?:strict|picky|serious|religious|pedantic|careful) about [^:]{3,40}(?=:)|sorry (?:if i|for|to) repeat\\w*(?: myself| this)?|(?:as|like) (?:i|we) (?:said|mentioned)(?: before| already| last time| many times)?|i(?:['’]ve| have)? (?:said|told you|mentioned) (?:it|this)(?: before| already| many times)?|for new [\\w-]{3,20})\\s?[,:;–—-]?\\s{1,3}`,
  'iu',
);
/** Said last, or in brackets at the end. */
const TAILS = new RegExp(
  `(?:[,;:.–—(-]\\s{0,2}|\\s)(?:(?:and )?(?:that|this|it)(?:['’]s| is| goes| holds| applies|['’]ll be) (?:(?:a|an|the|our|my|how|what|true|valid|just|for|to|also)(?: [\\w-]{1,14}){0,7})|now (?:and|or) (?:in (?:the )?future|later|forever|always)|(?:on|in|for) all (?:of )?our \\w+|(?:each|every) (?:and every )?(?:one of them|single (?:one|time)|time)|all of them|period|full stop|for good|and (?:it|that) stays (?:that way|like that)|in this (?:repo|repository|project|code ?base|team)|as everywhere(?: else)?|no matter what|everywhere(?: in (?:this|the|our) [\\w-]{3,14})?|throughout(?: (?:the|our|all) [\\w -]{3,24})?|in (?:every|all(?: of)?(?: the| our| your| its)?) (?:[\\w-]{2,14} )?${PLACE}s?|(?:on|across|for) (?:every|each|all(?: of)?(?: the| our)?) ${PLACE}s?|in general|generally|wherever (?:you can|possible|it makes sense)|without (?:any )?exceptions?|at all times|ever|under any circumstances|in any (?:case|circumstances)|around here)\\)?$`,
  'iu',
);
/** "… that's a rule", but not "that's the wrong file". */
const DECLARES =
  /\b(?:rule|policy|convention|standard|principle|agreement|practice|law|habit|how we|what we|the way we|goes for|true for|holds for|applies|for every|for all|for new|for any|the general)\b/iu;
const CIRCUMSTANCES = /^(?:please )?(?:(?:do not|don['’]?t),? under any circumstances,?|don['’]?t you ever)\s+/iu;

const HEADED =
  /^(?:the|our|my|a|one) (?:[\w-]{2,14} ){0,2}?(?:rules?|convention|policy|standard|practice|style|agreement|norm|principle|guideline|go-to(?: [\w-]{2,14}){1,2}|way of working|source of truth|preference|consensus)(?: (?:with|for|on|about|of|in|here|at|among|around) [^:]{0,50}?)?(?:\s?:| (?:is|are)(?: that| to)?)(?= (?!broken|violated|outdated|wrong|unclear|missing|not |being|still|now|gone|fine|ok)\S+ ?\S*)/iu;
const IT_IS =
  /^(?:it['’]?s|it is|that is) (?:(?:a|an|our|the|my|standard|good|common|established|company|team|long-standing|general) ){1,3}(?:rule|convention|policy|practice|standard|habit|style|agreement|principle|law)(?: (?:of ours|here|in this \w+|around here|among us)){0,2} (?:that|to)\s/iu;
const MADE_RULE =
  /^(?:let['’]?s )?(?:make|keep|consider|call|declare) (?:it|this|that) (?:a|our|the) (?:[\w-]{3,12} )?(?:rule|agreement|habit|policy|convention|practice|law)(?: that| to|:)\s|^(?:please )?get (?:used to|into the habit of)\s/iu;
const ASSUME =
  /^you (?:may|can|could|should|don['’]?t (?:need|have) to|do not (?:need|have) to|never (?:need|have) to|should never have to) .{4,}/iu;
const NEVER_TO =
  /^you(?:['’]?re| are) (?:never|not) (?:supposed |allowed |meant )?to (?:ever )?\S+ (?:directly|any|in|on|to|from)/iu;
const STAY_AWAY =
  /^(?:please )?(?:steer clear of|stay away from|stick (?:to|with)|keep (?:away|clear) (?:from|of)) (?!the (?:plan|first|second)|this|that|it\b|me\b|your\b)(\S.{4,})$/iu;
const NO_LEAVE =
  /^(?:please )?leave (?:all )?((?:[\w-]+ ){0,2}[\w-]+s|[\w-]+\/\S*|everything (?:in|under) \S+) (?:alone|untouched|as (?:is|they are)|be)$/iu;

/** What it says of the speaker: how they want all things of a kind. */
const I_EXPECT =
  /^i(?:['’]d| would| always| usually| generally| really| do| just)* (?:expect|want|like|need|insist on|love)(?: to (?:see|have|get))? ((?:every|each|all|any|no|my|new)\s\S.*|[a-z-]{3,14}s (?:with|for|in|before) (?:every|each|all|any)\s\S.*|(?:explanations|answers|replies|commits|diffs|tests|names|docs|examples|reviews|summaries) (?:with|without|that|in|to be)\s\S.*)$/iu;
const I_USUALLY =
  /^i (?:usually|generally|always|only ever|prefer to) (?:want|like|need|expect) (?!this|that|it\b|to know)(\S.{4,})$/iu;
const I_DISLIKE =
  /^(?:i(?:['’]m| am) (?:really )?(?:allergic to|not (?:really )?(?:a (?:big )?fan of|fond of|into))|not a (?:big )?fan of|i (?:really )?(?:don['’]?t like|dislike|hate|can['’]?t stand|despise)) (?!the\b|this\b|that\b|these\b|those\b|it\b|how\b|when\b|your\b|what\b|where\b|to\b|any of\b|his\b|her\b|my\b|seeing\b|either\b)(\S.{3,})$/iu;
const I_DO_NOT_WANT =
  /^i (?:do not|don['’]?t) want (?!the\b|this\b|that\b|these\b|those\b|it\b|you\b|to\b|any more\b)\S.{3,80} in (?:your|my|our|any) (?:replies|answers|responses|code|commits?|tests|repo|code ?base|docs|diffs?|messages|prs?|commit messages|explanations)\b/iu;
const I_WANT_DONE =
  /^i want ((?:[\w-]+ ){0,2}[\w-]+s) (?:to be )?(?:[a-z]{3,12}(?:ed|en)|small|short|split|kept|done) (?:with|by|in|to|as|into|separately|and)\b/iu;
const I_WORK_SO =
  /^(?:i|we) (?:work|develop|code|read|review|live|type|use|run|am|are) (?:(?:on|in|with|from) )?[^,]{2,40}?,? so (?:please |always )?(?:give|use|write|show|keep|avoid|no|don['’]?t|answer|send)\b/iu;
const I_ALWAYS_SO =
  /^(?:i|we) (?:always|usually|generally|never|only) [^,]{3,80},? so (?:please )?(?:don['’]?t|do not|never|always|no |give|use|write|put|keep|make|leave|only)\b/iu;
const SO_RULE =
  /^(?:i|my|we|our|[a-z -]{4,30} (?:never|always))(?:['’]re)? [^,]{6,80},? so (?:please )?((?:keep|use|avoid|prefer|don['’]?t use|never|always|no|nothing) [^,]{3,100}|[a-z -]{3,40} in (?:every|all) [^,]{3,40})$/iu;
const ASK_ME =
  /^(?:i want to be asked|(?:please )?(?:ask|check with|tell|warn|consult) me|i['’]?d (?:rather|prefer(?: it)? if) you asked) (?:first )?(?:before|whenever) (?:you |touching |adding |installing |changing |deleting |creating )?.{0,30}?\b(?:any|anything|something|a|an|new|every|[a-z]{3,14}s)\b/iu;

/** "When you add a column, …": work of a kind, whenever it comes up. */
const WORK_OF_KIND =
  /^(?:when(?:ever)?|if|any ?time|once|where) (?:you |we )?(?:(?:ever|have to|need to|do) )?(add|write|create|introduce|change|touch|edit|rename|remove|delete|ship|build|design|document|refactor|draw|log|name|mock|fetch|parse|store|open|commit|review|need|handle|adding|writing|creating|introducing|changing|touching|editing|renaming|removing|deleting|naming|documenting|testing|logging|handling|committing|mocking|reviewing) ((?:(?:any|a|an|new|some) )?[^,]{3,60}?), (?:then |please |always |also )*(\S.*)$/iu;
const ONE_THING =
  /(?:^|\s)(?:the|this|that|these|those|it|them|my|your|his|her|our|done|both|here|there|first|next)(?=\s|$)/iu;
/** "Whenever the schema changes …": what people who work on the code change, not what runs. */
const CHANGES =
  /^(?:when(?:ever)?|every time|each time|if|as soon as) (?:a |an |the |any |some )?(?:[\w-]+ )?(?:schema|template|api|spec|dependency|migration|endpoint|proto\w*|chart|lock ?file|config|fixture|interface|contract|route|env var|docs?|readme|dockerfile|public \w+|enum|version|grammar|makefile) (?:changes|is (?:added|changed|renamed|removed|bumped|updated|touched)|gets (?:added|changed|renamed|removed|bumped|updated))(?:,| (?=the\b|you\b|we\b|also\b|update|run|bump|re\w+)) ?(?:.*\b(?:has to|have to|must|needs?|should)\b|(?:please |also |then )*[a-z-]{3,14} )/iu;
const WHENEVER_LAST =
  /^(?:remember to |be sure to |make sure to |make sure you |please )*([a-z-]{3,14}) [^,;]{3,80}? (?:whenever|every time|each time|any ?time) (?:you (?!want|like|feel|are|see|have a)[a-z]{2,14}|(?:a|an|the|any) (?:[\w-]+ )?(?:schema|template|api|spec|dependency|migration|endpoint|proto\w*|chart|lock ?file|config|fixture|interface|contract|route|env var|docs?|dockerfile|version|grammar) (?:changes|is \w+ed))\b/iu;
/** Kept for other sessions by its own words. */
const MEMO =
  /^(?:(?:quick |just |a )*(?:so you know|fyi|note|heads[- ]?up|keep in mind|bear in mind|remember|for your information),? )?(?:for (?:later|(?:all )?(?:later|future|other|next|the next|upcoming) (?:sessions?|conversations?|chats?|work)|the rest of (?:our|my) (?:work|time)(?: together)?)|in (?:later|future|all) sessions)(?: too)?,?(?:\s?:| that|,)\s+(\S.{7,})$/iu;
const TOPIC =
  /^([\w+#./ -]{2,40}):\s+(?:please |always )?(?:never|no|only|we|use|keep|always|don['’]?t|do not|prefer|one|put)\s\S/iu;
const LANGUAGES =
  /^(?:css|html|sql|python|go|golang|rust|java|javascript|typescript|ts|js|kotlin|swift|ruby|php|c\+\+|c#|c|bash|shell|yaml|terraform|docker|helm|k8s|kubernetes|react|vue|svelte|angular|django|rails|git)(?: \w+){0,2}$/iu;
const STANDARDIZED = /^we(?:['’]ve| have)? (?:all )?standardi[sz]ed on (?!it\b|this\b|that\b)\S/iu;
const NOT_HOW = /\b(?:is|are)(?: not|n['’]t) how we (?:do|work|roll)\b/iu;

const IN_DOUBT =
  /^(?:when(?:ever)? in doubt|if (?:you['’]re |you are )?(?:in doubt|unsure|not sure)|if (?:something|anything|a requirement|the spec) is (?:unclear|ambiguous|not clear))[,:]? (?:always |please |just )?([a-z-]{2,14})\b/iu;

const PAST =
  /\b(?<!get )(?<!getting )(?:used to|back then|previously|formerly|once had|in the old (?:repo|project|code|days)|at my (?:last|old|previous)|was told|were told|last (?:week|month|year|time|sprint)|years? ago|normally we['’]?d|exceptionally|except(?:ionally)? (?:now|here|today)|(?:but|and) (?:skip|not (?:now|here|today|this time))|but (?:this|that) (?:is|was)|we (?:were|had|did|got|lost|wanted))\b|^(?:ac|spec|requirements?(?: \d+)?|ticket|story|user story|acceptance criteria|todo|plan|task|bug|error|feature request|context)\b[^:]{0,20}:/iu;
const NARRATED =
  /^(?:we|i|they|he|she|the team|our \w+) (?:always |never |once |then |just |all )?(?:\w+ed|were|was|had|did|got|lost|went|wrote|ran|made|took|said|found|kept|chose|saw)\b(?! on\b)/iu;

/** The rule in a clause, by the words around it or by what it speaks of; undefined if it may be meant once. */
export function usualRule(clause: string): string | undefined {
  const text = clause.trim().replace(/[.!\s]{1,20}$/u, '');
  if (text.length < 8 || text.length > 320 || PAST.test(text)) return undefined;
  const memo = MEMO.exec(text)?.[1];
  if (memo !== undefined && !FLEETING.test(memo)) return memo;
  if (isStandardSaid(text) || isWished(text) || isWhenever(text) || isOnTopic(text)) return text;
  const circumstances = CIRCUMSTANCES.exec(text);
  if (circumstances !== null) return `Never ${text.slice(circumstances[0].length)}`;
  if (isNorm(text) && !NARRATED.test(text)) return text;
  return isScoped(text) ? text : undefined;
}

/** True for a sentence that only says how long or how far the one before it holds: "That goes for every package." */
export function saysOnlyScope(sentence: string): boolean {
  const text = sentence.trim().replace(/[.!\s]{1,20}$/u, '');
  const found = text.length > 100 ? null : TAILS.exec(`so, ${text}`);
  if (found === null || found.index > 2) return false;
  return DECLARES.test(text) || !/^(?:and )?(?:that|this|it)(?:['’]|\s)/iu.test(text);
}

function isOnTopic(text: string): boolean {
  const topic = TOPIC.exec(text)?.[1]?.trim() ?? '';
  if (
    topic === '' ||
    /\b(?:errors?|logs?|tests?|output|todo|plan|task|bug|question|answer|example|result|problem|idea)\b/iu.test(topic)
  )
    return false;
  return LANGUAGES.test(topic) || WORK_THINGS.test(topic);
}

function isStandardSaid(text: string): boolean {
  if (STANDARDIZED.test(text) || NOT_HOW.test(text)) return true;
  if (HEADED.test(text) || IT_IS.test(text) || MADE_RULE.test(text) || NEVER_TO.test(text)) return true;
  const away = STAY_AWAY.exec(text)?.[1];
  if (away !== undefined && (WORK_THING.test(away) || tailOf(text) !== undefined)) return true;
  return NO_LEAVE.test(text) && /\b(?:vendor|generated|third|legacy|dist|node_modules|build|lock)/iu.test(text);
}

function isWished(text: string): boolean {
  const thing = I_EXPECT.exec(text)?.[1];
  if (thing !== undefined)
    return WORK_THING.test(thing) && !/^(?:every|each|all|any) (?:of (?:these|those|them)|the)\b/iu.test(thing);
  const usual = I_USUALLY.exec(text)?.[1];
  if (usual !== undefined) return true;
  const disliked = I_DISLIKE.exec(text)?.[1];
  if (disliked !== undefined)
    return /[,;.] (?:please |so |just )?(?:avoid|leave|don['’]?t|do not|never|no|use|prefer|skip|stick|\w+ (?:beats?|over) )|\b(?:for good|ever|at all|anywhere|in)\b/iu.test(
      disliked,
    );
  const done = I_WANT_DONE.exec(text)?.[1];
  if (done !== undefined) return WORK_THINGS.test(done);
  if (I_WORK_SO.test(text)) return !/\b(?:now|today|still|just|header|footer)\b/iu.test(text);
  return I_DO_NOT_WANT.test(text) || I_ALWAYS_SO.test(text) || SO_RULE.test(text) || ASK_ME.test(text);
}

function isWhenever(text: string): boolean {
  const doubt = IN_DOUBT.exec(text)?.[1];
  if (doubt !== undefined) return isImperativeVerb(doubt);
  if (CHANGES.test(text)) return true;
  const last = WHENEVER_LAST.exec(text)?.[1];
  if (last !== undefined) return isImperativeVerb(last);
  const [, verb = '', thing = '', rest = ''] = WORK_OF_KIND.exec(text) ?? [];
  if (verb === '' || ONE_THING.test(thing) || (!WORK_THING.test(thing) && !/^writ/iu.test(verb))) return false;
  const [first = '', second = ''] = rest.split(/\s+/u);
  return isOrderStart(first, second) && !/\b(?:this|that|these|those)\b/iu.test(rest);
}

function isOrderStart(first: string, second: string): boolean {
  if (/^(?:don['’]?t|never|no|only)$/iu.test(first)) return true;
  return isImperativeVerb(first) || (/^do$/iu.test(first) && /^not$/iu.test(second));
}

/** "In the mobile app all network calls go …": a part of the project, of which a norm is told. */
const PART_LEAD =
  /^(?:in|for|inside|across) (?:the|our) [\w -]{2,24}(?:app|code|layer|services?|module|package|core|engine|front ?end|back ?end|sdk|cli|library|tests),? (?=(?:all|every|no|only|never|always|we|nothing)\b)/iu;

/** An order or a statement that its lead or its tail makes last. */
function isScoped(text: string): boolean {
  let rest = text;
  for (let round = 0; round < 3; round += 1) {
    const lead = LEADS.exec(rest);
    if (lead === null) break;
    rest = rest.slice(lead[0].length);
  }
  if (rest !== text && rest.split(/\s+/u).length >= 3 && isRuleAfter(rest)) return true;
  const part = PART_LEAD.exec(text);
  if (part !== null && isNorm(text.slice(part[0].length))) return true;
  const tail = tailOf(text);
  if (tail !== undefined) return !PIECE.test(text) && isRuleLike(text.slice(0, tail));
  const middle = /, (?:always|everywhere|without exception|no exceptions)(?=,)/iu.exec(text);
  return middle !== null && !PIECE.test(text) && isRuleLike(text.slice(0, middle.index));
}

function tailOf(text: string): number | undefined {
  const found = TAILS.exec(text);
  if (found === null || found.index < 8) return undefined;
  const declares = /^\W{0,3}(?:and )?(?:that|this|it)(?:['’]|\s)/iu.test(found[0]);
  return declares && !DECLARES.test(found[0]) ? undefined : found.index;
}

const ORDERED =
  /^(?:please |just |always |also |you (?:can|may|should|must|don['’]?t (?:need|have) to) )*(?:don['’]?t|do not|never|no|only)\s/iu;
const STATED =
  /^(?:(?:we (?!\w+ (?:it|this|that|them)\b|have|had|need|are|were|got|should|could|can|will|might|want|see|still|just|now)|nobody |no one |only|all|every|each|any|nothing|anything|everything|our|there (?:is|are|should be|will be) no|it['’]?s `?[\w-]+`?(?: [\w-]+`?){0,3},? (?:never|not|and)|it['’]?s always)\b|use of )/iu;
const FLEETING =
  /\b(?:would|could|might|now|just|already|currently|again|still|wrong|broken|fail\w{0,3}|error|why|i['’]m|was|were|did|had)\b/iu;
/** Orders to do one piece of work, however many things it touches: "replace them in all files". */
const PIECE =
  /^(?:please |just |also )*(?:add|fix|replace|rename|remove|delete|convert|move|find|search|list|update|change|create|implement|check|refactor|migrate|sort|set|apply|run|show|look|go|rewrite|reformat|install|upgrade|bump|build|count|print|generate|translate)\b/iu;

/** What follows an opening that makes it last, as a whole or after a statement: "python means 3.11; don't …". */
function isRuleAfter(text: string): boolean {
  if (/^(?:please )?(?:create|implement|make|build|fix|develop|add) (?:a|an|the|some|new)\s/iu.test(text)) return false;
  if (/ (?:is|are) (?:mandatory|compulsory|required|forbidden|banned|off[- ]limits|not allowed)\b/iu.test(text))
    return !FLEETING.test(text);
  if (/^you [a-z]{2,14} /iu.test(text) || CONTRASTED.test(text)) return !FLEETING.test(text);
  return (
    isRuleLike(text) ||
    text
      .split(/[;,] /u)
      .slice(1)
      .some((part) => ORDERED.test(part))
  );
}

const CONTRASTED = /^(?:the|our) [\w -]{2,30} [a-z]{2,14}s?, not the /iu;
/** All of one kind that is pointed at: "the events are named …, all of them". */
const ALL_THE =
  /^the (?:build|ci|pipeline|test suite|tests|public api|main branch|code|docs|readme|changelog) (?:must|should|has to|have to|may) |^the (?:[\w-]+ ){1,3}(?:are|get) (?:named|called|written|stored|kept|spelled|formatted|prefixed|sorted|signed)\b/iu;

function isRuleLike(text: string): boolean {
  const plain = text.trim();
  const [first = ''] = plain.split(/\s+/u);
  if (/^stop$/iu.test(first)) return false;
  if (ORDERED.test(plain) || isImperativeVerb(first)) return true;
  if (FLEETING.test(plain)) return false;
  if (STATED.test(plain) || ASSUME.test(plain) || ALL_THE.test(plain)) return true;
  return (
    isNorm(plain) || (/^(?!the |this |that |these |those |it |you |i |my )/iu.test(plain) && WORK_THING.test(plain))
  );
}
