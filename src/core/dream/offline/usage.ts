import { isAgentDreamsError } from '../../errors';
import { updateFrontMatter } from '../../memory/codec';
import type { LoadMode, Memory } from '../../memory/memory';
import { idsNamedIn } from '../../recall/recalledText';
import { memoryNamed, NO_USAGE, type MemoryUsage } from '../../recall/usage';
import { demoted, loadChangeOf, type LoadChange } from '../../recall/usageRules';
import type { Beat, ToolCall } from '../../sessions/beats';
import { isCorrection } from '../../sessions/corrections';
import { openedMemories } from '../../sessions/openedMemories';
import type { CapturedSession, PromptEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import type { Dismissed, Evidence, EventEvidence, QuoteEvidence, UsageEvidence } from '../finding';
import { operationFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun, RecallKnown } from '../miner';
import { typedProse } from '../text/prose';
import { compareText, oneSpace } from '../text/words';
import { withoutCorrectionLead } from './language/corrected';
import { isTaskLocal } from './language/english';
import { splitReason } from './language/reasons';
import { asRule, asTitle } from './rule';
import { correctedMemory } from './wrongClaims';

const NAME = 'usage';
/** So much evidence is shown; the counts tell the rest. */
const MOST_SHOWN = 5;
const LONGEST_SENTENCE = 240;

/**
 * How memories fared in the sessions that were given them: what is opened again and again loads more prominently, what
 * is corrected after use, contradicted after it was loaded, or never followed, less. Nothing where no session was given
 * any.
 */
export const usageMiner: Miner = {
  name: NAME,
  begin: (context) => (context.recall === undefined ? NOTHING : new UsageRun(context, context.recall)),
};

const NOTHING: MinerRun = { session: () => undefined, finish: () => ({ candidates: [], dismissed: [] }) };

/** What was seen of one memory. */
interface Seen {
  readonly opened: EventEvidence[];
  readonly corrected: QuoteEvidence[];
  readonly contradicted: QuoteEvidence[];
}

class UsageRun implements MinerRun {
  private readonly seen = new Map<string, Seen>();
  private readonly byId: ReadonlyMap<string, string>;

  constructor(
    private readonly context: MinerContext,
    private readonly recall: RecallKnown,
  ) {
    this.byId = new Map([...recall.ids].map(([path, id]) => [id, path]));
  }

  session({ header }: CapturedSession, beats: readonly Beat[]): void {
    const given = new Set(header.recalled.flatMap(({ entries }) => entries.map((id) => this.byId.get(id))));
    for (const beat of beats) {
      const used = this.usedIn(header.id, beat);
      const { outcome } = beat;
      if (outcome === undefined || outcome.agent !== undefined) continue;
      if (beat.grade === 'corrected' && used.size > 0) this.correction(header.id, outcome, used);
      if (given.size > 0) this.contradictions(header.id, outcome, given);
    }
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const memory of [...this.context.memories].sort((a, b) => compareText(a.path, b.path))) {
      if (memory.scope.kind === 'archive') continue;
      const made = this.candidate(memory);
      if (typeof made !== 'string') candidates.push(...made);
      else dismissed.push({ miner: NAME, summary: memory.path, reason: made });
    }
    return { candidates, dismissed };
  }

  /** The memories that a beat opened or named; how each was opened is kept. */
  private usedIn(session: string, { calls, entries }: Beat): ReadonlySet<string> {
    const used = new Set<string>();
    for (const call of calls) for (const path of this.opened(session, call)) used.add(path);
    const said = entries.flatMap((entry) => (entry.kind === 'assistant' ? idsNamedIn(entry.text) : []));
    for (const path of said.flatMap((id) => this.byId.get(id) ?? [])) used.add(path);
    return used;
  }

  private opened(session: string, { call, result }: ToolCall): readonly string[] {
    return openedMemories(call).flatMap((quote) => {
      const path = memoryNamed(quote, this.byId, this.recall.ids);
      if (path !== undefined && result?.ok === true) {
        const { id: entry, at } = result;
        this.of(path).opened.push({ kind: 'event', session, entry, event: 'succeeded', quote, at });
      }
      return path ?? [];
    });
  }

  private correction(session: string, prompt: PromptEntry, used: ReadonlySet<string>): void {
    const [first] = sentencesOf(prompt);
    if (first === undefined || !isCorrection(typedText(prompt))) return;
    for (const path of used) this.of(path).corrected.push(quoteOf(session, prompt, first));
  }

  /** What the user said against a memory that the agent had. */
  private contradictions(session: string, prompt: PromptEntry, given: ReadonlySet<string | undefined>): void {
    if (prompt.queued !== true && !isCorrection(typedText(prompt))) return;
    for (const sentence of sentencesOf(prompt)) {
      if (isTaskLocal(sentence) || sentence.length > LONGEST_SENTENCE) continue;
      const { claim } = splitReason(withoutCorrectionLead(sentence).text);
      const memory = correctedMemory(asRule(claim), this.context.memories);
      if (memory !== undefined && given.has(memory.path))
        this.of(memory.path).contradicted.push(quoteOf(session, prompt, sentence));
    }
  }

  private candidate(memory: Memory): readonly Candidate[] | string {
    const seen = this.seen.get(memory.path);
    const usage = this.recall.usage.get(memory.path) ?? NO_USAGE;
    const [said] = seen?.contradicted ?? [];
    if (seen !== undefined && said !== undefined) return this.contradicted(memory, usage, seen.contradicted, said);
    const correctedSessions = new Set(seen?.corrected.map(({ session }) => session)).size;
    const change = loadChangeOf(memory, usage, { correctedSessions, now: this.context.now });
    if (change === undefined) return [];
    return this.edit(memory, usage, change, change.kind === 'promote' ? (seen?.opened ?? []) : (seen?.corrected ?? []));
  }

  private contradicted(
    memory: Memory,
    usage: MemoryUsage,
    quotes: readonly QuoteEvidence[],
    said: QuoteEvidence,
  ): readonly Candidate[] | string {
    const words = `the agent had been given it, and you said: “${oneSpace(said.quote)}”`;
    if (memory.pinned) return `it is pinned; ${words}`;
    const to = demoted(memory);
    if (to === undefined) return `it loads on demand already; ${words}`;
    const why = `It was loaded, and the user contradicted it: “${oneSpace(said.quote)}”. If it is wrong, update or archive it.`;
    return this.edit(memory, usage, { kind: 'demote', to, why }, quotes);
  }

  private edit(
    memory: Memory,
    usage: MemoryUsage,
    { kind, to, why }: LoadChange,
    shown: readonly (QuoteEvidence | EventEvidence)[],
  ): readonly Candidate[] | string {
    const after = loading(memory, to);
    if (after === undefined) return 'its front matter cannot be changed';
    const counts: UsageEvidence = { kind: 'usage', path: memory.path, ...countsOf(usage), at: this.context.now };
    const newest = oneEach(shown).slice(0, MOST_SHOWN);
    const [first = counts, ...rest] = newest;
    const evidence: readonly [Evidence, ...Evidence[]] = [first, ...rest, ...(newest.length === 0 ? [] : [counts])];
    const label = kind === 'promote' ? 'Load it more prominently' : 'Load it less prominently';
    return [
      {
        kind: 'edit',
        change: kind,
        miner: NAME,
        title: asTitle(`${label}: ${memory.slug}, ${to} instead of ${memory.load}`),
        rationale: why,
        files: [{ path: memory.path, before: memory.text, after }],
        evidence,
        trust: 'observed',
        fingerprint: operationFingerprint(NAME, [memory.path, kind, to], this.context.hasher),
      },
    ];
  }

  private of(path: string): Seen {
    const known = this.seen.get(path);
    if (known !== undefined) return known;
    const seen: Seen = { opened: [], corrected: [], contradicted: [] };
    this.seen.set(path, seen);
    return seen;
  }
}

function sentencesOf(prompt: PromptEntry): readonly string[] {
  const prose = typedProse(prompt);
  return prose.kind === 'speech' ? prose.sentences.map(({ text }) => text) : [];
}

function quoteOf(session: string, { id: entry, at }: PromptEntry, quote: string): QuoteEvidence {
  return { kind: 'quote', session, entry, by: 'user', quote, at };
}

/** The newest of each session, the newest session first. */
function oneEach<T extends QuoteEvidence | EventEvidence>(evidence: readonly T[]): readonly T[] {
  const newest = new Map<string, T>();
  for (const one of evidence) {
    const known = newest.get(one.session);
    if (known === undefined || known.at <= one.at) newest.set(one.session, one);
  }
  return [...newest.values()].sort((a, b) => compareText(b.at, a.at) || compareText(a.session, b.session));
}

function countsOf({ loaded, listed, read, cited, success, corrected }: MemoryUsage) {
  return { loaded, listed, read, cited, success, corrected };
}

function loading(memory: Memory, load: LoadMode): string | undefined {
  try {
    return updateFrontMatter(memory.text, { load });
  } catch (error) {
    if (isAgentDreamsError(error, 'invalid-memory')) return undefined;
    throw error;
  }
}
