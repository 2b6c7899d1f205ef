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
  ` (?:is|are) ${NEVER}(?:mandatory|compulsory|required|forbidden|banned|prohibited|taboo|off[- ]limits|(?:a )?no-gos?|not? ok(?:ay)?|ok(?:ay)? only|acceptable|allowed|permitted|an option|out of the question|discouraged|a must|frozen|read[- ]only|a thing of the past|for [\\w -]{3,30} only)(?=$|[,;:.]|\\s(?:in|for|here|around|unless|except|to|outside|with|without|on|anywhere|and|[–—-])(?![\\w]))`,
  'iu',
);
const OBLIGED = new RegExp(
  ` (?:must|shall|should|need|needs|has to|have to|requires?|are to|is to|may only|may not|may never|cannot|can['’]?t|mustn['’]?t|shouldn['’]?t)(?= \\S)`,
  'iu',
);
const PLACED =
  / (?:(?:always|never|only) )?(?:belongs?|goe?s?|lives?|stays?|comes?|happens?|sits?|resides?) (?:only )?(?:in|into|under|next to|beside|inside|at|on|from|out of|behind|through|via|to|between)(?= \S)/iu;
const DONE = new RegExp(
  ` (?:is|are|gets?) ${NEVER}(?:signed|rebased|merged|squashed|named|called|kept|stored|written|built|defined|pinned|versioned|reviewed|generated|translated|formatted|prefixed|wrapped|validated|documented|tested|tagged|placed|put|grouped|sorted|capitali[sz]ed|indented|created|mocked|committed|checked|read|escaped|imported|exported|declared|injected|parsed|spelled|spelt|run|made|drawn|taken|reserved|returned|logged|deleted|deployed|cut|passed|loaded|used|ordered|encoded|owned|edited|touched|changed)(?= \\S|$)`,
  'iu',
);
const ACTS =
  / (?:(?:always|never|only) )?(?:use|uses|follow|follows|start|starts|end|ends|target|targets|ship|ships|carry|carries|include|includes|avoid|avoids|live|look|looks|explain|explains|describe|describes|depend|depends|keep|keeps|share|shares|extend|extends|inherit|inherits|sit|sits|wear|wears|mirror|mirrors)(?= (?:no|with|from|like|on|the|a|an|in|by|only|their|its|our|one|why|what|`|\w+(?:[-_.]\w+)*)\S*)/iu;
const IS = / (?:is|are) (?:always |never |only )?(?=\S)/iu;
const STATE =
  / (?:is|are) (?:all )?(?:still |now |just |already |currently |not |n['’]?t |also )?(?:(?:broken|red|green|slow|fast|missing|flaky|failed|stuck|wrong|gone|done|empty|there|here|fine|ready|not found|null|undefined|lost|late|out of date|outdated|in place|up|down|merged|deployed|redirected|shown|displayed|affected|about|sent|called|swallowed|ignored|dropped)(?![\w-])|too |so |very |\w+ing\b)/iu;
/** After a requirement, an order to meet it: then it is the task. */
const ORDER_TAIL =
  /[,;:.–—]\s{0,3}(?:so |please |and |then |also |can you |could you )*(?:add|fix|implement|enforce|change|list|find|remove|look|make (?:it|that|sure)|write|update|create|set|convert|rename|investigate|check (?:it|that|why)|move (?:it|them)|delete (?:it|them))(?: \S|$)/iu;
const PATHLIKE =
  /[\w-]{2,}\/|`[^`]+`|\.[a-z]{2,5}\b|\b(?:folder|directory|module|package|file|class|layer|repo|branch)s?\b/iu;

/** "We …" of a practice: what is done, and to things in general. */
const WE =
  /^we (?:all )?(?:(never|always|only|do not|don['’]?t|no longer|strictly|generally|usually) )?((?:soft[- ])?[a-z]{2,14})(?: (\S.*))?$/iu;
const WE_VERBS =
  /^(?:pin|squash|rebase|name|write|prefix|suffix|version|sign|tag|treat|soft[- ]delete|commit|document|deploy|ship|target|prefer|format|indent|use|keep|put|do|run|mock|fake|stub|merge|push|log|test|allow|accept|catch|throw|nest|hardcode|import|copy|edit|store|call|cut|cherry-pick|branch|translate|validate|wrap|avoid|follow|review|expect|bundle|check|commit|count|inject|spell|sort|group|tolerate|escape|encode|abbreviate|vendor|rely|stick|go|pair|release|support|trust|require|demand|disallow|forbid|ban|reject|enforce|reserve)$/iu;
/** Of these it is said how they are done; others also tell what a program or a team is busy with. */
const WE_NORMS =
  /^(?:pin|squash|rebase|name|write|prefix|suffix|version|sign|tag|treat|soft[- ]delete|commit|document|format|indent|spell|escape|cherry-pick|avoid|abbreviate|vendor|prefer|put|tolerate|treat|expect|require|demand|disallow|forbid|ban|reject|enforce|reserve)$/iu;
const SPECIFIC =
  /^(?:the|this|that|these|those|it|them|him|her|you|your|my|a|an|some|about|more|for|to(?! the side)|down|up|out|back|away|over it|still|just|now|both|so|not)(?![\w'’-])/iu;
const CONTRAST = /(?:,| and| but|;)? (?:not|never|instead of|rather than|over|no)\s\S|, (?:only|and only)\s/iu;
const WIDE =
  /\b(?:everywhere|only|one [\w -]{2,20} per|throughout|always|never|all|every|each|any|only|nowhere|anywhere|ever|in general|across (?:the|all|our)|by hand|by default|exclusively|consistently|strictly|in (?:docs|tests|code|commits|comments|production|prod|reviews))\b/iu;

/** "No … without …", "no … in …": of a kind of thing, in a kind of place. */
const NO_THING =
  /^no ((?:[\w./*`@-]{2,30} ){1,4}?)(?:without|outside|inside|in|on|from|to|unless|before|after|by) (?!the\b|this\b|that\b|these\b|those\b|it\b|there\b|here\b|my\b|your\b|particular\b|fact\b|case\b|mind\b|me\b|hand\b)(\S.{2,80})$/iu;
const PER = /^(?:only |exactly |at most )?one [\w -]{3,30} per [\w -]{3,30}$/iu;
const PREFER =
  /^prefer (?!the (?:first|second|third|last|old|new|other)|this\b|that\b|it\b|option\b)(\S.{2,80}?)(?: to | over | rather than | instead of |[;,:] )\S/iu;

/** True if the sentence states a norm of this project in the present, of things in general. Pure, linear. */
export function isNorm(sentence: string): boolean {
  const text = sentence.trim();
  if (text.length > 320 || ORDER_TAIL.test(text)) return false;
  return isNormOfThings(text) || isNormOfUs(text) || isNormOfNone(text);
}

const BAN_IN =
  /^(?:do not|don['’]?t|never|avoid|no) (?:use|using|put|putting|commit|committing|log|logging|write|writing|leave|leaving|import|importing|add|adding)? ?(?:any )?(?!longer\b|need\b|idea\b|problems?\b|errors? (?:are|in)\b|\w+ (?:are|is|was|were)\b)(?!the\b|this\b|that\b|these\b|those\b|it\b|them\b|my\b|your\b)([\w./*`' -]{3,50}?) (?:in|into|inside|from|to|outside) (?:any |all |our )?((?:[\w-]+ ){0,3}[\w-]+s|\w*code|production|prod)(?=$|[,;.])/iu;
const USE_FOR_ALL =
  /^(?:use|keep|avoid|treat|format|wrap|escape|pin|sign|prefix|document) (?!the\b|this\b|that\b|these\b|those\b|it\b|them\b|me\b)[\w./`'" -]{2,60}? (?:for|in|on|to|with|into|as) (?:all|every|each|any)(?! of (?:these|those|them|the)\b) (.{3,60})$/iu;
const BAN_REASON =
  /^(?:do not|don['’]?t|never|no|avoid) [^,;.]{6,80}[,;.] ?(?:as |because |since )?i (?:really )?(?:can['’]?t stand|hate|dislike|don['’]?t like|find)\b/iu;

function isNormOfNone(text: string): boolean {
  const banned = BAN_IN.exec(text);
  if (banned !== null) return WORK_THINGS.test(banned[2] ?? '') || /code|prod/iu.test(banned[2] ?? '');
  const all = USE_FOR_ALL.exec(text)?.[1];
  if (all !== undefined && WORK_THING.test(all) && !/\b(?:this|that|these|those)\b/iu.test(all)) return true;
  if (BAN_REASON.test(text)) return true;
  const [, thing = '', place = ''] = NO_THING.exec(text) ?? [];
  if (thing !== '') {
    if (
      / (?:are|is|was|were|be|get|gets|got|show|shown|found|left|need|needed|written|returned|sent|made|displayed) /iu.test(
        ` ${thing} `,
      )
    )
      return false;
    return WORK_THING.test(thing) && (/\bwithout\b/iu.test(text) || WORK_THING.test(place));
  }
  if (PER.test(text)) return WORK_THING.test(text);
  return PREFER.test(text) && !/\b(?:here|this|these|that|those)\b/iu.test(text);
}

/** "The key goes at the end of the subject": of what is written for people, over and over. */
const IN_PROCESS =
  /^the [\w -]{2,30} (?:goes?|belongs?|comes?|stays?|lives?|must be|has to be|is) (?:always |never |only )?(?:in|into|at|on|under|after|before|first|last|part of)\b.{0,40}\b(?:commit|subject|pr|pull request|branch name|changelog|release notes?|docstring)\b/iu;
const HERE_OF =
  /^(?:the|our) (?:[\w-]+ )?(?:here|in this (?:repo|project|codebase)) (?:are|is|run|runs|use|uses|follow|follows|live|must|should|go|come|have|do not|don['’]?t|never|always)\b/iu;
const OURS_DO_NOT =
  /^our (?:[\w-]+ ){1,3}(?:do not|don['’]?t|never|always|only) (?!work|pass|compile|cover|run\b|fail|seem|look|exist|show|match|like|want)[a-z]{3,14}\b/iu;
const NOBODY =
  /^(?:nobody|no one|none of us) (?:(?:here|on (?:this|the|our) team|in (?:this|our) \w+) (?:\w+ )?\w+s?|\w+s? .{2,60}\b(?:here|in this \w+|on (?:this|our) team))\b/iu;
const ONLY_WHO =
  /^only (?:the )?(?:[\w-]+ )?(?:ci|bots?|pipelines?|maintainers?|authors?|leads?|owners?|reviewers?|release managers?|humans?|people|team|admins?) (?:may |can |should |must |is allowed to |are allowed to )?(?!sees?|gets?|is\b|are\b|has\b|have\b)[a-z]{3,14}\b/iu;
const NOTHING_WITHOUT =
  /^(?:nothing|no [\w -]{2,30}) (?:goes|gets|is|leaves|lands|ships|enters|may|should|reaches)\b.{2,80}\b(?:without|before it|until it|unless)\b/iu;
const THERE_NO =
  /^there (?:should|must|may|can|will|is to)(?: never)? be no ([\w -]{3,40}?) (?:in|on|inside|outside|without|under|at) (.{3,60})$|^there(?:['’]s| is) no (?:place|room) for ([\w -]{3,40}?) in (.{3,60})$/iu;
const BY_YOU = /\b(?:must|should|may|is to|are to|can) (?:not|never)\b.{2,60}\bby you\b/iu;

function isTypical(text: string): boolean {
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

function isNormOfThings(text: string): boolean {
  if (isTypical(text)) return true;
  if (SPOKEN_OF.test(text)) return false;
  const subject = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text);
    return found === null ? undefined : text.slice(0, found.index);
  };
  const status = subject(STATUS);
  if (status !== undefined && isKind(status, 9) && !/\bby\b/iu.test(text)) return isAllowedOnlyNegated(text);
  const obliged = subject(OBLIGED);
  if (obliged !== undefined && isKind(obliged, 10) && isObliged(text, obliged)) return true;
  const placed = subject(PLACED);
  if (placed !== undefined && isKind(placed, 6))
    return WORK_THINGS.test(placed) || (PATHLIKE.test(text.slice(placed.length)) && isManyOf(placed));
  const done = subject(DONE);
  if (done !== undefined && !/^no\s/iu.test(done) && isKind(done, 8) && WORK_THING.test(done) && !STATE.test(text))
    return true;
  const acts = subject(ACTS);
  if (acts !== undefined && isKind(acts, 8) && WORK_THING.test(acts) && isManyOf(acts)) return true;
  const is = subject(IS);
  return is !== undefined && isKind(is, 6) && WORK_THING.test(is) && !STATE.test(text) && isSaidOfAll(text, is);
}

const WEAK = /^ (?:should(?:n['’]?t)?|needs?(?= to)|can['’]?t|cannot) (?!not|never|only|always)/iu;
const PENDING =
  /^ \S+ (?:to )?(?:be )?(?:pass|work|run|fixed|updated|removed|added|loaded|shown|done|deleted|moved|renamed|refactored|cleaned|checked|merged|finished|show|appear|load|hide|close|open|scroll)(?=$|[,.;]| (?:again|now|first|properly|correctly|too|the|an?|lazily|when|if)\b)/iu;

/** "Should" asks for a piece of work as often as it tells a rule: all of a kind must be meant. */
function isObliged(text: string, subject: string): boolean {
  const rest = text.slice(subject.length);
  const open = /^(?:anything|everything|whatever|whoever|nothing) \S/iu.test(subject);
  if (!open && !WORK_THING.test(subject)) return false;
  if (!WEAK.test(rest) || open) return !PENDING.test(rest);
  if (PENDING.test(rest)) return false;
  return QUANTIFIED.test(subject) || /^our\b/iu.test(subject) || CONTRAST.test(rest);
}

function isAllowedOnlyNegated(text: string): boolean {
  return !/ (?:is|are) (?:acceptable|allowed|permitted|an option)\b/iu.test(text);
}

/** "Dates in file names are ISO, never …": of all of them, or held against something else. */
function isSaidOfAll(text: string, subject: string): boolean {
  return /^(?:all|every|each|any|our)\b/iu.test(subject) || CONTRAST.test(text.slice(subject.length));
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

function isNormOfUs(text: string): boolean {
  if (/^we(?:['’]re| are) an? [\w.+-]+(?: [\w-]+)? (?:shop|house|team|company|code ?base|project)\b/iu.test(text))
    return true;
  const [, how = '', verb = '', rest = ''] = WE.exec(text) ?? [];
  const specific =
    SPECIFIC.test(rest) && !(/^(?:treat|name|call)$/iu.test(verb) && /^(?:the|our) [\w -]{2,30} as /iu.test(rest));
  if (!WE_VERBS.test(verb) || specific) return false;
  if (/\b(?:yet|right|currently|already|soon|again|this|today)\b/iu.test(rest)) return false;
  if (/^(?:do not|don['’]?t|no longer)$/iu.test(how)) return !/^(?:have|need|want|know|see)$/iu.test(verb);
  if (rest === '') return false;
  if (CONTRAST.test(` ${rest}`) && !/^(?:do|go|run|support)$/iu.test(verb)) return true;
  if (WE_NORMS.test(verb)) return rest.split(/\s+/u).length <= 20;
  if (/^(?:use|keep|run|do|call|check|support|go|store|release)$/iu.test(verb))
    return WIDE.test(rest) && WORK_THING.test(rest);
  return WORK_THING.test(rest) && (WIDE.test(rest) || how !== '');
}
