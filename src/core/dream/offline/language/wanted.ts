import { readPlainInstruction } from './english';
import { isTask } from './tasks';
import { isImperativeVerb } from './verbs';

/** What a complaint about work says of what is wanted, where it gives no plain order. */

/** "You left a console.log in": of a kind of thing, it tells what not to do. */
const YOU_DID =
  /^(?:(?:hey|and|again|oh|argh|ugh|no|but|look),? )?(?:you|u)(?:['’]ve| have)? (?:(?:again|just|still|also|once more|already) )?(left|put|added|used|wrote|made up|hardcoded|hard-coded|swallowed|mocked|committed|forgot|kept|introduced|invented|copied|pasted|inserted|placed|nested) ((?:an?|another|some|more|raw|hard-?coded) (?:[^,;.!?]|\.(?=\w)){2,60}|[^,;.!?\s]*[._/`-][^,;.!?]{1,60}?)(?: again| once more)?[.!]{0,3}$/iu;
const BASE: Readonly<Record<string, string>> = {
  left: 'leave', put: 'put', added: 'add', used: 'use', wrote: 'write', 'made up': 'make up', hardcoded: 'hardcode',
  'hard-coded': 'hard-code', swallowed: 'swallow', mocked: 'mock', committed: 'commit', forgot: 'leave', kept: 'keep',
  introduced: 'introduce', invented: 'invent', copied: 'copy', pasted: 'paste', inserted: 'insert', placed: 'place',
  nested: 'nest',
}; // prettier-ignore
/** "Forgot a …" of what is missing asks for it: a test, a comment. */
const MISSED =
  /\b(?:tests?|docs?|comments?|case|checks?|step|import|export|file|part|point|semicolon|comma|space|newline)\b/iu;

/** Where what was wrong ends and what to do begins. */
const PARTS = /[,;:!–—]\s{1,3}|\s-\s|\.\s{1,3}|!\s{0,3}/u;
const VERB_NOT =
  /^(?:the|an?|this|that|these|those|it|its|you|your|i|we|they|he|she|there|here|not|no|and|or|but|so|as|in|on|at|to|of|for|with|from|by|is|are|was|please|again|still|just|like|same|others?|everyone|nobody|people)$/iu;
/** A path, a file, a number: what a correction points to. */
const PLACE = /[\w-]{1,40}(?:[./][\w-]{1,40}){1,6}|\b\d{2,6}\b|`[^`]{1,60}`|\b[a-z]{2,20}-[a-z]{2,20}\b/u;
const OPENS_AMISS =
  /\b(?:wrong|nothing|again|broken|missing|lost|too (?:much|many|long|short)|not (?:it|right|how|what|where))\b/iu;

/** The rule in a complaint that tells in its last part what to do, or names what is not to be done; or undefined. */
export function wantedIn(sentence: string): string | undefined {
  const text = sentence.trim().replace(/[.!\s]{1,20}$/u, '');
  if (text.length > 200 || /\?$/u.test(text)) return undefined;
  const [, did = '', thing = ''] = YOU_DID.exec(text) ?? [];
  if (did !== '' && !(/^forgot$/iu.test(did) && MISSED.test(thing))) {
    return `Do not ${BASE[did.toLowerCase()] ?? did} ${thing.replace(/^(?:another|some|more) /iu, 'a ')}`;
  }
  const parts = text.split(PARTS).map((part) => part.trim());
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && isOrder(last) ? text : undefined;
}

function isOrder(part: string): boolean {
  if (isTask(part) || part.split(/\s+/u).length < 2) return false;
  if (readPlainInstruction(part) !== undefined) return true;
  const [first = '', second = ''] = part.split(/\s+/u);
  if (VERB_NOT.test(first) || !/^[a-z]{3,12}$/iu.test(first) || /(?:ed|ing|ly|s)$/iu.test(first)) return false;
  return isImperativeVerb(first) || /^(?:the|an?|it|with|to|from|into|in|our|all)$/iu.test(second);
}

const PLACED =
  /^(?:(?:the|our|its?|all|every) )?(?:[\w`./#-]{1,40} ){1,4}?(?:is|are|comes?|go(?:es)?|lives?|logs?|runs?|listens?|belongs?|sits?|has|have|do(?:es)?|makes?|writes?|holds?|knows?|contains?|reads?|serves?|stays?|starts?|ends?|answers?|uses?|wants?|needs?|expects?|sends?|builds?|stands?)\b(?! (?:broken|failing|red|slow|missing|still|now|again|done|ready))(?: |$)/iu;
/** Ids and what stands for a secret: no place. */
const OPAQUE = /\[redacted|\b[0-9a-f]{7,}-|\b[0-9a-f]{12,}\b/iu;
const OF_THE_DAY =
  /\b(?:now|still|today|yesterday|fails?|failed|failing|error|errors|broken|crash\w*|i|i['’]m|line \d+|because|line|shows?|says?|why|maybe|can you|could you|try|so)\b/iu;

/** "Metrics are on port 9102", "textkit already has it": says, after work was done, where a thing is or who does it. */
export function statesPlace(sentence: string): boolean {
  const text = sentence.trim().replace(/[.!\s]{1,20}$/u, '');
  if (text.length > 120 || /\?$/u.test(text) || OF_THE_DAY.test(text) || OPAQUE.test(text)) return false;
  if (pointsToExisting(text)) return true;
  const subject = /^(?:i|you|we|this|that|these|those|there|what|how|when|if)\b/iu.test(text);
  return !subject && PLACE.test(text) && PLACED.test(text);
}

const EXISTS =
  /^(?:there(?:['’]s| is| are)|there already (?:is|are)) (?:already )?(?:an?|the|our|some) .{3,80}(?:, (?:please )?(?:use|take|call|go through|reuse) (?:it|that|this|those|them)\b|\bfor (?:that|this|it)\b)|\b(?:already (?:does|has|exists|covers|handles|provides|knows|solves)|(?:has|does|covers|handles|provides) (?:it|one|this|that|them))\b/iu;

/** "There is a helper for that, use it": what was made exists already. */
export function pointsToExisting(sentence: string): boolean {
  return sentence.length <= 120 && EXISTS.test(sentence) && !/\?\W{0,3}$/u.test(sentence);
}

/** True if it names a place or a number, and says at the same time that something was wrong. */
export function isAmiss(sentence: string): boolean {
  return (
    OPENS_AMISS.test(sentence) && PLACE.test(sentence) && !/\b(?:looks?|seems?|feels?|think|have a)\b/iu.test(sentence)
  );
}
