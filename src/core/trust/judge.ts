import { echoForm, isEcho } from '../dream/verify';
import type { Evidence, Trust } from '../dream/finding';
import { oneSpace } from '../dream/text/words';
import type { CallEntry, CapturedSession, SessionEntry } from '../sessions/session';
import { piecesOf } from './pieces';
import { spokenTexts, type SpokenText } from './spokenTexts';
import { isBelow, isQuarantined, lowestTrust, trustOf, trustOfOne } from './trustOf';
import { RUN, RunSearch, runsOf, wordsInOrder } from './wordRuns';
import { wordsTrust, type Grounds } from './wordsTrust';
import type { WorkspaceCommands } from './workspaceCommands';

/** A claim as far as its trust goes: the words that would enter memory, and what they rest on. */
export interface Claim {
  readonly texts: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** What a claim is worth. */
export interface Judgement {
  readonly trust: Trust;
  /** The words of a program's error stand in it, as a quotation. */
  readonly quotesTool: boolean;
  /** Nothing speaks for it but what the agent was told to remember. */
  readonly onlyRecalled: boolean;
}

export interface JudgeContext {
  /** Memories and instruction files, in `echoForm`. */
  readonly remembered: readonly string[];
  readonly commands: WorkspaceCommands;
}

/** So few words of a person are theirs, whoever said them before. */
const COMMON_WORDS = 5;

/**
 * Judges one claim from the sessions that it cites, given one after the other; the only place where trust is decided.
 * A claim has the lowest trust of its evidence and of its words: evidence is worth less where it repeats what a tool, a
 * file, a page or a memory said first, and words that stand in no trusted evidence take the trust of where they stand.
 */
export class TrustJudge {
  readonly #claim: Claim;
  readonly #context: JudgeContext;
  readonly #trusts: Trust[] = [];
  readonly #grounds: Mutable;
  #search: RunSearch | undefined;

  constructor(claim: Claim, context: JudgeContext) {
    this.#claim = claim;
    this.#context = context;
    const outside = claim.evidence.filter((one) => one.kind !== 'quote' && one.kind !== 'event');
    if (outside.length > 0) this.#trusts.push(trustOf(outside));
    const checked = outside.flatMap((one) => (one.kind === 'check' ? [one.subject, one.detail] : []));
    this.#grounds = { origins: new Map(), said: checked, ran: [], errors: [], commands: context.commands };
  }

  /** Hears the evidence that stands in this session. */
  session(session: CapturedSession): void {
    TrustJudge.hear(session, [this]);
  }

  /** As `session` of each of these judges; the words of the session are taken apart once for all of them. */
  static hear(session: CapturedSession, judges: readonly TrustJudge[]): void {
    if (judges.length === 0) return;
    const calls = callsOf(session);
    const hearing = judges.map((judge) => ({
      judge,
      search: (judge.#search ??= judge.#wanted()),
      /** Who said each of the wanted word runs first. */
      origins: new Map<string, Trust>(),
      /** Those of them that memory said, and nobody since. */
      printed: new Set<string>(),
    }));
    // One text after the other: the words of a whole session are too many to hold.
    for (const spoken of session.entries.flatMap((entry) => spokenTexts(entry, calls.get(keyOf(entry))))) {
      const words = wordsInOrder(spoken.text);
      for (const { search, origins, printed } of hearing)
        for (const run of search.find(words)) noteOrigin(run, spoken, origins, printed);
    }
    for (const { judge, origins } of hearing) judge.#take(session, calls, origins);
  }

  #take(session: CapturedSession, calls: Calls, origins: ReadonlyMap<string, Trust>): void {
    const cited = this.#claim.evidence.filter(
      (one) => (one.kind === 'quote' || one.kind === 'event') && one.session === session.header.id,
    );
    for (const [run, origin] of origins) {
      const known = this.#grounds.origins.get(run);
      if (known === undefined || isBelow(origin, known)) this.#grounds.origins.set(run, origin);
    }
    for (const one of cited) this.#hear(one, session, calls, origins);
  }

  conclude(): Judgement {
    const evidence = this.#trusts.length === 0 ? 'recalled' : lowestTrust(this.#trusts);
    const words = wordsTrust(this.#claim.texts, this.#grounds);
    return {
      trust: lowestTrust([evidence, words.trust]),
      quotesTool: words.quotesTool,
      onlyRecalled: this.#trusts.every((trust) => trust === 'recalled'),
    };
  }

  /** The word runs of the claim and of what it quotes. */
  #wanted(): RunSearch {
    const search = new RunSearch();
    for (const one of this.#claim.evidence) if ('quote' in one) search.want(runsOf(wordsInOrder(one.quote)));
    for (const piece of this.#claim.texts.flatMap(piecesOf)) search.want(runsOf(wordsInOrder(piece.text)));
    return search;
  }

  #hear(one: Evidence, session: CapturedSession, calls: Calls, origins: ReadonlyMap<string, Trust>): void {
    if (one.kind !== 'quote' && one.kind !== 'event') return;
    const entry = session.entries.find(({ id }) => id === one.entry);
    const call = entry === undefined ? undefined : calls.get(keyOf(entry));
    if (one.kind === 'event') {
      this.#trusts.push('observed');
      if (call !== undefined) this.#grounds.ran.push(...Object.values(call.input));
      if (entry?.kind === 'result' && entry.denied !== undefined) this.#grounds.said.push(entry.denied.reason);
      if (one.event === 'failed') this.#grounds.errors.push(oneSpace(one.quote).toLowerCase());
      return;
    }
    const trust = lowestTrust([trustOfOne(one), ...this.#lowered(one, entry, call, origins)]);
    this.#trusts.push(trust);
    if (trust === 'user') this.#grounds.said.push(ownWords(one.quote, origins));
  }

  #lowered(
    one: Extract<Evidence, { kind: 'quote' }>,
    entry: SessionEntry | undefined,
    call: CallEntry | undefined,
    origins: ReadonlyMap<string, Trust>,
  ): readonly Trust[] {
    const words = wordsInOrder(one.quote);
    const runs = runsOf(words);
    const foreign = runs
      .map((run) => origins.get(run))
      .filter((origin) => origin !== undefined && isQuarantined(origin));
    if (one.by === 'user') {
      return words.length >= COMMON_WORDS && foreign.length * 2 >= runs.length && foreign.length > 0
        ? foreign.filter((origin) => origin !== undefined)
        : [];
    }
    if (isEcho(one.quote, this.#context.remembered)) return ['recalled'];
    if (one.by === 'agent') return words.length < 3 ? [] : foreign.filter((origin) => origin !== undefined);
    const wanted = echoForm(one.quote);
    return entry === undefined
      ? []
      : spokenTexts(entry, call)
          .filter(({ text }) => echoForm(text).includes(wanted))
          .map(({ trust }) => trust);
  }
}

/** The first who says it is where it is from; but what memory told, a person may say in words of their own. */
function noteOrigin(run: string, { trust, printed }: SpokenText, origins: Map<string, Trust>, told: Set<string>): void {
  const isFirst = !origins.has(run);
  if (isFirst && printed === true) told.add(run);
  if (isFirst || (trust === 'user' && told.delete(run))) origins.set(run, trust);
}

interface Mutable extends Grounds {
  readonly origins: Map<string, Trust>;
  readonly said: string[];
  readonly ran: string[];
  readonly errors: string[];
}

type Calls = ReadonlyMap<string, CallEntry>;

function callsOf(session: CapturedSession): Calls {
  const calls = new Map<string, CallEntry>();
  for (const entry of session.entries) if (entry.kind === 'call') calls.set(keyOf(entry), entry);
  return calls;
}

function keyOf(entry: SessionEntry): string {
  return entry.kind === 'call' || entry.kind === 'result' ? `${entry.agent ?? ''}\n${entry.callId}` : '';
}

/** The quote without what somebody else said first: a person who quotes a page says only the rest themselves. */
function ownWords(quote: string, origins: ReadonlyMap<string, Trust>): string {
  const words = wordsInOrder(quote);
  if (words.length < COMMON_WORDS) return quote;
  const own = words.map(() => true);
  runsOf(words).forEach((run, index) => {
    const origin = origins.get(run);
    if (origin !== undefined && isQuarantined(origin)) own.fill(false, index, index + RUN);
  });
  return own.every(Boolean) ? quote : words.filter((_, index) => own[index]).join(' ');
}
