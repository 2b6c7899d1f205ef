import type { CapturedSession, PromptEntry } from '../../sessions/session';
import { addedCues, categoryOfRule, hasPhrase } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import type { Prose, Sentence } from '../text/prose';
import { sameTopic } from '../text/similarity';
import { complements, differsInValue, isNegative } from '../text/slots';
import { compareText, contentStems, oneSpace, words } from '../text/words';
import { isTaskLocal, pointsOutside, readEnglish } from './language/english';
import { readOtherLanguage } from './language/others';
import { NOTHING, REASONS, refused } from './language/reading';
import type { Reading } from './language/reading';
import { saysOnlyScope } from './language/englishScopes';
import { reasonIn, splitReason } from './language/reasons';
import { isImperativeVerb } from './language/verbs';
import { hasOtherAim, isOtherValue } from './otherValue';
import { asidesIn, pointedAt } from './pointedBack';
import { asRule } from './rule';
import { sameRule, topicOf } from './ruleGroups';
import { noteOf } from './ruleSaid';

const NAME = 'instructions';
const MAX_DISMISSED = 300;
const LIMITS = { minWords: 3, maxWords: 45, maxChars: 320 } as const;
const EXCEPTION =
  /^(?:except|unless|but (?:not|never|only|for|in|on|when|if|inside|within|under)|(?:the )?(?:only|one|single|sole) exception|exceptions?(?=\s?[:is])|apart from|with the exception|(?:only )?in (?:tests|scripts|fixtures|examples) (?:it|that|this)(?:['’]s| is) (?:fine|ok(?:ay)?|allowed)|außer|au(?:ß|ss)er|ausnahme|aber (?:nicht|in|bei)|nur in|salvo|excepto|pero (?:no|en)|la excepci(?:ó|o)n|sauf|mais (?:pas|dans)|l['’]exception|exceto|mas (?:n(?:ã|a)o|em|nos?|nas?))(?!\p{L})|^(?:除了|除非|但(?:是)?(?:在|测试|不)|例外)|^(?:ただし|例外|但し)/iu;
/** The scope of the sentence before, as a sentence of its own: "Ever." */
const TRAILING =
  /^(?:ever|never|always|period|full stop|no exceptions?|every (?:single )?time|from now on|in this (?:repo|project)|niemals|immer|nunca|siempre|jamais|toujours|sempre)[.!]{0,3}$/iu;
const LEAD =
  /^(?:(?:please )?(?:always|never|remember(?: (?:this|these|the following))?|from now on(?: always| never)?|going forward|in this (?:repo|project)|(?:project|repo|team|house) rules|rules for this (?:repo|project)))[,\s]{0,2}:$/iu;

interface Statement {
  readonly rule: string;
  readonly quote: QuoteEvidence;
  /** Where they asked to remember it, if that was in a later prompt. */
  readonly asked?: QuoteEvidence;
  readonly stems: ReadonlySet<string>;
  readonly explicit: boolean;
  readonly applyWhen?: string;
  readonly reason?: string;
}

interface Told {
  readonly entry: PromptEntry;
  readonly prose: Prose;
}

/** What the user said with durable scope, and what they asked to remember. */
export const instructionsMiner: Miner = { name: NAME, begin: (context) => new InstructionsRun(context) };

class InstructionsRun implements MinerRun {
  private readonly statements: Statement[] = [];
  private readonly dismissed: Dismissed[] = [];
  private readonly seen = new Set<string>();

  private readonly cues: readonly string[];

  constructor(private readonly context: MinerContext) {
    this.cues = addedCues(context.schema);
  }

  session(session: CapturedSession): void {
    let before: Told | undefined;
    for (const entry of session.entries) {
      if (entry.kind !== 'prompt' || entry.agent !== undefined) continue;
      const told = { entry, prose: typedProse(entry) };
      this.prompt(session.header.id, told, before);
      before = told;
    }
  }

  finish(): MinerResult {
    const groups = groupStatements(this.statements);
    const candidates: Candidate[] = [];
    for (const group of groups.current) {
      const made = this.candidate(group);
      if (typeof made === 'string') this.dismiss(group.said[0]?.rule ?? '', made, group.said[0]?.quote);
      else candidates.push(made);
    }
    for (const old of groups.superseded) this.dismiss(old.rule, 'a later statement says otherwise', old.quote);
    return { candidates, dismissed: this.dismissed };
  }

  private prompt(session: string, { entry, prose }: Told, before: Told | undefined): void {
    // A resumed or forked log repeats its prompts with the same time: one statement, not two.
    const key = `${entry.at} ${oneSpace(entry.text).slice(0, 500)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const quoteOf = (from: PromptEntry, text: string): QuoteEvidence => ({
      kind: 'quote', session, entry: from.id, by: 'user', quote: text, at: from.at,
    }); // prettier-ignore
    let used = 0;
    prose.sentences.forEach((sentence, index) => {
      if (index < used || !mayInstruct(prose, sentence)) return;
      for (const aside of asidesIn(sentence.text)) {
        const reading = readEnglish(aside);
        if (reading.kind === 'instruction') this.keep(reading, quoteOf(entry, aside), [], 0);
      }
      const back = pointedAt(prose, index, before?.prose);
      if (back !== undefined) {
        const reading = { kind: 'instruction', strength: 'explicit', rule: back.rule } as const;
        const asked = quoteOf(entry, sentence.text);
        if (!back.earlier) this.keep(reading, { ...asked, quote: `${back.quote} ${sentence.text}` }, [], 0);
        else if (before !== undefined) this.keep(reading, quoteOf(before.entry, back.quote), [], 0, asked);
        return;
      }
      const said = withScope(sentence, prose.sentences[index + 1]);
      const reading = this.read(said);
      if (reading.kind === 'none') return;
      const quote = quoteOf(entry, said.quote);
      if (reading.kind === 'refused') this.dismiss(sentence.text, reading.reason, quote);
      else used = this.keep(reading, quote, prose.sentences, index + said.sentences);
    });
  }

  private read(sentence: Sentence): Reading {
    const { text, lead } = sentence;
    const led = lead !== undefined && LEAD.test(lead) ? `${lead.replace(/[\s:：]{1,40}$/u, '')} ${text}` : text;
    const reading = readEnglish(led);
    if (reading.kind !== 'none') return reading;
    const other = readOtherLanguage(led);
    return other.kind === 'none' ? this.readByCue(text) : other;
  }

  /** A phrase that the schema names makes a sentence durable, whatever the built-in words say. */
  private readByCue(text: string): Reading {
    if (!this.cues.some((cue) => hasPhrase(text, cue))) return NOTHING;
    if (/[?？]\s*$/u.test(text)) return refused(REASONS.question);
    if (isTaskLocal(text)) return refused(REASONS.taskLocal);
    if (pointsOutside(text)) return refused(REASONS.unclear);
    return { kind: 'instruction', strength: 'durable', rule: text };
  }

  /** Keeps the rule with the exceptions and reasons that follow; returns the index of the first sentence after them. */
  private keep(
    reading: Reading & { kind: 'instruction' },
    quote: QuoteEvidence,
    sentences: readonly Sentence[],
    from: number,
    asked?: QuoteEvidence,
  ): number {
    const split = splitReason(reading.rule);
    let [rule, said, reason, next] = [asRule(split.claim), quote.quote, split.reason, from];
    for (; next < from + 3; next += 1) {
      const text = sentences[next]?.text;
      if (text === undefined) break;
      const given = reasonIn(text);
      if (given === undefined && !EXCEPTION.test(text)) break;
      if (given === undefined) rule = `${rule} ${asRule(text)}`;
      else reason ??= given;
      said = `${said} ${text}`;
    }
    if (!hasRuleSize(rule)) {
      this.dismiss(rule, REASONS.length, quote);
      return next;
    }
    this.statements.push({
      rule,
      quote: { ...quote, quote: said },
      stems: topicOf(rule),
      explicit: reading.strength === 'explicit',
      ...(asked === undefined ? {} : { asked }),
      ...(reason === undefined ? {} : { reason }),
      ...(reading.applyWhen === undefined ? {} : { applyWhen: reading.applyWhen }),
    });
    return next;
  }

  private candidate({ said, before }: Group): Candidate | string {
    const { first, ban } = leadOf(said);
    if (first === undefined) return 'nothing was said';
    const choice = categoryOfRule(
      this.context.schema,
      { rule: first.rule, quote: first.quote.quote },
      first.explicit && !isOrder(first.rule) ? ['facts'] : [],
    );
    if (choice.kind === 'none') return choice.reason;
    const evidence = said.flatMap(({ quote, asked }) => (asked === undefined ? [quote] : [quote, asked]));
    const reason = said.findLast((one) => one.reason !== undefined)?.reason;
    return noteOf(
      {
        miner: NAME,
        category: choice.category.name,
        rule: ban === undefined ? first.rule : `${first.rule} ${ban.rule}`,
        evidence,
        source: first.quote,
        ...(reason === undefined ? {} : { reason }),
        ...(first.applyWhen === undefined ? {} : { applyWhen: first.applyWhen }),
        ...(before === undefined ? {} : { before: before.quote }),
        rationale: rationale(first, sessionsOf(evidence).size),
      },
      this.context.hasher,
    );
  }

  private dismiss(summary: string, reason: string, quote: QuoteEvidence | undefined): void {
    if (this.dismissed.length >= MAX_DISMISSED) return;
    this.dismissed.push({
      miner: NAME,
      summary: summary.slice(0, 160),
      reason,
      ...(quote === undefined ? {} : { session: quote.session, entry: quote.entry }),
    });
  }
}

/** What to do instead says more than what not to do: it leads, and the ban stands after it. */
function leadOf(said: readonly Statement[]): { readonly first: Statement | undefined; readonly ban?: Statement } {
  const [first] = said;
  const ban = said.find(({ rule }) => isNegative(rule));
  const positive = said.find(({ rule }) => !isNegative(rule) && ban !== undefined && complements(rule, ban.rule));
  return positive === undefined || ban === undefined ? { first } : { first: positive, ban };
}

function mayInstruct(prose: Prose, sentence: Sentence): boolean {
  if (prose.kind === 'document') return false;
  if (prose.kind === 'speech') return true;
  return (
    sentence.edge &&
    !sentence.listItem &&
    /\b(?:from now on|going forward|always|never|remember)\b/iu.test(sentence.text)
  );
}

function hasRuleSize(rule: string): boolean {
  if (rule.length > LIMITS.maxChars) return false;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(rule)) return rule.length >= 5;
  const count = words(rule).length;
  return count >= LIMITS.minWords && count <= LIMITS.maxWords && contentStems(rule).size >= 2;
}

function rationale(first: Statement, sessions: number): string {
  const how = first.explicit ? 'asked to remember it' : 'said it with words that outlast a task';
  return sessions > 1 ? `The user ${how}, in ${sessions} sessions.` : `The user ${how}.`;
}

interface Group {
  readonly said: readonly Statement[];
  /** The last statement that said otherwise before. */
  readonly before?: Statement;
}

/** Statements of one meaning together, first said first; where two cannot both hold, the later one stands. */
function groupStatements(all: readonly Statement[]): {
  readonly current: readonly Group[];
  readonly superseded: readonly Statement[];
} {
  const ordered = [...all].sort(
    (a, b) => compareText(a.quote.at, b.quote.at) || compareText(a.quote.entry, b.quote.entry),
  );
  const groups: Statement[][] = [];
  for (const statement of ordered) {
    const same = groups.find((group) => group[0] !== undefined && sameRule(group[0], statement));
    if (same === undefined) groups.push([statement]);
    else same.push(statement);
  }
  const lost = new Map<Statement[], Statement[]>();
  for (const group of groups) {
    const winner = groups.find((other) => isLater(other, group) && contradicts(other[0], group[0]));
    if (winner !== undefined) lost.set(group, winner);
  }
  const current = groups
    .filter((group) => !lost.has(group))
    .map((said) => {
      const before = [...lost]
        .filter(([, winner]) => winner === said)
        .flatMap(([group]) => group.slice(-1))
        .at(-1);
      return { said, ...(before === undefined ? {} : { before }) };
    });
  return { current, superseded: [...lost.keys()].flat() };
}

/** A sentence, with the next one where that only says how long it holds. */
function withScope(sentence: Sentence, next: Sentence | undefined): Sentence & { quote: string; sentences: number } {
  if (next === undefined || !(TRAILING.test(next.text) || saysOnlyScope(next.text)))
    return { ...sentence, quote: sentence.text, sentences: 1 };
  const text = `${sentence.text.replace(/[.!\s]{1,20}$/u, '')}, ${next.text.toLowerCase()}`;
  return { ...sentence, text, quote: `${sentence.text} ${next.text}`, sentences: 2 };
}

function isOrder(rule: string): boolean {
  const [head = ''] = rule.split(/\s/u);
  return isImperativeVerb(head) || /^(?:always|never|do|prefer|only|you|keep|we)$/iu.test(head);
}

function contradicts(a: Statement | undefined, b: Statement | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (isOtherValue(a.rule, b.rule)) return true;
  return sameTopic(a.stems, b.stems) && differsInValue(a.rule, b.rule) && !hasOtherAim(a.rule, b.rule);
}

function isLater(a: readonly Statement[], b: readonly Statement[]): boolean {
  const [lastA, lastB] = [a.at(-1)?.quote.at ?? '', b.at(-1)?.quote.at ?? ''];
  return compareText(lastA, lastB) > 0;
}
