import { habitVerb, isImperativeVerb } from './verbs';
import { NOTHING, REASONS, refused } from './reading';
import type { Reading } from './reading';

const LEAD_IN =
  /^(?:ok(?:ay)?|yes|yeah|yep|no|nope|great|good|thanks|thank you|cool|well|so|and|also|but|hey|hi|oh|ah|please|pls|plz|just|btw|fyi|important|again|actually|wait|stop|sorry|perfect|nice|right|alright|sure|then|finally|one more thing|another thing|by the way|(?:like|as) i said(?: before)?|i said|i (?:already )?told you(?: to)?(?: before)?|claude|look|listen|rule|note(?! to self))(?![\w'’-])[\s,:;.!–—-]{0,4}/iu;
const REMEMBER =
  /^(?:(?:please |can you |could you |you (?:should|must|need to) |i want you to )?(?:always )?remember(?: this)?(?: for (?:the future|next time|later|all sessions))?(?::\s*|,? that\s+)|(?:please )?(?:note to self|keep in mind|bear in mind|for future reference|make a note|add (?:this )?to (?:your |the )?memory|save (?:this )?(?:to|in) (?:your |the )?memory|memori[sz]e)(?: that\s+|\s{0,2}[:,–—-]\s{0,2}))/iu;
const SCOPE_START =
  /^(?:from now on(?:wards?)?|from here on(?: out| in)?|going forward|moving forward|in (?:the )?future(?: sessions?| prs?| commits?| changes?)?|in every session|at all times|as a (?:general )?rule|by default|(?:in|for|across) (?:this|our|the whole|the entire) (?:repo|repository|project|codebase|code base|workspace|monorepo)|(?:project|repo|team|house|standing) (?:rule|convention)|our (?:rule|convention) is(?: that| to)?)[\s,:;–—-]{1,4}/iu;
const SCOPE_END =
  /[\s,;–—-]{1,3}(?:from now on(?:wards?)?|from here on(?: out)?|going forward|moving forward|in (?:the )?future(?: sessions?| prs?| commits?)?|at all times|as a (?:general )?rule|every (?:single )?time|(?:in|for|across) (?:this|our|the whole|the entire) (?:repo|repository|project|codebase|code base|workspace|monorepo)|always|no exceptions|without exception)$/iu;
const WHENEVER =
  /^(?:whenever|every time|each time|any ?time|when(?=\s+(?:you|committing|writing|adding|creating|editing|naming|reviewing|testing|pushing|opening)\b.{1,120},\s*(?:please )?(?:always|never)\b))\s+/iu;
const DURABLE =
  /(?<![\w'’-])(?:always|never|do(?:n['’]?t| not) ever|from now on|from here on|going forward|moving forward|in future|in the future|whenever|every time|each time|any ?time|by default|as a (?:general )?rule|at all times|under no circumstances|no exceptions|stop \w{2,20}ing|no more \w+|(?:in|for|across) (?:this|our|the whole|the entire) (?:repo|repository|project|codebase|code base|workspace|monorepo)|(?:project|repo|team|house|standing) (?:rule|convention))(?![\w-])/iu;
const QUESTION_START =
  /^(?:why|what|when(?! (?:you|committing|writing|adding|creating|editing|naming|reviewing|testing|pushing|opening)\b)|where|who|which|how|is|are|was|were|does|do(?! not\b| never\b)|did|has|have|had|shouldn['’]?t|isn['’]?t|aren['’]?t|am i|should (?:we|i|it|this)|can (?:we|i|it|this)|could (?:we|i|it|this))\b/iu;
const POLITE_REQUEST = /^(?:can|could|would|will) you (?:please )?/iu;
const REPORTED =
  /\b(?:(?:he|she|they|it|docs?|documentation|readme|comment|message|error|spec|article|reviewer|copilot|bugbot) (?:says?|said|states?|told|mentions?|claims?|suggests?)|according to|i (?:thought|think|guess|assume[d]?|wonder|believe|remember|noticed|see|saw|feel|heard)|it seems|seems like|looks like|apparently)\b/iu;
const TASK_LOCAL =
  /\b(?:for now|right now|this time|just this once|only this once|this once|today|tonight|tomorrow|yesterday|temporar(?:y|ily)|for the moment|at the moment|meanwhile|in this (?:session|conversation|chat|case|pr|branch|commit|file|test|function|class|method|module|issue|task|step|example|one|version|change|component|directory|folder|line|table)|(?:for|on|to) this (?:pr|branch|commit|file|test|function|class|method|module|issue|task|step|one|case|change|ticket|feature|bug|component|page|session|conversation)|(?:issue|pr|ticket|bug|task|step|line|option|item|case|point|phase) ?#?\d+|#\d+|[A-Z]{2,8}-\d+|lines? \d+|the current (?:pr|branch|task|file|test|change|issue)|(?:the )?(?:above|below)|as above|see above|mentioned (?:above|earlier|before)|until (?:i|we|then|the)|before we (?:merge|release|ship)|for the (?:demo|release|migration|rest of (?:this|the)))\b/iu;
/** After "always" or "never": a state, not an action. */
const STATE_WORD =
  /^(?:the|a|an|this|that|these|those|been|good|nice|great|bad|right|wrong|true|false|null|empty|there|here|had|has|was|is|did|does|got|gets|seen|saw|heard|mind|ever|again|happy|welcome|worked|happened|happens|going|only|so|too|as|in|on|at|from|with|when|if|better|easier|possible|available|about|because|and|or|but|thought|knew|fully|really|actually|quite|enough)$/iu;
const YOU_SHOULD =
  /^(?:you|claude|the agent|agents?|subagents?)(?:['’]re| are)?\s+(?:should(?:n['’]?t)?|must(?:n['’]?t)?|need to|have to|may|can(?:not|['’]?t)?|shall|are (?:to|not to|allowed to|not allowed to)|['’]?re (?:to|not to)|supposed to|not supposed to|will|do(?:n['’]?t| not))(?: (?:please|also|only|not))?\s+/iu;
const I_WANT =
  /^i(?:['’]d| would| do| really| just)?(?: always| never| also)?\s+(?:want|need|expect|like|love|prefer|ask)(?: for)? (?:you|claude|agents?) (?:to|not to|never to|always to)\s+/iu;
const WE_DO =
  /^we(?: all)?(?: only)?\s+(always|never|only|use|do(?:n['’]?t| not)|prefer|follow|keep|write|avoid|put|name|run|commit|format|test)\s/iu;
const WE_ACT =
  /^(?:use|write|run|commit|push|name|put|place|keep|prefer|test|format|squash|rebase|merge|branch|deploy|tag|document|import|avoid|follow|lint|review|sign|pin|version|log|mock|wrap|translate|release|indent|sort|type|publish|ship|prefix|add|create|update|store|generate|build|install|target)$/iu;
const ARTEFACT =
  /^(?:all |every |each |any |new |our |the )?(?:\w+[ -]){0,2}?(?:commits?|commit messages?|commit titles?|branch(?:es)?|branch names?|prs?|pull requests?|pr (?:titles?|descriptions?)|tests?|test files?|migrations?|imports?|exports?|comments?|docs|docstrings?|doc comments?|changelogs?|changelog entries|release notes|releases|variables?|constants?|file ?names?|files?|folders?|components?|hooks?|endpoints?|routes?|handlers?|functions|methods|classes|types|interfaces|errors|error messages?|logs?|log messages?|strings|secrets?|credentials|dependencies|packages|scripts|fixtures|mocks|styles|translations|dates|timestamps|ids|answers?|replies|responses?|explanations?|summaries|code|sql|queries|configs?|env(?:ironment)? (?:vars?|variables)) (?:must|should|shall|need|needs|have|has|go|goes|live|lives|belong|belongs|are|is)\b/iu;
const FORBIDS = /\b(?:(?:do|should|must|ca|wo)n['’]?t|not|never|cannot)\b/iu;
const OBLIGES = /\b(?:must|should|shall|needs? to|ha(?:s|ve) to|always|never|belongs?|lives?|goes?)\b/iu;
const NEVER_EVER = /^(?:don['’]?t|do not) ever(?=\s)/iu;
const POINTER_OBJECT =
  /\b(?:that|this|it|those|these|them|so|there|here)(?=$|[\s]{0,2}[.,;!)]|\s+(?:again|anymore|ever|please|for|in|on|at|by|with|when|if|because|since|before|after|from|to|like|as|first|too|instead)\b)/iu;

/** Reads one English sentence. Pure; linear in its length. */
export function readEnglish(sentence: string): Reading {
  const text = withoutLeadIn(sentence);
  const remembered = REMEMBER.exec(text);
  if (remembered !== null) return readRemembered(text.slice(remembered[0].length));
  if (!DURABLE.test(text)) return NOTHING;
  if (isQuestion(sentence, text)) return refused(REASONS.question);
  const clause = durableClause(text.replace(POLITE_REQUEST, '').replace(/[?.!\s]+$/u, ''));
  if (isTaskLocal(clause)) return refused(REASONS.taskLocal);
  if (REPORTED.test(clause)) return refused(REASONS.reported);
  const reading = readClause(clause);
  return reading.kind === 'instruction' && pointsOutside(reading.rule) ? refused(REASONS.unclear) : reading;
}

/** Without "ok, ", "no, ", "please ": words that carry no rule. */
export function withoutLeadIn(sentence: string): string {
  let text = sentence.trim();
  for (let round = 0; round < 5; round += 1) {
    if (/^stop \w{2,20}ing\b/iu.test(text)) break;
    const shorter = text.replace(LEAD_IN, '').trim();
    if (shorter === '' || shorter === text) break;
    text = shorter;
  }
  return text;
}

/** True if the sentence confines itself to the task at hand. */
export function isTaskLocal(text: string): boolean {
  return TASK_LOCAL.test(text);
}

/** True if its object is a pronoun for something outside the sentence. */
export function pointsOutside(text: string): boolean {
  const conditional = /\b(?:when|if|whenever|every time|each time|before|after)\b/iu.test(text);
  if (conditional && !/\b(?:that|this|those|these)(?=$|\s{0,2}[.,;!)]|\s+again)/iu.test(text)) return false;
  return POINTER_OBJECT.test(text);
}

function isQuestion(sentence: string, text: string): boolean {
  if (QUESTION_START.test(text)) return true;
  return /\?["')\]]?$/u.test(sentence.trim()) && !POLITE_REQUEST.test(text);
}

function readRemembered(rest: string): Reading {
  const rule = rest.trim();
  if (/\?$/u.test(rule)) return refused(REASONS.question);
  if (
    /^(?:\w+ ){0,3}(?:we|you|i|he|they)\s+(?:did|had|discussed|talked|changed|fixed|made|saw|used to|mentioned|said)\b/iu.test(
      rule,
    )
  ) {
    return refused(REASONS.unclear);
  }
  if (isTaskLocal(rule)) return refused(REASONS.taskLocal);
  if (pointsOutside(rule)) return refused(REASONS.unclear);
  return { kind: 'instruction', strength: 'explicit', rule };
}

const CLAUSE_START =
  /(?:[,;–—]| -|\band\b|\bbut\b)\s+(?:and |but |also |please |then )*(?=(?:from now on|from here on|going forward|moving forward|in (?:the )?future|always|never|whenever|every time|each time|don['’]?t ever|do not ever|as a rule|stop \w{2,20}ing)\b)/iu;

/** The part that the durable word governs: "commit this, and from now on always run gofmt" → from "from now on". */
function durableClause(text: string): string {
  const split = CLAUSE_START.exec(text);
  if (split === null) return text;
  const tail = text.slice(split.index + split[0].length);
  const frequency = /^(?:always|never)\s+(\S+)/iu.exec(tail);
  const opens = frequency === null ? /\S\s+\S/u.test(tail) : isImperativeVerb(frequency[1] ?? '');
  return opens && !DURABLE.test(text.slice(0, split.index)) ? tail : text;
}

function readClause(text: string): Reading {
  const started = SCOPE_START.exec(text);
  if (started !== null) {
    const reading = readMood(withoutLeadIn(text.slice(started[0].length)), true);
    // "By default" is a part of the rule: it leaves room for exceptions.
    return reading.kind === 'instruction' && /^by default/iu.test(text) ? { ...reading, rule: text } : reading;
  }
  const when = WHENEVER.exec(text);
  if (when !== null) return readWhenever(text, text.slice(when[0].length));
  const ended = SCOPE_END.exec(text);
  if (ended !== null && ended.index > 0) return readMood(text.slice(0, ended.index), true);
  return readMood(text, false);
}

function readWhenever(whole: string, rest: string): Reading {
  const comma = rest.indexOf(',');
  const condition = comma < 0 ? '' : rest.slice(0, comma).trim();
  const main = comma < 0 ? '' : withoutLeadIn(rest.slice(comma + 1));
  if (comma < 0) {
    if (!/^you\s/iu.test(rest)) return refused(REASONS.behaviour);
    return rest.split(/\s+/u).slice(2).some(isImperativeVerb) ? accept(whole) : refused(REASONS.behaviour);
  }
  const reading = readMood(main.replace(/^then\s+/iu, ''), true);
  if (reading.kind !== 'instruction') return reading;
  return { ...accept(whole), applyWhen: condition };
}

type MoodReader = (text: string, scoped: boolean) => Reading | undefined;

/** Who is told what: an instruction to the agent, a convention of the team, or how a program behaves. First one decides. */
const MOODS: readonly MoodReader[] = [
  (text, scoped) => {
    const wanted = I_WANT.exec(text) ?? YOU_SHOULD.exec(text);
    return wanted === null ? undefined : readModal(text, wanted[0], scoped);
  },
  (text) => {
    if (!/^(?:always|never)\s/iu.test(text)) return undefined;
    return isAction(plainWord(text, 1)) ? accept(text) : refused(REASONS.behaviour);
  },
  (text) => (NEVER_EVER.test(text) ? accept(text.replace(NEVER_EVER, 'Never')) : undefined),
  (text) => (/^(?:under no circumstances|no more \w)/iu.test(text) ? accept(text) : undefined),
  (text) => (/^stop\s/iu.test(text) ? readStop(text) : undefined),
  (text, scoped) => (WE_DO.test(text) ? readWe(text, scoped) : undefined),
  (text, scoped) => {
    if (!isImperativeStart(text)) return undefined;
    return scoped || hasFrequency(text) ? accept(text) : NOTHING;
  },
  (text, scoped) => {
    if (!ARTEFACT.test(text) || !OBLIGES.test(text)) return undefined;
    return /^the\s/iu.test(text) && !scoped ? refused(REASONS.behaviour) : accept(text);
  },
];

function readMood(text: string, scoped: boolean): Reading {
  for (const mood of MOODS) {
    const reading = mood(text, scoped);
    if (reading !== undefined) return reading;
  }
  return refused(/^you\b/iu.test(text) ? REASONS.complaint : REASONS.behaviour);
}

function plainWord(text: string, index: number): string {
  return (text.split(/\s+/u)[index] ?? '').toLowerCase().replace(/[^\w'’-]/gu, '');
}

function readModal(text: string, lead: string, scoped: boolean): Reading {
  const rest = text.slice(lead.length);
  const negative = FORBIDS.test(lead);
  const always = /\balways\b/iu.test(lead);
  if (!scoped && !DURABLE.test(lead + rest)) return NOTHING;
  const opened = rest.replace(/^(?:be sure to|make sure to|remember to)\s+/iu, '');
  if (/^(?:always|never)\s/iu.test(opened)) return accept(opened);
  if (negative) return accept(`Never ${opened.replace(/^ever\s+/iu, '')}`);
  return accept(always ? `Always ${opened}` : opened);
}

function readStop(text: string): Reading {
  const verb = habitVerb(plainWord(text, 1));
  if (verb === undefined) return NOTHING;
  const rest = text.split(/\s+/u).slice(2).join(' ');
  return accept(`Do not ${verb} ${rest}`.trim());
}

function readWe(text: string, scoped: boolean): Reading {
  const [, verb = ''] = WE_DO.exec(text) ?? [];
  const after = text.replace(/^we(?: all)?\s+/iu, '');
  const next = (after.split(/\s+/u)[1] ?? '').toLowerCase();
  if (/^(?:always|never|only)$/iu.test(verb)) {
    return WE_ACT.test(next) && after.split(/\s+/u).length <= 22 ? accept(after) : refused(REASONS.behaviour);
  }
  if (!scoped) return NOTHING;
  if (/^do/iu.test(verb))
    return WE_ACT.test(next) || next === 'not'
      ? accept(after.replace(/^do(?:n['’]?t| not)/iu, 'Do not'))
      : refused(REASONS.behaviour);
  return accept(after);
}

function isImperativeStart(text: string): boolean {
  if (/^(?:do not|don['’]?t|make sure|be sure|only|prefer|no\s)/iu.test(text)) return true;
  return isImperativeVerb(plainWord(text, 0));
}

function hasFrequency(text: string): boolean {
  return (
    /^(?:make|be) sure\b.{0,24}\b(?:always|never)\b/iu.test(text) ||
    /^\w+\s+(?:\w+\s+){0,6}(?:always|never|at all times|every time|by default)\b/iu.test(text)
  );
}

function isAction(word: string): boolean {
  if (word === '' || STATE_WORD.test(word)) return false;
  if (isImperativeVerb(word)) return true;
  return !/(?:[^s]s|ed|ing|ly)$/iu.test(word);
}

function accept(text: string): Reading & { kind: 'instruction' } {
  return { kind: 'instruction', strength: 'durable', rule: text.trim() };
}

/**
 * An instruction without any durable word ("use the wrapper script, not the binary"), as a rule; undefined for anything
 * else. On its own it is about the task at hand: it takes recurrence to make a rule of it.
 */
export function readPlainInstruction(sentence: string): string | undefined {
  const text = withoutLeadIn(sentence)
    .replace(POLITE_REQUEST, '')
    .replace(/[.!\s]+$/u, '');
  if (/\?$/u.test(text) || QUESTION_START.test(text) || isTaskLocal(text) || REPORTED.test(text)) return undefined;
  if (pointsOutside(text)) return undefined;
  const wanted = I_WANT.exec(text) ?? YOU_SHOULD.exec(text);
  if (wanted !== null) {
    const rest = text.slice(wanted[0].length);
    return FORBIDS.test(wanted[0]) ? `Do not ${rest}` : rest;
  }
  if (/^(?:do not|don['’]?t)\s/iu.test(text)) return text.replace(/^(?:do not|don['’]?t)/iu, 'Do not');
  const [first = '', second = ''] = text.split(/\s+/u);
  if (first.toLowerCase() === 'stop') {
    const verb = habitVerb(second);
    return verb === undefined ? undefined : `Do not ${verb} ${text.split(/\s+/u).slice(2).join(' ')}`;
  }
  if (/^we (?:use|do(?:n['’]?t| not) use|never|always)\s/iu.test(text)) return text;
  return isImperativeVerb(first) || /^(?:never|always)$/iu.test(first) ? text : undefined;
}
