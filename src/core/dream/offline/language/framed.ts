import { FORBIDS } from './englishCues';
import { isFactTold } from './factsTold';
import { isNorm } from './englishNorms';
import { unframed } from './frames';
import { isTask } from './tasks';
import { isImperativeVerb } from './verbs';
import { WORK_THING } from './workThings';

/** A rule that lasts by what was said around it. */
export interface FramedRule {
  readonly rule: string;
  readonly explicit: boolean;
  /** The part to look at for what points outside of the sentence or confines it. */
  readonly core: string;
}

/** Never the verb of an order. */
const NO_VERB =
  /^(?:the|an?|this|that|these|those|it|its|they|them|he|she|you|your|i|me|my|we|us|our|there|here|what|why|how|who|when|where|which|is|are|was|were|be|been|am|did|does|has|have|had|can|could|should|would|will|shall|may|might|must|if|because|since|and|or|but|so|as|in|on|at|to|of|for|with|from|by|into|about|than|then|yes|ok|okay|just|still|too|very|more|less|again|also|all|some|any|every|each|both|one|two|most|many|few|other|another|someone|nobody|nothing|everything|everyone|load|pressure|fire|way|reason|sign|trace)$/iu;
const NO_BASE_FORM = /(?:ed|ing|ly|tion|ness|ment|ity|ance|ence|able|ible|ful|ous|(?<!s|u|i)s)$/iu;
const FINITE =
  /^(?:is|are|was|were|has|have|had|does|did|can|could|will|would|should|must|may|might|seems?|looks?|comes?|goes|fails?|works?|gets?|never|always|of|in)$/iu;
const PROGRAM =
  /^(?:return|render|show|display|send|throw|emit|print|reply|redirect|open|close|load|play|animate|scroll|crash|fail|reload|refresh)$/iu;
const CONDITION = /^(?:when|if|before|after|once|whenever|unless|while)\b[^,]{3,80}, (?:please |then )?(\S+) (\S+)/iu;
const POINTED = /^\S+ (?:this|that|these|those|it|them)\b/iu;
const DEFINITE = /^\S+ (?:the|this|that|these|those|it|them)\b/iu;
const GATES =
  /^(?:log (?:in|on|into|out)\b|access|see|click|view|visit|enter|sign|open|press|submit|connect)(?![\w-])/iu;
/** Something was cut off that belongs to it. */
const TORN =
  /^(?:but|and|or|stop|quit)\b|\b(?:to|from|of|with|and|or|in|for|as|is|are|be|not|than|by|the|a|an|at|on)$|\b(?:fails?|failed|failing|breaks?|broken|crash(?:es)?|hangs?|blank)$/iu;
const ORDERS = /^(?:do not|don['’]?t|never|no|only|avoid|always|prefer|make sure|let)\s/iu;

/** The rule in a sentence that says around it that it lasts; undefined for anything else. Pure, linear. */
export function framedRule(sentence: string): FramedRule | undefined {
  const framed = unframed(sentence);
  if (framed === undefined) return undefined;
  const { core, rule, force, strong } = framed;
  if (core.split(/\s+/u).length < 2 || core.length > 300 || TORN.test(core)) return undefined;
  if (force === 'ban') return bannedIn(core, strong);
  if (force === 'memo' && isFactTold(core, 'asked')) return { rule, explicit: true, core };
  const said = core.replace(/^to (?=[a-z]{2,14} )/iu, '');
  return isLasting(said, strong)
    ? { rule: rule.replace(core, said), explicit: force === 'memo', core: said }
    : undefined;
}

function bannedIn(core: string, strong: boolean): FramedRule | undefined {
  const ing = /^(\w{2,20})ing\b/iu.exec(core);
  const [first = '', second = ''] = core.split(/\s+/u);
  if (ing === null && !isOrderWord(first, second, true)) return undefined;
  if (strong ? POINTED.test(core) : DEFINITE.test(core) || GATES.test(core)) return undefined;
  return { rule: `Never ${core.replace(/^ever /iu, '')}`, explicit: false, core };
}

function isLasting(core: string, strong: boolean): boolean {
  const conditional = CONDITION.exec(core);
  if (conditional !== null) return isOrderWord(conditional[1] ?? '', conditional[2] ?? '', strong);
  const [first = '', second = ''] = core.split(/\s+/u);
  if (!strong && isTask(core)) return false;
  if (ORDERS.test(core)) return true;
  if (isOrderWord(first, second, strong)) return strong || (!PROGRAM.test(first) && isOfWork(core));
  return isNorm(core) || (strong && isStated(core));
}

function isOfWork(core: string): boolean {
  return WORK_THING.test(core) || !/^\S+ (?:the|this|that|a|an)\b/iu.test(core);
}

/** The base form of a verb, known or not; after strong words an unknown one, too. */
function isOrderWord(word: string, next: string, strong: boolean): boolean {
  const plain = word.toLowerCase().replace(/[,:;]$/u, '');
  if (FINITE.test(next)) return false;
  if (isImperativeVerb(plain)) return true;
  return strong && /^[a-z]{3,14}(?:-[a-z]{2,10})?$/u.test(plain) && !NO_VERB.test(plain) && !NO_BASE_FORM.test(plain);
}

/** "Tests live next to …", "we …": what is so, of a kind of thing. */
function isStated(core: string): boolean {
  if (
    /\b(?:now|just|already|currently|again|still|wrong|broken|fail\w{0,3}|errors?|crash\w{0,3}|was|were|did|had)\b/iu.test(
      core,
    )
  )
    return false;
  if (
    /^we (?!can|could|should|would|might|may|will|need|want|had|were|are|did|was|just|have|got|see)[a-z]/iu.test(core)
  )
    return true;
  if (/^(?:all|every|each|any|no|only|our|nobody|nothing)\s/iu.test(core)) return true;
  return (
    WORK_THING.test(core.split(/\s+/u).slice(0, 3).join(' ')) &&
    (FORBIDS.test(core) || !/^(?:the|this|that|it)\b/iu.test(core))
  );
}
