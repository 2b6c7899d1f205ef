import { isCorrection } from '../../sessions/corrections';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession, PromptEntry, ResultEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { chooseCategory } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score, sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import { jaccard, sharedCount } from '../text/similarity';
import { differsInValue, isNegative } from '../text/slots';
import { compareText, contentStems, oneSpace } from '../text/words';
import { readEnglish, readPlainInstruction } from './language/english';
import { readOtherLanguage } from './language/others';
import { asDescription, asRule, asTitle, topicWords, whyQuoted } from './rule';
import { slugFrom } from './slugFrom';

const NAME = 'corrections';
const MIN_SESSIONS = 2;
const MAX_DISMISSED = 300;
const SAME = { jaccard: 0.5, shared: 2 } as const;
const FORBIDS_OR_REPLACES =
  /^(?:please |no,? |and |but )?(?:don['’]?t|do not|never|stop \w{2,20}ing|you (?:should|must)(?:n['’]?t| not|[^.]{0,80} instead of))\b|\b(?:instead of|rather than)\b|, not \w/iu;
/** Refusing these tools is an answer, not a correction: a plan sent back, a question answered in other words. */
const ANSWERS: ReadonlySet<string> = new Set(['ExitPlanMode', 'exit_plan_mode', 'AskUserQuestion', 'EnterPlanMode']);

interface Correction {
  readonly rule: string;
  readonly quote: QuoteEvidence;
  readonly stems: ReadonlySet<string>;
  readonly denied: boolean;
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
      const group = groups.find(([first]) => first !== undefined && sameIntent(first, correction));
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
    const corrects = answers && isCorrection(typedText(entry));
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

  private collect(text: string, quote: QuoteEvidence, denied: boolean): void {
    const key = `${quote.at} ${oneSpace(text)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const other = readOtherLanguage(text);
    const rule =
      readPlainInstruction(text) ?? durableRule(text) ?? (other.kind === 'instruction' ? other.rule : undefined);
    if (rule === undefined) return;
    const stems = contentStems(rule);
    if (stems.size < 2 || rule.length > 240) return;
    this.corrections.push({ rule: asRule(rule), quote, stems, denied });
  }

  private candidate(group: readonly Correction[]): Candidate | string {
    const evidence = group.map((correction) => correction.quote);
    const sessions = sessionsOf(evidence).size;
    if (sessions < MIN_SESSIONS) return 'said once, and without words that outlast a task';
    // The words given with a refusal are the clearest; then the shortest statement, which carries the least of its day.
    const best = [...group].sort(
      (a, b) => Number(b.denied) - Number(a.denied) || a.rule.length - b.rule.length || compareText(a.rule, b.rule),
    )[0];
    if (best === undefined) return 'nothing was said';
    const choice = chooseCategory(this.context.schema, `${best.quote.quote} ${best.rule}`);
    if (choice.kind === 'none') return choice.reason;
    return {
      kind: 'note',
      title: asTitle(best.rule),
      finding: {
        miner: NAME,
        category: choice.category.name,
        slug: slugFrom(topicWords(best.rule), best.rule, this.context.hasher),
        description: asDescription(best.rule),
        body: [best.rule, '', whyQuoted(evidence)].join('\n'),
        evidence,
        trust: 'user',
        score: score({ evidence, trust: 'user', text: best.rule }),
        rationale: `The user corrected this in ${sessions} sessions${group.some((one) => one.denied) ? ', and refused a tool call over it' : ''}.`,
        fingerprint: claimFingerprint(best.rule, this.context.hasher),
      },
    };
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

function sameIntent(a: Correction, b: Correction): boolean {
  if (sharedCount(a.stems, b.stems) < SAME.shared || jaccard(a.stems, b.stems) < SAME.jaccard) return false;
  return isNegative(a.rule) === isNegative(b.rule) && !differsInValue(a.rule, b.rule);
}
