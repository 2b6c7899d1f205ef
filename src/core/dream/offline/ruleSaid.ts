import type { QuoteEvidence } from '../finding';
import type { Note } from '../miner';
import type { Hasher } from '../../ports';
import { foundNote } from './foundNote';
import { topicWords, whyQuoted } from './rule';

/** A rule that a person stated, ready to be told. */
export interface ToldRule {
  readonly miner: string;
  readonly category: string;
  /** One or more sentences: the rule, and the exceptions to it. */
  readonly rule: string;
  readonly evidence: readonly QuoteEvidence[];
  /** What was said when the rule was worded, where others said much the same later in other words. */
  readonly source?: QuoteEvidence;
  readonly reason?: string;
  readonly applyWhen?: string;
  /** What held before it, as it was said: the newest such quote. */
  readonly before?: QuoteEvidence;
  readonly rationale: string;
}

/** The memory that tells a rule: the rule itself, why, with the user's words, and when it applies. */
export function noteOf(told: ToldRule, hasher: Hasher): Note {
  const { rule, reason, before, applyWhen } = told;
  const evidence = before === undefined ? told.evidence : [...told.evidence, before];
  const [first = rule] = rule.split(/(?<=[.!?])\s+(?=\p{Lu})|(?<=[。！？])/u);
  const quoted = whyQuoted(told.evidence) + firstSaid(told.source, whyQuoted(told.evidence));
  const why = reason === undefined ? quoted : quoted.replace('**Why:** ', () => `**Why:** ${sentence(reason)} `);
  const earlier =
    before === undefined ? '' : ` Before that${dayOf(before)}: “${before.quote.replace(/\s+/gu, ' ').trim()}”`;
  const when = applyWhen === undefined ? [] : [`**Apply when:** ${applyWhen}.`];
  return foundNote(
    {
      miner: told.miner,
      category: told.category,
      rule,
      title: first,
      topic: topicWords(first),
      named: first,
      lines: [why + earlier, ...when],
      evidence,
      trust: 'user',
      rationale: told.rationale,
      claim: rule,
    },
    hasher,
  );
}

/** A reviewer looks for the words of the rule: the newest quote may hold other ones. */
function firstSaid(source: QuoteEvidence | undefined, quoted: string): string {
  if (source === undefined) return '';
  const words = source.quote.replace(/\s+/gu, ' ').trim();
  return quoted.includes(words) ? '' : ` First said${dayOf(source)}: “${words}”`;
}

function dayOf(quote: QuoteEvidence): string {
  return quote.at === '' ? '' : `, on ${quote.at.slice(0, 10)}`;
}

function sentence(reason: string): string {
  const text = reason.trim();
  const start = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?。！？]$/u.test(start) ? start : `${start}.`;
}
