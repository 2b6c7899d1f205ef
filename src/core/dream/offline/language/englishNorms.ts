import { WORK_THING, WORK_THINGS } from './workThings';

/** Sentences that say how things are done here, without a word of time: what is obliged, banned, or usual. */

const SPOKEN_OF =
  /^(?:the|this|that|these|those|it|its|they|he|she|you|your|i|my|there|here|what|why|how|who|when|where|which|if|because|since|so|then|some|a few|one|two|three|both|most|many|another|other)(?![\w'’-])/iu;
const QUANTIFIED =
  /^(?:(?:all|every|each|any)(?! ?time\b)|no|only|anything|everything|nothing|whatever|whoever|nobody|no one|a|an|new)\b/iu;
const PRONOUN = /(?:^|\s)(?:i|it|this|that one|these|those|your|my|me|him|her)(?=\s|$)/iu;
const NEVER = '(?:(?:always|never|only|not|strictly|generally|also|simply|still) ){0,2}';

/** What is said of a thing, and so of everything of its kind. */
const STATUS = new RegExp(
  ` (?:is|are) ${NEVER}(?:mandatory|compulsory|required|forbidden|banned|prohibited|taboo|off[- ]limits|off the table|(?:a )?no-gos?|not? ok(?:ay)?|ok(?:ay)? only|acceptable|allowed|permitted|an option|out of the question|discouraged|a must|frozen|read[- ]only|a thing of the past|for [\\w -]{3,30} only)(?=$|[,;:.]|\\s(?:in|for|here|around|unless|except|to|outside|with|without|on|anywhere|and|[–—-])(?![\\w]))`,
  'iu',
);
const OBLIGED = new RegExp(
  ` (?:must|shall|should|need|needs|has to|have to|requires?|are to|is to|may only|may not|may never|cannot|can['’]?t|mustn['’]?t|shouldn['’]?t)(?= \\S)`,
  'iu',
);
const PLACED =
  / (?:(?:always|never|only) )?(?:belongs?|goe?s?|lives?) (?:only )?(?:in|into|under|next to|beside|inside|at|on|from|out of|behind|through|via|to|between)(?= \S)/iu;
const DONE = new RegExp(
  ` (?:is|are|gets?) ${NEVER}(?:signed|rebased|merged|squashed|named|called|kept|stored|written|built|defined|pinned|versioned|reviewed|generated|translated|formatted|prefixed|wrapped|validated|documented|tested|tagged|placed|put|grouped|sorted|capitali[sz]ed|indented|created|mocked|committed|checked|read|escaped|imported|exported|declared|injected|parsed|spelled|spelt|run|made|reserved|logged|deleted|deployed|rejected|reverted|closed|used|ordered|encoded|owned|edited|touched|changed)(?= \\S|$)`,
  'iu',
);
const IS = / (?:is|are) (?:always |never |only )?(?=\S)/iu;
const ONLY_SO = / (?:is|are) [a-z]{3,12}(?:ed|en) [^,;]{3,60} only$/iu;
const STATE =
  / (?:is|are) (?:all )?(?:still |now |just |already |currently |not |n['’]?t |also )?(?:(?:broken|red|green|slow|fast|missing|flaky|failed|stuck|wrong|gone|done|empty|there|here|fine|ready|not found|null|undefined|lost|late|out of date|outdated|in place|up|down|merged|deployed|redirected|shown|displayed|affected|about|sent|called|swallowed|ignored|dropped)(?![\w-])|too |so |very |\w+ing\b)/iu;
/** After a requirement, an order to meet it: then it is the task. */
const ORDER_TAIL =
  /[,;:.–—]\s{0,3}(?:so |please |and |then |also |can you |could you )*(?:why\b|add|fix|implement|enforce|change|list|find|remove|look|make (?:it|that|sure)|write|update|create|set|convert|rename|investigate|check (?:it|that|why)|move (?:it|them)|delete (?:it|them))(?: \S|$)/iu;
/** It tells what goes wrong. */
const AMISS =
  /\b(?:is|are|got|gets?) (?:all |completely |still |totally )?(?:broken|stuck|cut off|gone|missing|off by)\b|\b(?:fail(?:s|ed)|crash(?:es|ed)?|hangs|overlap|flickers?)\b|\bsince (?:noon|yesterday|the|this|last|today)\b/iu;
const PATHLIKE =
  /[\w-]{2,}\/|`[^`]+`|\.[a-z]{2,5}\b|\b(?:folder|directory|module|package|file|class|layer|repo|branch)s?\b/iu;

/** "We …" of a practice: what is done, and to things in general. */
const WE =
  /^we (?:all )?(?:(never|always|only|do not|don['’]?t|no longer|strictly|generally|usually) )?((?:soft[- ]|hand-)?[a-z]{2,14})(?: (\S.*))?$/iu;
const WE_VERBS =
  /^(?:pin|squash|rebase|name|write|prefix|suffix|version|sign|tag|treat|soft[- ]delete|commit|document|deploy|ship|target|prefer|format|indent|use|keep|put|do|run|mock|fake|stub|merge|push|log|test|allow|accept|catch|throw|nest|hardcode|import|copy|edit|store|call|cut|cherry-pick|branch|translate|validate|wrap|avoid|follow|review|expect|bundle|check|commit|count|inject|spell|sort|group|tolerate|escape|encode|abbreviate|vendor|rely|stick|go|pair|release|support|trust|require|demand|disallow|forbid|ban|reject|enforce|reserve)$/iu;
/** Of these it is said how they are done; others also tell what a program or a team is busy with. */
const WE_NORMS =
  /^(?:pin|squash|rebase|name|write|prefix|suffix|version|sign|tag|treat|soft[- ]delete|commit|document|format|indent|spell|escape|cherry-pick|avoid|abbreviate|vendor|prefer|put|tolerate|treat|expect|require|demand|disallow|forbid|ban|reject|enforce|reserve)$/iu;
const NOT_PRACTISED =
  /^(?:have|need|want|know|see|care|think|get|understand|seem|like|expect|remember|hear|find|believe|mind|agree|feel|lose|notice|reach|receive|show|exist|work|own|come|ever|really|even|actually|currently|yet)$/iu;
const SPECIFIC =
  /^(?:the|this|that|these|those|it|them|him|her|you|your|my|a|an|some|about|more|for|to(?! the side)|down|up|out|back|away|over it|still|just|now|both|so|not)(?![\w'’-])/iu;
const CONTRAST = /(?:,| and| but|;) (?:not|never|no)\s\S| (?:instead of|rather than|over)\s\S|, (?:only|and only)\s/iu;
const WIDE =
  /\b(?:everywhere|only|for everything|one [\w -]{2,20} per|throughout|always|never|all|every|each|any|only|nowhere|anywhere|ever|in general|across (?:the|all|our)|by hand|by default|exclusively|consistently|strictly|in (?:docs|tests|code|commits|comments|production|prod|reviews))\b/iu;

/** "No … without …", "no … in …": of a kind of thing, in a kind of place. */
const NO_THING_IN =
  /^no ((?:[\w./*`@-]{2,30} ){1,3}?)in the (?:repo|repository|code ?base|code|tests|docs|changelog|commit messages?|public api|main branch)(?=$|[,;.])/iu;
const NO_THING =
  /^no ((?:[\w./*`@-]{2,30} ){1,4}?)(?:without|outside|inside|in|on|from|to|unless|before|after|by) (?!the\b|this\b|that\b|these\b|those\b|it\b|there\b|here\b|my\b|your\b|particular\b|fact\b|case\b|mind\b|me\b|hand\b)(\S.{2,80})$/iu;
const PER = /^(?:only |exactly |at most )?one [\w -]{3,30} per [\w -]{3,30}$/iu;
const PREFER =
  /^prefer (?!the (?:first|second|third|last|old|new|other)|this\b|that\b|it\b|option\b)(\S.{2,80}?)(?: to | over | rather than | instead of |[;,:] )\S/iu;

/** True if the sentence states a norm of this project in the present, of things in general. Pure, linear. */
export function isNorm(sentence: string): boolean {
  const text = sentence.trim();
  if (text.length > 320 || ORDER_TAIL.test(text) || AMISS.test(text)) return false;
  return isNormOfThings(text) || isNormOfUs(text) || isNormOfNone(text);
}

const BAN_IN =
  /^(?:do not|don['’]?t|never|avoid|no) (?:use|using|put|putting|commit|committing|log|logging|write|writing|leave|leaving|import|importing|add|adding)? ?(?:any )?(?!longer\b|need\b|idea\b|problems?\b|errors? (?:are|in)\b|\w+ (?:are|is|was|were)\b)(?!the\b|this\b|that\b|these\b|those\b|it\b|them\b|my\b|your\b)([\w./*`'"“” -]{3,50}?) (?:in|into|inside|from|to|outside) (?:any |all |our )?((?:[\w-]+ ){0,3}[\w-]+s|\w*code|production|prod|docs)(?=$|[,;.]| unless| except)/iu;
const USE_FOR_ALL =
  /^(?:use|keep|avoid|treat|format|wrap|escape|pin|sign|prefix|document) (?!the\b|this\b|that\b|these\b|those\b|it\b|them\b|me\b)[\w./`'" -]{2,60}? (?:for|in|on|to|with|into|as) (?:all|every|each|any)(?! of (?:these|those|them|the)\b) (.{3,60})$/iu;
const BAN_REASON =
  /^(?:do not|don['’]?t|never|no|avoid) [^,;.]{6,80}[,;.] ?(?:as |because |since )?i (?:really )?(?:can['’]?t stand|hate|dislike|don['’]?t like|find)\b/iu;

const AVOID = /^(?:avoid|prefer) (?!the\b|this\b|that\b|these\b|those\b)((?:[\w-]+ ){0,3}[\w-]+s)$/iu;
const VENDORED =
  /^(?:do not|don['’]?t|never) (?:touch|edit|change|modify|format|lint) (?:anything|files?|code|stuff) (?:in|under|inside) \S*(?:third[_-]?party|vendor|generated|dist|node_modules|legacy|\bgen\b)/iu;

const HAPPENS =
  / (?:are|is|was|were|be|get|gets|got|show|shown|found|left|need|needed|written|returned|sent|made|displayed) /iu;

function isNormOfNone(text: string): boolean {
  if (VENDORED.test(text) || BAN_REASON.test(text) || (PER.test(text) && WORK_THING.test(text))) return true;
  const avoided = AVOID.exec(text)?.[1];
  if (avoided !== undefined) return WORK_THINGS.test(avoided);
  if (isBannedIn(text)) return true;
  const all = USE_FOR_ALL.exec(text)?.[1];
  if (all !== undefined && WORK_THING.test(all) && !/\b(?:this|that|these|those)\b/iu.test(all)) return true;
  return PREFER.test(text) && !/\b(?:here|this|these|that|those)\b/iu.test(text);
}

function isBannedIn(text: string): boolean {
  const none = NO_THING_IN.exec(text)?.[1];
  if (none !== undefined) return !HAPPENS.test(` ${none} `);
  const place = BAN_IN.exec(text)?.[2];
  if (place !== undefined) return WORK_THINGS.test(place) || /code|prod/iu.test(place);
  const [, thing = '', where = ''] = NO_THING.exec(text) ?? [];
  if (thing === '' || HAPPENS.test(` ${thing} `) || !WORK_THING.test(thing)) return false;
  return /\bwithout\b/iu.test(text) || WORK_THING.test(where);
}

/** "The key goes at the end of the subject": of what is written for people, over and over. */
const IN_PROCESS =
  /^the [\w -]{2,30} (?:goes?|belongs?|comes?|stays?|lives?|must be|has to be|is) (?:always |never |only )?(?:in|into|at|on|under|after|before|first|last|part of)\b.{0,40}\b(?:commit|subject|pr|pull request|branch name|changelog|release notes?|docstring)\b/iu;
const HERE_OF =
  /^(?:the|our) (?:[\w-]+ )?(?:here|in this (?:repo|project|codebase)) (?:are|is|run|runs|use|uses|follow|follows|live|must|should|go|come|have|do not|don['’]?t|never|always)\b/iu;
const OURS_DO_NOT =
  /^our (?:[\w-]+ ){1,3}(?:do not|don['’]?t|never|always|only) (?!work|pass|compile|cover|run\b|fail|seem|look|exist|show|match|like|want)[a-z]{3,14}\b/iu;
const NOBODY =
  /^(?:nobody|no one|none of us) (?:(?:here|on (?:this|the|our) team|in (?:this|our) \w+) (?:\w+ )?\w+s?|\w+s? .{2,60}\b(?:here|in this \w+|on (?:this|our) team)|\w+s .{2,60} (?:but|except|other than))\b/iu;
const ONLY_WHO =
  /^only (?:the )?(?:[\w-]+ )?(?:ci|bots?|pipelines?|maintainers?|authors?|leads?|owners?|reviewers?|release managers?|humans?|people|team|admins?) (?:may |can |should |must |is allowed to |are allowed to )?(?!sees?|gets?|is\b|are\b|has\b|have\b)[a-z]{3,14}\b/iu;
const NOTHING_WITHOUT =
  /^(?:nothing|nobody|no one|no [\w -]{2,30}) (?:may |should |can |ever )?[a-z]{2,14}s?\b.{0,60}\b(?:without|before it|until it|unless it)\b \S/iu;
const THERE_NO =
  /^there (?:should|must|may|can|will|is to)(?: never)? be no ([\w -]{3,40}?) (?:in|on|inside|outside|without|under|at) (.{3,60})$|^there(?:['’]s| is) no (?:place|room) for ([\w -]{3,40}?) in (.{3,60})$/iu;
const BY_YOU = /\b(?:must|should|may|is to|are to|can) (?:not|never)\b.{2,60}\bby you\b/iu;

const ANSWERS =
  /^your (?:answers|replies|responses|explanations|commits|commit messages|summaries|messages|code|diffs) (?:should|must|need to|have to|are to|may) /iu;
const PROJECT =
  /^(?:this|our|the) (?:code ?base|repo|repository|project|team|monorepo|company) (?:uses|follows|targets|sticks to|has no|requires|avoids|forbids|bans|never|always|only|does not (?:use|allow)|doesn['’]t (?:use|allow)) /iu;
const ONLY_ONE =
  /^the only (?:supported|allowed|accepted|valid|approved|permitted|acceptable) [\w -]{2,40} (?:here )?(?:is|are) /iu;
const EACH_TIME =
  /^(?:before|after|with|on|for) (?:each|every|any) (?:single )?(?:release|commit|push|merge|deploy(?:ment)?|pr|pull request|sprint|change|refactor(?:ing)?|feature|bug ?fix|migration|session|new \w+),? (?!you\b.{0,30}\?)/iu;
const ONLY_NO = /^(?:[\w.+#-]+ ){1,4}only[,;] (?:no|never|not) \S/iu;

function isTypical(text: string): boolean {
  if (ANSWERS.test(text) || PROJECT.test(text) || ONLY_ONE.test(text) || ONLY_NO.test(text)) return true;
  if (EACH_TIME.test(text))
    return !/\b(?:fail\w*|(?:it|the [\w-]+|they) (?:gets?|posts?|takes?|becomes?|shows?|looks?|slows?)\b|breaks?|broken|crash\w*|i get|we get|error|slow|hangs?)\b/iu.test(
      text,
    );
  if (HERE_OF.test(text) || OURS_DO_NOT.test(text) || IN_PROCESS.test(text)) return WORK_THING.test(text);
  if (NOBODY.test(text) || ONLY_WHO.test(text) || NOTHING_WITHOUT.test(text) || BY_YOU.test(text)) return true;
  const [, thing, place, thing2, place2] = THERE_NO.exec(text) ?? [];
  return (
    (thing ?? thing2) !== undefined &&
    WORK_THING.test(thing ?? thing2 ?? '') &&
    WORK_THING.test(place ?? place2 ?? '') &&
    !/^(?:the|this|that|these|those) /iu.test(place ?? place2 ?? '')
  );
}

type Told = (text: string, subject: string) => boolean;

/** What may be said of a kind of thing: by which words, of how long a subject at most, and when it is a norm. */
const TOLD: readonly (readonly [said: RegExp, longest: number, holds: Told])[] = [
  [STATUS, 9, (text) => !/\bby\b/iu.test(text) && isAllowedOnlyNegated(text)],
  [OBLIGED, 10, isObliged],
  [PLACED, 6, isPlaced],
  [
    DONE,
    8,
    (text, subject) => CONTRAST.test(text) && WORK_THING.test(subject) && !/^no\s/iu.test(subject) && !STATE.test(text),
  ],
  [ONLY_SO, 6, (_, subject) => WORK_THING.test(subject)],
  [IS, 6, (text, subject) => WORK_THING.test(subject) && !STATE.test(text) && isSaidOfAll(text, subject)],
];

function isNormOfThings(text: string): boolean {
  if (isTypical(text)) return true;
  if (SPOKEN_OF.test(text)) return false;
  return TOLD.some(([said, longest, holds]) => {
    const found = said.exec(text);
    const subject = found === null ? '' : text.slice(0, found.index);
    return subject !== '' && isKind(subject, longest) && holds(text, subject);
  });
}

function isPlaced(text: string, subject: string): boolean {
  const rest = text.slice(subject.length);
  if (/^ (?:(?:always|never|only) )?belongs?\b/iu.test(rest)) return !PRODUCT.test(subject);
  return WORK_THINGS.test(subject) || (PATHLIKE.test(rest) && isManyOf(subject));
}

/** What programs deal with: what holds for these is a requirement, not a habit of the people here. */
const PRODUCT =
  /\b(?:users?|customers?|players?|orders?|rows?|items?|admins?|buttons?|invoices?|enem(?:y|ies)|cards?|tenants?|sessions?|requests?|employees?|visitors?|students?|patients?|products?|pages?|fields?|accounts?|members?|guests?|tickets?|devices?|sensors?|messages?|posts?|games?|levels?|turns?|points?|e?-?mails?|passwords?|bookings?|payments?|clients?|people|persons?|authors?|forms?|dialogs?|windows?|menus?|rooms?|tasks?|time|clicks?|teams?|of (?:these|those|them)|result|response|value|entry|entries|cell|slot|node|thread|animal|character|question|line|word|one)\b/iu;

const WEAK = /^ (?:should(?:n['’]?t)?|needs?(?= to)|can['’]?t|cannot) (?!not|never|only|always)/iu;
const PENDING =
  /^ \S+ (?:to )?(?:be )?(?:pass|work|run|fixed|updated|removed|added|loaded|shown|done|deleted|moved|renamed|refactored|cleaned|checked|merged|finished|show|appear|load|hide|close|open|scroll)(?=$|[,.;]| (?:again|now|first|properly|correctly|too|the|an?|lazily|when|if)\b)/iu;

/** "Should" asks for a piece of work as often as it tells a rule: all of a kind must be meant. */
function isObliged(text: string, subject: string): boolean {
  const rest = text.slice(subject.length);
  const open = /^(?:anything|everything|whatever|whoever|nothing) \S/iu.test(subject);
  const kind = /^(?:every|each|any|all) /iu.test(subject) && !PRODUCT.test(subject) && WORK_THING.test(text);
  if (!open && !kind && !WORK_THING.test(subject)) return false;
  if (!WEAK.test(rest) || open) return !PENDING.test(rest);
  if (PENDING.test(rest)) return false;
  return QUANTIFIED.test(subject) || /^our\b/iu.test(subject) || CONTRAST.test(rest);
}

function isAllowedOnlyNegated(text: string): boolean {
  return !/ (?:is|are) (?:acceptable|allowed|permitted|an option)\b/iu.test(text);
}

/** "Dates in file names are ISO, never …": of all of them, or held against something else. */
function isSaidOfAll(text: string, subject: string): boolean {
  return (
    /^(?:every|each|any)\b/iu.test(subject) ||
    / (?:not|never) \S/iu.test(text.slice(subject.length).replace(/^ (?:is|are) (?:not|never)/iu, ''))
  );
}

/** A kind of thing, rather than one thing that was pointed at. */
function isKind(subject: string, most: number): boolean {
  const words = subject.trim().split(/\s+/u);
  if (words.length > most || PRONOUN.test(subject) || /[.?!]\s/u.test(subject)) return false;
  return QUANTIFIED.test(subject) || isManyOf(subject) || /^(?:our|use of|[a-z]{2,14}ing)\b/iu.test(subject);
}

function isManyOf(subject: string): boolean {
  if (/^(?:(?:all|every|each|any)(?! ?time\b)|new|our|anything|everything)\b/iu.test(subject)) return true;
  return (
    WORK_THINGS.test(subject) ||
    /^(?:[\w-]+ ){0,3}[a-z]{2,20}[^su\W]s(?: (?:in|of|for|with|under|on|that|from)\b|$)/iu.test(subject.trim())
  );
}

const SHOP = /^we(?:['’]re| are) an? [\w.+-]+(?: [\w-]+)? (?:shop|house|team|company|code ?base|project)\b/iu;
const PASSING =
  /\b(?:badly|wrongly|twice|things|inconsistently|everything|depending|yet|right|currently|already|soon|again|this|today)\b/iu;

function isNormOfUs(text: string): boolean {
  if (SHOP.test(text)) return true;
  const [, how = '', verb = '', rest = ''] = WE.exec(text) ?? [];
  if (verb === '' || isSpecific(verb, rest) || PASSING.test(rest)) return false;
  const bans = /^(?:do not|don['’]?t|never)$/iu.test(how) && !NOT_PRACTISED.test(verb);
  if (bans) return rest !== '' || WE_NORMS.test(verb);
  return rest !== '' && WE_VERBS.test(verb) && isPractice(how, verb, rest);
}

function isSpecific(verb: string, rest: string): boolean {
  const named = /^(?:treat|name|call)$/iu.test(verb) && /^(?:the|our) [\w -]{2,30} as /iu.test(rest);
  return SPECIFIC.test(rest) && !named;
}

const AS = /^(?:store|keep|write|return|send|model|represent|encode|log|save)$/iu;
const BUSY = /^(?:use|keep|run|do|call|check|support|go|store|release)$/iu;

function isPractice(how: string, verb: string, rest: string): boolean {
  if (AS.test(verb) && / as \S/iu.test(rest)) return WORK_THING.test(rest);
  if (/^(?:branch|merge)$/iu.test(verb) && /^(?:from|off|into|back) /iu.test(rest)) return true;
  if (CONTRAST.test(` ${rest}`) && !/^(?:do|go|run|support)$/iu.test(verb)) return true;
  if (WE_NORMS.test(verb)) return true;
  const wide = WIDE.test(rest);
  return WORK_THING.test(rest) && (wide || (how !== '' && !BUSY.test(verb)));
}
