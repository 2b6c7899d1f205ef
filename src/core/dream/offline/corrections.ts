import { isCorrection } from '../../sessions/corrections';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession, PromptEntry, ResultEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { categoryOfRule } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import { compareText, oneSpace } from '../text/words';
import { readEnglish, readPlainInstruction } from './language/english';
import { INSISTS, readCorrected, withoutCorrectionLead } from './language/corrected';
import { readOtherLanguage, readPlainOther } from './language/others';
import { splitReason } from './language/reasons';
import { asRule } from './rule';
import { sameRule, topicOf } from './ruleGroups';
import { noteOf } from './ruleSaid';

const NAME = 'corrections';
const MIN_SESSIONS = 2;
const MAX_DISMISSED = 300;
const FORBIDS_OR_REPLACES =
  /^(?:please |no,? |and |but )?(?:don['’]?t|do not|never|stop \w{2,20}ing|you (?:should|must)(?:n['’]?t| not|[^.]{0,80} instead of))\b|\b(?:instead of|rather than)\b|, not \w/iu;
/** Refusing these tools is an answer, not a correction: a plan sent back, a question answered in other words. */
const ANSWERS: ReadonlySet<string> = new Set(['ExitPlanMode', 'exit_plan_mode', 'AskUserQuestion', 'EnterPlanMode']);

interface Correction {
  readonly rule: string;
  readonly quote: QuoteEvidence;
  readonly stems: ReadonlySet<string>;
  readonly denied: boolean;
  /** "Again", "I told you": says itself that it was said before. */
  readonly insists: boolean;
  readonly reason?: string;
}

/** What the user corrected, or refused with a reason, in the same sense in at least two sessions. */
export const correctionsMiner: Miner = { name: NAME, begin: (context) => new CorrectionsRun(context) };

class CorrectionsRun implements MinerRun {
  private readonly corrections: Correction[] = [];
  private readonly dismissed: Dismissed[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const id = session.header.id;
    for (const { prompt, index } of beats) {
      if (prompt !== undefined && prompt.agent === undefined) this.prompt(id, prompt, index > 0);
    }
    const tools = new Map<string, string>();
    for (const entry of session.entries) {
      if (entry.kind === 'call') tools.set(entry.callId, entry.tool);
      else if (entry.kind === 'result' && entry.denied !== undefined && isRefusable(tools.get(entry.callId))) {
        this.denial(id, entry, entry.denied.reason);
      }
    }
  }

  finish(): MinerResult {
    const ordered = [...this.corrections].sort(
      (a, b) => compareText(a.quote.at, b.quote.at) || compareText(a.quote.entry, b.quote.entry),
    );
    const groups: Correction[][] = [];
    for (const correction of ordered) {
      const group = groups.find(([first]) => first !== undefined && sameRule(first, correction));
      if (group === undefined) groups.push([correction]);
      else group.push(correction);
    }
    const candidates: Candidate[] = [];
    for (const group of groups) {
      const made = this.candidate(group);
      if (typeof made !== 'string') candidates.push(made);
      else this.dismiss(group[0]?.rule ?? '', made, group[0]?.quote);
    }
    return { candidates, dismissed: this.dismissed };
  }

  private prompt(session: string, entry: PromptEntry, answers: boolean): void {
    const prose = typedProse(entry);
    if (prose.kind !== 'speech') return;
    const corrects = answers && (isCorrection(typedText(entry)) || INSISTS.test(typedText(entry).slice(0, 240)));
    for (const sentence of prose.sentences) {
      // What is only asked for recurs with every task; what is forbidden, or wanted instead, recurs when it was not heard.
      if (!corrects && !FORBIDS_OR_REPLACES.test(sentence.text)) continue;
      this.collect(
        sentence.text,
        { kind: 'quote', session, entry: entry.id, by: 'user', quote: sentence.text, at: entry.at },
        false,
      );
    }
  }

  private denial(session: string, entry: ResultEntry, reason: string): void {
    const prose = typedProse({ text: reason });
    if (prose.kind !== 'speech') return;
    for (const sentence of prose.sentences) {
      this.collect(
        sentence.text,
        { kind: 'quote', session, entry: entry.id, by: 'user', quote: sentence.text, at: entry.at },
        true,
      );
    }
  }

  private collect(said: string, quote: QuoteEvidence, denied: boolean): void {
    const key = `${quote.at} ${oneSpace(said)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { text, insists } = withoutCorrectionLead(said);
    const other = readOtherLanguage(text);
    const raw =
      readPlainInstruction(text) ??
      durableRule(text) ??
      (other.kind === 'instruction' ? other.rule : undefined) ??
      readPlainOther(text) ??
      readCorrected(text);
    if (raw === undefined) return;
    const { claim, reason } = splitReason(raw);
    const stems = topicOf(claim);
    if (stems.size < 2 || claim.length > 240) return;
    this.corrections.push({
      rule: asRule(claim),
      quote,
      stems,
      denied,
      insists,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  private candidate(group: readonly Correction[]): Candidate | string {
    const evidence = group.map((correction) => correction.quote);
    const sessions = sessionsOf(evidence).size;
    // Said again within one session, it is the same task that was not heard.
    const insisted = group.some((one) => one.insists) && group.length === 1;
    if (sessions < MIN_SESSIONS && !insisted) return 'said once, and without words that outlast a task';
    // The words given with a refusal are the clearest; then the shortest statement, which carries the least of its day.
    const best = [...group].sort(
      (a, b) => Number(b.denied) - Number(a.denied) || a.rule.length - b.rule.length || compareText(a.rule, b.rule),
    )[0];
    if (best === undefined) return 'nothing was said';
    const choice = categoryOfRule(this.context.schema, { rule: best.rule, quote: best.quote.quote });
    if (choice.kind === 'none') return choice.reason;
    const reason = best.reason ?? group.find((one) => one.reason !== undefined)?.reason;
    const refusedToo = group.some((one) => one.denied) ? ', and refused a tool call over it' : '';
    const often =
      sessions < MIN_SESSIONS ? 'and said that it was not the first time' : `in ${sessions} sessions${refusedToo}`;
    return noteOf(
      {
        miner: NAME,
        category: choice.category.name,
        rule: best.rule,
        evidence,
        ...(reason === undefined ? {} : { reason }),
        rationale: `The user corrected this ${often}.`,
      },
      this.context.hasher,
    );
  }

  private dismiss(summary: string, reason: string, quote: QuoteEvidence | undefined): void {
    if (this.dismissed.length >= MAX_DISMISSED || quote === undefined) return;
    this.dismissed.push({
      miner: NAME,
      summary: summary.slice(0, 160),
      reason,
      session: quote.session,
      entry: quote.entry,
    });
  }
}

/** A refusal whose call the log lost may have been an answer: it does not count. */
function isRefusable(tool: string | undefined): boolean {
  return tool !== undefined && !ANSWERS.has(tool);
}

function durableRule(text: string): string | undefined {
  const reading = readEnglish(text);
  return reading.kind === 'instruction' ? reading.rule : undefined;
}
