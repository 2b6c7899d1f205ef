import type { ClaudeNote } from '../../bridges/claudeMemory';
import type { CallEntry, CapturedSession, PromptEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { categoryOfRule } from '../categories';
import type { Dismissed, EventEvidence, Evidence, QuoteEvidence, RequestEvidence } from '../finding';
import { claimOf, sentencesOf } from '../memoryText';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { containment, sharedCount } from '../text/similarity';
import { contentStems, oneSpace } from '../text/words';
import { foundNote } from './foundNote';
import { topicWords } from './rule';

const NAME = 'inbox';
/** A note repeats a sentence of a person that shares so many words with it, and so much of itself. */
const REPEATS = { shared: 3, share: 0.5 } as const;
const MAX_SENTENCE = 400;

/**
 * What Claude Code noted by itself, as a candidate like any other: it is the word of an agent, and never memory by itself.
 * Where the session that wrote a note was captured, the write is its evidence, and the words of the person it repeats.
 */
export const inboxMiner: Miner = { name: NAME, begin: (context) => new InboxRun(context) };

interface Seen {
  readonly wrote: EventEvidence;
  readonly said?: QuoteEvidence;
}

class InboxRun implements MinerRun {
  private readonly context: MinerContext;
  private readonly seen = new Map<ClaudeNote, Seen>();

  constructor(context: MinerContext) {
    this.context = context;
  }

  /**
   * What a note says of its session is its own word, and would lead away from the page that it was copied from: the
   * session is the first in which it was written.
   */
  session(session: CapturedSession): void {
    const calls = session.entries.filter(isInboxCall);
    if (calls.length === 0) return;
    for (const note of this.context.inbox ?? []) {
      const wrote = this.seen.has(note) ? undefined : writeOf(note, calls, session);
      if (wrote === undefined) continue;
      const said = saidBefore(note, session);
      this.seen.set(note, { wrote, ...(said === undefined ? {} : { said }) });
    }
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const note of this.context.inbox ?? []) {
      const made = this.candidate(note);
      if (typeof made === 'string')
        dismissed.push({ miner: NAME, summary: `${note.file}: ${note.description}`.slice(0, 160), reason: made });
      else candidates.push(made);
    }
    return { candidates, dismissed };
  }

  private candidate(note: ClaudeNote): Candidate | string {
    const category = this.categoryOf(note);
    if ('reason' in category) return category.reason;
    const { wrote, said }: Partial<Seen> = this.seen.get(note) ?? {};
    const request: RequestEvidence = {
      kind: 'request',
      way: 'inbox',
      by: note.file,
      quote: oneSpace(note.quote).slice(0, 2_000),
      at: this.context.now,
    };
    const evidence: readonly Evidence[] = [
      request,
      ...(wrote === undefined ? [] : [wrote]),
      ...(said === undefined ? [] : [said]),
    ];
    const [rule = '', ...lines] = note.body.split('\n');
    const made = foundNote(
      {
        miner: NAME,
        category: category.name,
        rule,
        title: note.description,
        topic: topicWords((note.name ?? '').replaceAll('-', ' ')),
        named: note.description,
        lines: lines.join('\n').trim().split('\n'),
        evidence,
        trust: 'agent',
        rationale: rationaleOf(note, wrote),
        claim: claimOf(note),
      },
      this.context.hasher,
    );
    return { ...made, finding: { ...made.finding, description: note.description, body: note.body } };
  }

  private categoryOf(note: ClaudeNote): { readonly name: string } | { readonly reason: string } {
    const { schema } = this.context;
    const spoken = schema.categories.find((one) => one.enabled && one.name === note.category);
    if (spoken !== undefined) return spoken;
    const choice = categoryOfRule(schema, { rule: note.body, quote: note.description });
    return choice.kind === 'none' ? { reason: choice.reason } : choice.category;
  }
}

function rationaleOf(note: ClaudeNote, wrote: EventEvidence | undefined): string {
  if (wrote !== undefined) return 'Claude Code noted it by itself; its session shows when.';
  return note.session === undefined
    ? 'Claude Code noted it by itself.'
    : 'Claude Code noted it by itself, in a session that was not captured.';
}

/** A call that is about the folder of the notes. */
function isInboxCall(entry: SessionEntry): entry is CallEntry {
  return entry.kind === 'call' && Object.values(entry.input).some((input) => /\.local[\\/]{1,2}inbox/u.test(input));
}

/** The call that wrote the words of the note, with its longest line as the quote. */
function writeOf(note: ClaudeNote, calls: readonly CallEntry[], session: CapturedSession): EventEvidence | undefined {
  const line = longest(note.body.split('\n'));
  const wanted = oneSpace(line);
  if (wanted === '') return undefined;
  const keyOf = ({ agent, callId }: Pick<CallEntry, 'agent' | 'callId'>): string => `${agent ?? ''}\n${callId}`;
  const wrote = calls.filter(({ input }) => Object.values(input).some((one) => oneSpace(one).includes(wanted)));
  if (wrote.length === 0) return undefined;
  const keys = new Set(wrote.map(keyOf));
  const found = session.entries.findLast(
    (entry): entry is ResultEntry => entry.kind === 'result' && entry.ok && keys.has(keyOf(entry)),
  );
  return (
    found && { kind: 'event', session: session.header.id, entry: found.id, event: 'edited', quote: line, at: found.at }
  );
}

/** The sentence of the person that the note repeats most of. */
function saidBefore(note: ClaudeNote, session: CapturedSession): QuoteEvidence | undefined {
  const stems = contentStems(`${note.description} ${claimOf(note)}`);
  let best: { readonly entry: PromptEntry; readonly quote: string; readonly share: number } | undefined;
  for (const entry of session.entries) {
    if (entry.kind !== 'prompt' || entry.agent !== undefined) continue;
    for (const quote of typedText(entry).split('\n').flatMap(sentencesOf)) {
      const said = contentStems(quote);
      if (quote.length > MAX_SENTENCE || sharedCount(said, stems) < REPEATS.shared) continue;
      const share = containment(said, stems);
      if (share >= REPEATS.share && share > (best?.share ?? 0)) best = { entry, quote: quote.trim(), share };
    }
  }
  if (best === undefined) return undefined;
  const { entry, quote } = best;
  return { kind: 'quote', session: session.header.id, entry: entry.id, by: 'user', quote, at: entry.at };
}

function longest(lines: readonly string[]): string {
  return lines.reduce((best, line) => (line.trim().length > best.length ? line.trim() : best), '');
}
