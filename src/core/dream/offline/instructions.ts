import type { CapturedSession, PromptEntry } from '../../sessions/session';
import { addedCues, chooseCategory, hasPhrase } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score, sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import type { Prose, Sentence } from '../text/prose';
import { jaccard, sameTopic } from '../text/similarity';
import { differsInValue, isNegative } from '../text/slots';
import { compareText, contentStems, oneSpace, words } from '../text/words';
import { isTaskLocal, pointsOutside, readEnglish } from './language/english';
import { readOtherLanguage } from './language/others';
import { NOTHING, REASONS, refused } from './language/reading';
import type { Reading } from './language/reading';
import { asDescription, asRule, asTitle, topicWords, whyQuoted } from './rule';
import { slugFrom } from './slugFrom';

const NAME = 'instructions';
const MAX_DISMISSED = 300;
/** Two statements are one rule at this Jaccard of their topic words. */
const SAME_RULE = 0.6;
const LIMITS = { minWords: 3, maxWords: 45, maxChars: 320 } as const;
const EXCEPTION =
  /^(?:except|unless|but (?:not|never|only|for)|(?:the )?only exception|exception|außer|salvo|excepto|sauf|exceto)(?!\p{L})/iu;
const REASON =
  /^(?:because|otherwise|since|that['’]s because|the reason|it (?:breaks|fails|messes)|or else|so that|weil|sonst|porque|car|parce que)(?!\p{L})/iu;
const LEAD =
  /^(?:(?:please )?(?:always|never|remember(?: (?:this|these|the following))?|from now on(?: always| never)?|going forward|in this (?:repo|project)|(?:project|repo|team|house) rules|rules for this (?:repo|project)))[,\s]{0,2}:$/iu;

interface Statement {
  readonly rule: string;
  readonly quote: QuoteEvidence;
  readonly stems: ReadonlySet<string>;
  readonly explicit: boolean;
  readonly applyWhen?: string;
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
    for (const entry of session.entries) {
      if (entry.kind === 'prompt' && entry.agent === undefined) this.prompt(session.header.id, entry);
    }
  }

  finish(): MinerResult {
    const groups = groupStatements(this.statements);
    const candidates: Candidate[] = [];
    for (const group of groups.current) {
      const made = this.candidate(group);
      if (typeof made === 'string') this.dismiss(group[0]?.rule ?? '', made, group[0]?.quote);
      else candidates.push(made);
    }
    for (const old of groups.superseded) this.dismiss(old.rule, 'a later statement says otherwise', old.quote);
    return { candidates, dismissed: this.dismissed };
  }

  private prompt(session: string, entry: PromptEntry): void {
    // A resumed or forked log repeats its prompts with the same time: one statement, not two.
    const key = `${entry.at} ${oneSpace(entry.text).slice(0, 500)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const prose = typedProse(entry);
    prose.sentences.forEach((sentence, index) => {
      if (!mayInstruct(prose, sentence)) return;
      const reading = this.read(sentence);
      if (reading.kind === 'none') return;
      const quote: QuoteEvidence = {
        kind: 'quote', session, entry: entry.id, by: 'user', quote: sentence.text, at: entry.at,
      }; // prettier-ignore
      if (reading.kind === 'refused') this.dismiss(sentence.text, reading.reason, quote);
      else this.keep(reading, quote, prose.sentences[index + 1]);
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

  private keep(reading: Reading & { kind: 'instruction' }, quote: QuoteEvidence, next: Sentence | undefined): void {
    const follows = next !== undefined && (EXCEPTION.test(next.text) || REASON.test(next.text));
    const said = follows ? { ...quote, quote: `${quote.quote} ${next.text}` } : quote;
    const raw = follows && EXCEPTION.test(next.text) ? `${asRule(reading.rule)} ${next.text}` : reading.rule;
    const rule = asRule(raw);
    if (!hasRuleSize(rule)) {
      this.dismiss(rule, REASONS.length, quote);
      return;
    }
    this.statements.push({
      rule,
      quote: said,
      stems: contentStems(rule),
      explicit: reading.strength === 'explicit',
      ...(reading.applyWhen === undefined ? {} : { applyWhen: reading.applyWhen }),
    });
  }

  private candidate(group: readonly Statement[]): Candidate | string {
    const first = group[0];
    if (first === undefined) return 'nothing was said';
    const choice = chooseCategory(
      this.context.schema,
      `${first.quote.quote} ${first.rule}`,
      first.explicit ? ['facts'] : [],
    );
    if (choice.kind === 'none') return choice.reason;
    const evidence = group.map((statement) => statement.quote);
    const when = first.applyWhen === undefined ? [] : [`**Apply when:** ${first.applyWhen}.`];
    const sessions = sessionsOf(evidence).size;
    return {
      kind: 'note',
      title: asTitle(first.rule),
      finding: {
        miner: NAME,
        category: choice.category.name,
        slug: slugFrom(topicWords(first.rule), first.rule, this.context.hasher),
        description: asDescription(first.rule),
        body: [first.rule, '', whyQuoted(evidence), ...when].join('\n'),
        evidence,
        trust: 'user',
        score: score({ evidence, trust: 'user', text: first.rule }),
        rationale: rationale(first, sessions),
        fingerprint: claimFingerprint(first.rule, this.context.hasher),
      },
    };
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

/** Statements of one meaning together, first said first; where two cannot both hold, the later one stands. */
function groupStatements(all: readonly Statement[]): {
  readonly current: readonly (readonly Statement[])[];
  readonly superseded: readonly Statement[];
} {
  const ordered = [...all].sort(
    (a, b) => compareText(a.quote.at, b.quote.at) || compareText(a.quote.entry, b.quote.entry),
  );
  const groups: Statement[][] = [];
  for (const statement of ordered) {
    const same = groups.find((group) => group[0] !== undefined && sameMeaning(group[0], statement));
    if (same === undefined) groups.push([statement]);
    else same.push(statement);
  }
  const lost = new Set<Statement[]>();
  for (const group of groups) {
    if (groups.some((other) => isLater(other, group) && contradicts(other[0], group[0]))) lost.add(group);
  }
  return { current: groups.filter((group) => !lost.has(group)), superseded: [...lost].flat() };
}

function sameMeaning(a: Statement, b: Statement): boolean {
  if (jaccard(a.stems, b.stems) < SAME_RULE) return false;
  return isNegative(a.rule) === isNegative(b.rule) && !differsInValue(a.rule, b.rule);
}

function contradicts(a: Statement | undefined, b: Statement | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return sameTopic(a.stems, b.stems) && differsInValue(a.rule, b.rule);
}

function isLater(a: readonly Statement[], b: readonly Statement[]): boolean {
  const [lastA, lastB] = [a.at(-1)?.quote.at ?? '', b.at(-1)?.quote.at ?? ''];
  return compareText(lastA, lastB) > 0;
}
