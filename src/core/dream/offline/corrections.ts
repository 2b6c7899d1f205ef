import { isCorrection } from '../../sessions/corrections';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession, PromptEntry, ResultEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { categoryOfRule } from '../categories';
import type { Dismissed, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { sessionsOf } from '../score';
import { typedProse } from '../text/prose';
import { complements, isNegative } from '../text/slots';
import { compareText, oneSpace } from '../text/words';
import { isTaskLocal, readEnglish, readPlainInstruction } from './language/english';
import {
  INSISTS,
  isOfNotes,
  readCorrected,
  readOrdered,
  refusedPart,
  withoutCorrectionLead,
} from './language/corrected';
import { isFactTold } from './language/factsTold';
import { readOtherLanguage, readPlainOther } from './language/others';
import { readReaction, type Reaction } from './language/reactions';
import { isTask } from './language/tasks';
import { isAmiss, pointsToExisting, statesPlace, wantedIn } from './language/wanted';
import { splitReason } from './language/reasons';
import { asRule } from './rule';
import { sameCorrection, topicOf } from './ruleGroups';
import { noteOf } from './ruleSaid';
import { RareStems } from './rareStems';
import { AgentClaims, correctedMemory } from './wrongClaims';

const NAME = 'corrections';
const MIN_SESSIONS = 2;
const MAX_DISMISSED = 300;
/** A group is told by its first statements: comparing with more of them finds nothing new. */
const MAX_COMPARED = 8;
const FORBIDS_OR_REPLACES =
  /^(?:please |no,? |and |but )?(?:don['’]?t|do not|never|stop \w{2,20}ing|you (?:should|must)(?:n['’]?t| not|[^.]{0,80} instead of))\b|\b(?:instead of|rather than)\b|, not \w/iu;
/** Refusing these tools is an answer, not a correction: a plan sent back, a question answered in other words. */
const ANSWERS: ReadonlySet<string> = new Set(['ExitPlanMode', 'exit_plan_mode', 'AskUserQuestion', 'EnterPlanMode']);

interface Correction {
  readonly rule: string;
  readonly quote: QuoteEvidence;
  readonly stems: ReadonlySet<string>;
  readonly denied: boolean;
  /** How well the sentence tells the rule: states it, says what instead of what, or only that something displeased. */
  readonly tells: 'rule' | 'both' | 'hint';
  readonly reacts: boolean;
  readonly states: boolean;
  /** Says that something was wrong, or must not be: where a thing is may be told with every task. */
  readonly objects: boolean;
  /** Says itself that it outlasts the task. */
  readonly durable: boolean;
  /** "Again", "I told you": says itself that it was said before. */
  readonly insists: boolean;
  readonly noted: boolean;
  readonly reason?: string;
}

/** A sentence of a person, and where it was said. */
interface Heard {
  readonly said: string;
  /** The short sentence after it. */
  readonly after: string;
  readonly quote: QuoteEvidence;
  readonly denied: boolean;
  /** It follows on work of the agent. */
  readonly answers: boolean;
  /** It opens by refusing something, or was typed while the agent worked. */
  readonly objects: boolean;
  /** The prompt says that something written down is wrong. */
  readonly noted: boolean;
}

/** What the user corrected, or refused with a reason, in the same sense in at least two sessions. */
export const correctionsMiner: Miner = { name: NAME, begin: (context) => new CorrectionsRun(context) };

class CorrectionsRun implements MinerRun {
  private readonly corrections: Correction[] = [];
  private readonly dismissed: Dismissed[] = [];
  private readonly seen = new Set<string>();
  private readonly stems = new RareStems();
  private readonly claims = new AgentClaims();
  /** Ids of the memories that each session had, of those that had some. */
  private readonly given = new Map<string, ReadonlySet<string>>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const { id, recalled } = session.header;
    if (recalled.length > 0) this.given.set(id, new Set(recalled.flatMap(({ entries }) => entries)));
    for (const { prompt, index } of beats) {
      if (prompt !== undefined && prompt.agent === undefined) this.prompt(id, prompt, index > 0);
    }
    const tools = new Map<string, string>();
    for (const entry of session.entries) {
      if (entry.kind === 'assistant') this.claims.add(id, entry.text);
      else if (entry.kind === 'call') tools.set(entry.callId, entry.tool);
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
    const isRare = (stem: string): boolean => this.stems.isRare(stem);
    for (const correction of ordered) {
      const group = groups.find((some) =>
        some.slice(0, MAX_COMPARED).some((one) => sameCorrection(one, correction, isRare)),
      );
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
    this.stems.add(topicOf(prose.sentences.map(({ text }) => text).join(' ')));
    // What is typed while the agent works speaks of that work.
    const corrects =
      answers &&
      (entry.queued === true || isCorrection(typedText(entry)) || INSISTS.test(typedText(entry).slice(0, 240)));
    const noted = answers && prose.sentences.some(({ text }) => isOfNotes(text));
    prose.sentences.forEach(({ text }, index) => {
      // What is only asked for recurs with every task; what is forbidden, or wanted instead, recurs when it was not heard.
      const objects = corrects || noted || isObjection(text, answers);
      if (!objects && !(answers && toldOtherwise(text) !== undefined)) return;
      const quote = { kind: 'quote', session, entry: entry.id, by: 'user', quote: text, at: entry.at } as const;
      const next = prose.sentences[index + 1]?.text ?? '';
      // "A print again. The logger, please.": the second sentence says of what the first speaks.
      const after = text.length <= 40 && next.length <= 40 ? next : '';
      this.collect({ said: text, after, quote, denied: false, answers, objects, noted });
    });
  }

  private denial(session: string, entry: ResultEntry, reason: string): void {
    const prose = typedProse({ text: reason });
    if (prose.kind !== 'speech') return;
    for (const sentence of prose.sentences) {
      const { text } = sentence;
      const quote = { kind: 'quote', session, entry: entry.id, by: 'user', quote: text, at: entry.at } as const;
      this.collect({ said: text, after: '', quote, denied: true, answers: true, objects: true, noted: false });
    }
  }

  private collect({ said, after, quote, denied, answers, objects, noted }: Heard): void {
    const key = `${quote.at} ${oneSpace(said)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { text: bare, insists } = withoutCorrectionLead(said);
    // "No --force" names what must not be used.
    const text = bare.replace(/^no (?=--?\w)/iu, 'do not use ');
    const raw = statedIn(text, said, noted);
    const reaction = answers ? reactionTo(said, denied) : undefined;
    if (raw === undefined && reaction === undefined) return;
    const { claim, reason } = splitReason(raw ?? text);
    const stems = topicOf(raw === undefined ? `${said} ${after}` : claim);
    if (stems.size < 2 || claim.length > 240) return;
    this.corrections.push({
      rule: asRule(claim),
      quote,
      stems,
      denied,
      insists,
      noted: noted || isOfNotes(said),
      // "Remove the start command" is one piece of work, however often it is asked for.
      tells: isTask(text) || isTask(claim) ? 'hint' : raw === undefined ? (reaction ?? 'hint') : 'rule',
      reacts: reaction !== undefined,
      states: raw !== undefined,
      objects: denied || insists || objects,
      durable: readEnglish(text).kind === 'instruction' || noted || isOfNotes(said),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  private candidate(group: readonly Correction[]): Candidate | string {
    const evidence = group.map((correction) => correction.quote);
    const sessions = sessionsOf(evidence).size;
    // Said again within one session, it is the same task that was not heard.
    const insisted = group.some((one) => one.insists && one.tells === 'rule') && group.length === 1;
    // A refusal is the strongest word there is: said for good, it needs no second one.
    const forGood = group.some((one) => (one.denied || one.noted) && one.durable && one.states);
    const wrong = this.wrongClaim(group);
    if (group.every((one) => one.tells === 'hint')) return 'no sentence says what is wanted';
    if (isTemplate(group)) return 'it was said word for word each time, as a template is';
    if (!group.some((one) => one.objects)) return 'nobody says that anything was wrong';
    if (sessions < MIN_SESSIONS && !insisted && !forGood && wrong === undefined)
      return 'said once, and without words that outlast a task';
    const best = [...group].sort(clearestFirst)[0];
    if (best === undefined) return 'nothing was said';
    const choice = categoryOfRule(this.context.schema, { rule: best.rule, quote: best.quote.quote });
    if (choice.kind === 'none') return choice.reason;
    const reason = best.reason ?? group.find((one) => one.reason !== undefined)?.reason;
    const refusedToo = group.some((one) => one.denied) ? ', and refused a tool call over it' : '';
    const often =
      sessions >= MIN_SESSIONS
        ? `in ${sessions} sessions${refusedToo}`
        : (wrong ?? (insisted ? 'and said that it was not the first time' : 'for good'));
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

  /** What was wrong before one correction: a memory, or what the agent said in several sessions. */
  private wrongClaim(group: readonly Correction[]): string | undefined {
    for (const one of group) {
      if (!one.states || isTaskLocal(one.quote.quote)) continue;
      const memory = correctedMemory(one.rule, this.context.memories);
      if (memory !== undefined)
        return `: ${memory.path} says otherwise${this.wasGiven(one, memory.path) ? ', and the agent had been given it' : ''}`;
      const said = this.claims.sessionsSaying(refusedPart(one.rule));
      if (said >= MIN_SESSIONS) return `after the agent had said otherwise in ${said} sessions`;
    }
    return undefined;
  }

  private wasGiven({ quote }: Correction, path: string): boolean {
    const id = this.context.recall?.ids.get(path);
    return id !== undefined && this.given.get(quote.session)?.has(id) === true;
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

/** People complain in other words each time; what is long and the same to the letter was pasted. */
const TEMPLATE_CHARS = 40;

function isTemplate(group: readonly Correction[]): boolean {
  const texts = new Set(group.map(({ quote }) => oneSpace(quote.quote)));
  const [only = ''] = texts;
  return group.length > 1 && texts.size === 1 && only.length >= TEMPLATE_CHARS && !group.some(({ denied }) => denied);
}

/** A refusal whose call the log lost may have been an answer: it does not count. */
function isRefusable(tool: string | undefined): boolean {
  return tool !== undefined && !ANSWERS.has(tool);
}

function isObjection(text: string, answers: boolean): boolean {
  if (FORBIDS_OR_REPLACES.test(text)) return true;
  return answers && (readReaction(text) !== undefined || isAmiss(text) || pointsToExisting(text));
}

/** It ends in an order, or names the place that is right. */
function toldOtherwise(said: string): Reaction | undefined {
  if (/\?\W{0,3}$/u.test(said) || isTaskLocal(said)) return undefined;
  return statesPlace(said) || isAmiss(said) || wantedIn(said) !== undefined ? 'both' : undefined;
}

function reactionTo(said: string, denied: boolean): Reaction | undefined {
  const reaction = readReaction(said);
  if (reaction !== undefined) return reaction;
  const told = toldOtherwise(said);
  if (told !== undefined) return told;
  return denied && !said.endsWith('?') ? 'hint' : undefined;
}

/** What a sentence asks for: in so many words, after a lead that corrects, or at the end of a complaint. */
function statedIn(text: string, said: string, noted: boolean): string | undefined {
  const fact = text.replace(/,? (?:please )?remember (?:it|that|this)(?: please| for good)?\W{0,3}$/iu, '');
  if ((noted || text !== said.trim()) && isFactTold(fact, 'passing')) return fact;
  const stated = statedRule(text) ?? (text === said.trim() ? undefined : readOrdered(text));
  return stated ?? (isTaskLocal(said) ? undefined : wantedIn(text));
}

/** The rule that a correction states in so many words, or undefined. */
function statedRule(text: string): string | undefined {
  const other = readOtherLanguage(text);
  return (
    readPlainInstruction(text) ??
    durableRule(text) ??
    (other.kind === 'instruction' ? other.rule : undefined) ??
    readPlainOther(text) ??
    readCorrected(text)
  );
}

/** What to do instead says more than the ban of it. */
function isBanned(a: Correction, b: Correction): boolean {
  return isNegative(a.rule) && !isNegative(b.rule) && complements(a.rule, b.rule);
}

const CLARITY = { rule: 2, both: 1, hint: 0 } as const;

/** The words given with a refusal are the clearest; then the shortest statement, which carries the least of its day. */
function clearestFirst(a: Correction, b: Correction): number {
  return (
    CLARITY[b.tells] - CLARITY[a.tells] ||
    Number(isBanned(a, b)) - Number(isBanned(b, a)) ||
    (a.denied && b.denied ? Number(isNegative(b.rule)) - Number(isNegative(a.rule)) : 0) ||
    Number(b.denied) - Number(a.denied) ||
    a.rule.length - b.rule.length ||
    compareText(a.rule, b.rule)
  );
}

function durableRule(text: string): string | undefined {
  const reading = readEnglish(text);
  return reading.kind === 'instruction' ? reading.rule : undefined;
}
