import type { CapturedSession, PromptEntry } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import { sharedCount } from '../text/similarity';
import { compareText, contentStems, oneSpace } from '../text/words';
import { readDecision } from './language/decisions';
import { reasonIn } from './language/reasons';
import { asRule } from './rule';
import { noteOf } from './ruleSaid';

const NAME = 'decisions';
const MAX_DISMISSED = 200;

interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
  readonly rule: string;
  readonly reason?: string;
  readonly quote: QuoteEvidence;
}

/** What the user chose over an alternative that they named. The newest choice between two things stands. */
export const decisionsMiner: Miner = { name: NAME, begin: (context) => new DecisionsRun(context) };

class DecisionsRun implements MinerRun {
  private readonly choices: Choice[] = [];
  private readonly dismissed: Dismissed[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    for (const entry of session.entries) {
      if (entry.kind === 'prompt' && entry.agent === undefined) this.prompt(session.header.id, entry);
    }
  }

  finish(): MinerResult {
    const groups: Choice[][] = [];
    const ordered = [...this.choices].sort(
      (a, b) => compareText(a.quote.at, b.quote.at) || compareText(a.quote.entry, b.quote.entry),
    );
    for (const choice of ordered) {
      const same = groups.find((group) => group[0] !== undefined && isSameQuestion(group[0], choice));
      if (same === undefined) groups.push([choice]);
      else same.push(choice);
    }
    const candidates: Candidate[] = [];
    for (const group of groups) {
      const made = this.candidate(group);
      if (made !== undefined) candidates.push(made);
    }
    return { candidates, dismissed: this.dismissed };
  }

  private prompt(session: string, entry: PromptEntry): void {
    const key = `${entry.at} ${oneSpace(entry.text).slice(0, 500)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const prose = typedProse(entry);
    if (prose.kind !== 'speech') return;
    prose.sentences.forEach(({ text }, index) => {
      const reading = readDecision(text);
      if (reading.kind === 'none') return;
      const quote: QuoteEvidence = { kind: 'quote', session, entry: entry.id, by: 'user', quote: text, at: entry.at };
      if (reading.kind === 'refused') {
        this.dismiss(text, reading.reason, quote);
        return;
      }
      const next = prose.sentences[index + 1]?.text;
      const given = next === undefined ? undefined : reasonIn(next);
      const reason = reading.reason ?? given;
      this.choices.push({
        chosen: contentStems(reading.chosen),
        refused: contentStems(reading.refused),
        rule: asRule(ruleOf(reading.chosen, reading.refused)),
        quote: given === undefined ? quote : { ...quote, quote: `${text} ${next}` },
        ...(reason === undefined ? {} : { reason }),
      });
    });
  }

  private candidate(group: readonly Choice[]): Candidate | undefined {
    const last = group.at(-1);
    if (last === undefined) return undefined;
    const same = group.filter((one) => sharedCount(one.chosen, last.chosen) > 0);
    const before = group.findLast((one) => !same.includes(one));
    if (before !== undefined) this.dismiss(before.rule, 'a later choice says otherwise', before.quote);
    const choice = placeIn(this.context.schema, ['decisions', 'conventions'], last.rule);
    if (choice.kind === 'none') {
      this.dismiss(last.rule, choice.reason, last.quote);
      return undefined;
    }
    const evidence = same.map((one) => one.quote);
    const sessions = sessionsOf(evidence).size;
    const reason = same.findLast((one) => one.reason !== undefined)?.reason;
    return noteOf(
      {
        miner: NAME,
        category: choice.category.name,
        rule: last.rule,
        evidence,
        ...(reason === undefined ? {} : { reason }),
        ...(before === undefined ? {} : { before: before.quote }),
        rationale: `The user chose it over an alternative${sessions > 1 ? `, in ${sessions} sessions` : ''}.`,
      },
      this.context.hasher,
    );
  }

  private dismiss(summary: string, reason: string, quote: QuoteEvidence): void {
    if (this.dismissed.length >= MAX_DISMISSED) return;
    const { session, entry } = quote;
    this.dismissed.push({ miner: NAME, summary: summary.slice(0, 160), reason, session, entry });
  }
}

function ruleOf(chosen: string, refused: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(chosen)
    ? `${chosen} ← ${refused}`
    : chosenAs(chosen.replace(/^we (?:do|use|keep|take) /iu, ''), refused);
}

/** "To store money as cents instead of decimals" is told as what to do. */
function chosenAs(chosen: string, refused: string): string {
  const verb = /^to (?=[a-z]{2,14} \S)/iu.exec(chosen);
  return verb === null ? `Use ${chosen}, not ${refused}` : `${chosen.slice(verb[0].length)} instead of ${refused}`;
}

/** The same two things, whichever of them won. */
function isSameQuestion(a: Choice, b: Choice): boolean {
  const [all, other] = [union(a), union(b)];
  return (
    (sharedCount(a.chosen, b.chosen) > 0 && sharedCount(a.refused, b.refused) > 0) ||
    (sharedCount(a.chosen, b.refused) > 0 && sharedCount(a.refused, b.chosen) > 0) ||
    sharedCount(all, other) >= Math.min(all.size, other.size)
  );
}

function union(choice: Choice): ReadonlySet<string> {
  return new Set([...choice.chosen, ...choice.refused]);
}
