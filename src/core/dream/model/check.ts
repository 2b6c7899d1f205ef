import type { CallEntry, CapturedSession, ResultEntry, SessionEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import type { Dismissed, EventEvidence, QuoteEvidence } from '../finding';
import { isErrorLine } from '../../trust/plainText';
import { valueSlots } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';
import { evidenceProblem } from '../verify';
import { isLasting } from './lasting';
import type { RawFinding } from './schemas';

/** Proof in a session: words or an event, as the verifier of the pipeline will check it once more. */
export type Proof = QuoteEvidence | EventEvidence;

/** A finding whose quotes are where it says they are. Everything but the evidence is still a model's word. */
export interface CheckedFinding {
  readonly kind: RawFinding['kind'];
  readonly statement: string;
  readonly category: string;
  readonly scope: RawFinding['scope'];
  readonly target: string;
  readonly evidence: readonly [Proof, ...Proof[]];
  readonly session: string;
  /** No completed dream has used it. */
  readonly isNew: boolean;
  /** A person said it in words that are meant to last, or refused a call with a reason. */
  readonly lasts: boolean;
}

/** Names the model in Explain Candidates. */
export const MODEL_MINER = 'model';

/** Shorter quotes are said by everybody all the time, and show nothing by themselves. */
const MIN_QUOTE = 3;
/** Characters before and after a quote that belong to what was said with it. */
const AROUND = 80;
/** A reviewer reads no more of one. */
const MAX_QUOTE = 400;
/** Long enough to be looked for in other entries when the model named the wrong one. */
const MIN_STRAY = 12;
const CONTENT_TOOL = /^(?:Read|NotebookRead|Grep|Glob|LS|WebFetch|WebSearch|ReadMcpResource\w{0,20}|mcp__.{1,200})$/u;

/**
 * The finding with its evidence as the session shows it, or why it is dropped. One quote that is not there drops the
 * whole finding: who makes up one of its reasons may have made up the claim. Only white space may differ; who said it is
 * read from the entry and never taken from the model.
 */
export function checkFinding(raw: RawFinding, session: CapturedSession, isNew: boolean): CheckedFinding | Dismissed {
  const drop = (reason: string, entry?: SessionEntry): Dismissed => ({
    miner: MODEL_MINER,
    summary: oneSpace(raw.statement).slice(0, 160),
    reason,
    session: session.header.id,
    ...(entry === undefined ? {} : { entry: entry.id }),
  });
  const proofs: Proof[] = [];
  for (const { entry: named, quote: given } of raw.evidence) {
    const quote = oneSpace(given);
    if (quote.length < MIN_QUOTE) return drop('a quote is too short to show anything');
    const entry = session.entries[numberOf(named)];
    const proof = (entry === undefined ? undefined : proofIn(entry, quote, session)) ?? strayProof(quote, session);
    if (proof === undefined) return drop(`a quote is not in the session: “${quote.slice(0, 120)}”`, entry);
    // What was found whole may be shown in part.
    const shown = { ...proof, quote: shortened(quote) };
    if (!proofs.some((one) => one.entry === shown.entry && one.quote === shown.quote)) proofs.push(shown);
  }
  const [first, ...rest] = proofs;
  if (first === undefined) return drop('it has no quote');
  if (!speaksOf(proofs, raw.statement)) return drop('its quotes do not speak of what it states');
  return {
    kind: raw.kind,
    statement: oneSpace(raw.statement),
    category: raw.category,
    scope: raw.scope,
    target: raw.target,
    evidence: [first, ...rest],
    session: session.header.id,
    isNew,
    lasts: proofs.some((proof) => lasts(proof, session)),
  };
}

function lasts(proof: Proof, session: CapturedSession): boolean {
  if (proof.kind !== 'quote' || proof.by !== 'user') return false;
  const entry = session.entries.find(({ id, kind }) => id === proof.entry && (kind === 'prompt' || kind === 'result'));
  if (entry?.kind === 'result') return true;
  // The words that make it last may stand just outside of the quote.
  const said = entry?.kind === 'prompt' ? oneSpace(typedText(entry)) : '';
  const at = said.indexOf(proof.quote);
  return isLasting(at < 0 ? proof.quote : said.slice(Math.max(0, at - AROUND), at + proof.quote.length + AROUND));
}

/** True if words of the quotes are words of the text; of texts without words in common nobody can tell. */
export function speaksOf(proofs: readonly Proof[], text: string): boolean {
  const quoted = proofs.map(({ quote }) => quote).join('\n');
  const [said, told] = [contentStems(quoted), contentStems(text)];
  if ([...told].some((stem) => said.has(stem))) return true;
  const slots = valueSlots(quoted);
  return [...valueSlots(text)].some((slot) => slots.has(slot));
}

function shortened(quote: string): string {
  if (quote.length <= MAX_QUOTE) return quote;
  const end = quote.lastIndexOf(' ', MAX_QUOTE);
  return quote.slice(0, end > MAX_QUOTE / 2 ? end : MAX_QUOTE);
}

function numberOf(named: string): number {
  const digits = /\d{1,9}/u.exec(named)?.[0];
  return digits === undefined ? -1 : Number(digits);
}

/** The one entry of the session that holds the words, where the model named another; undefined if several do or none. */
function strayProof(quote: string, session: CapturedSession): Proof | undefined {
  if (quote.length < MIN_STRAY) return undefined;
  let found: Proof | undefined;
  for (const entry of session.entries) {
    const proof = proofIn(entry, quote, session);
    if (proof === undefined) continue;
    if (found !== undefined) return undefined;
    found = proof;
  }
  return found;
}

function proofIn(entry: SessionEntry, quote: string, session: CapturedSession): Proof | undefined {
  return proofsOf(entry, quote, session).find((proof) => evidenceProblem(proof, session) === undefined);
}

/** As what the words of an entry may count, the most exact first. */
function proofsOf(entry: SessionEntry, quote: string, session: CapturedSession): readonly Proof[] {
  const said = (by: QuoteEvidence['by'], { id, at }: SessionEntry = entry): Proof => ({
    kind: 'quote',
    session: session.header.id,
    entry: id,
    by,
    quote,
    at,
  });
  switch (entry.kind) {
    case 'prompt':
      return [said('user'), said('file')];
    case 'assistant':
      return [said('agent')];
    case 'machine':
      return [said('tool')];
    case 'result':
      return resultProofs(entry, quote, session, said);
    case 'call':
      return callProofs(entry, quote, session);
    default:
      return [];
  }
}

function resultProofs(
  entry: ResultEntry,
  quote: string,
  session: CapturedSession,
  said: (by: QuoteEvidence['by']) => Proof,
): readonly Proof[] {
  if (entry.denied !== undefined) return [said('user')];
  // What failed is an event; its output is one only where nobody but a program says such things.
  if (!entry.ok && isErrorLine(quote)) return [eventOf(entry, 'failed', quote, session)];
  const call = session.entries.find(
    (one) => one.kind === 'call' && one.callId === entry.callId && one.agent === entry.agent,
  );
  return call?.kind === 'call' && CONTENT_TOOL.test(call.tool) ? [said('file')] : [said('tool')];
}

/** What the agent ran is an event if it has a result; a call without one shows nothing. */
function callProofs(entry: CallEntry, quote: string, session: CapturedSession): readonly Proof[] {
  if (!Object.values(entry.input).some((input) => holds(input, quote))) return [];
  const result = session.entries.find(
    (one) => one.kind === 'result' && one.callId === entry.callId && one.agent === entry.agent,
  );
  if (result?.kind !== 'result') return [];
  const event = result.denied === undefined ? (result.ok ? 'succeeded' : 'failed') : 'denied';
  return [eventOf(result, event, quote, session)];
}

function eventOf(
  { id, at }: SessionEntry,
  event: EventEvidence['event'],
  quote: string,
  session: CapturedSession,
): EventEvidence {
  return { kind: 'event', session: session.header.id, entry: id, event, quote, at };
}

function holds(text: string, quote: string): boolean {
  return oneSpace(text).includes(quote);
}
