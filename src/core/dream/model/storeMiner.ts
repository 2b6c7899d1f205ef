import type { UsageLine } from '../../model/budget';
import type { ModelRole, ModelUsage } from '../../model/languageModel';
import { dearest, priceOf, PRICES, usdOf, type PriceTable } from '../../model/prices';
import type { StoreDreamer, StoreDreamRequest, StoreFile, StoreSession } from '../../model/storeDreamer';
import { AgentDreamsError } from '../../errors';
import type { Memory } from '../../memory/memory';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import type { EngineInput, MinerEngine } from '../engineRun';
import type { Dismissed } from '../finding';
import type { MinerContext, MinerResult, MinerRun } from '../miner';
import { rendered } from '../prompts/prompt';
import { STORE_PROMPT } from '../prompts/store';
import { MODEL_MINER } from './check';
import { chunksOf, MAX_CHUNK_TOKENS } from './chunks';
import { fromStore } from './fromStore';
import { Grounds } from './ground';
import { leftBehindFile } from './leftBehind';
import { marked, seen } from './marked';

export interface StoreEngineOptions {
  readonly dreamer: StoreDreamer;
  /** US dollars; a dream that uses more is stopped and all of it deleted. */
  readonly capUsd: number;
  readonly estimatedUsd?: number;
  readonly prices?: PriceTable;
}

/** Sessions that one dream takes. */
const MAX_SESSIONS = 100;
const MAX_INSTRUCTIONS = 4_096;
/** The least that the budget of a session can be. */
const LEAST_USD = 0.01;
const PERSONAL = '.local/personal/';

/** Dreams over a store that is uploaded as a whole; what comes back goes the way of all findings. */
export function storeEngine(options: StoreEngineOptions): MinerEngine {
  const { dreamer, estimatedUsd } = options;
  return {
    engine: dreamer.engine,
    ...(estimatedUsd === undefined ? {} : { estimatedUsd }),
    start: (input) => {
      const ledger = new Ledger(options, input.onCost);
      return {
        miners: [{ name: MODEL_MINER, begin: (context) => new StoreRun(context, options, input, ledger) }],
        ledger: () => ({ costUsd: ledger.usd(), usage: ledger.lines() }),
        completed: () => Promise.resolve(),
      };
    },
  };
}

/** What has been used, as it was told last. */
class Ledger {
  readonly #lines = new Map<ModelRole, UsageLine>();

  constructor(
    private readonly options: StoreEngineOptions,
    private readonly onCost: () => Promise<void>,
  ) {}

  lines(): readonly UsageLine[] {
    return [...this.#lines.values()];
  }

  usd(): number {
    return this.lines().reduce((sum, { usd }) => sum + usd, 0);
  }

  async note(role: ModelRole, model: string, usage: ModelUsage): Promise<void> {
    const { capUsd, prices = PRICES } = this.options;
    const usd = usdOf(usage, priceOf(prices, model, 0) ?? dearest(prices));
    this.#lines.set(role, { role, model, requests: 1, ...usage, usd });
    await this.onCost();
    const spentUsd = this.usd();
    if (spentUsd <= capUsd) return;
    throw new AgentDreamsError('over-budget', 'The dream has cost more than it may.', { capUsd, spentUsd });
  }
}

class StoreRun implements MinerRun {
  readonly #parts: StoreSession[] = [];
  readonly #grounds = new Grounds();

  constructor(
    private readonly context: MinerContext,
    private readonly options: StoreEngineOptions,
    private readonly input: EngineInput,
    private readonly ledger: Ledger,
  ) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const chunks = chunksOf(session, beats, MAX_CHUNK_TOKENS);
    if (chunks.length > 0) this.#grounds.add(session);
    for (const { head, text } of chunks) this.#parts.push({ title: head, text });
  }

  async finish(): Promise<MinerResult> {
    const { hasher } = this.context;
    const { ports, signal, progress } = this.input;
    const { dreamer } = this.options;
    if (this.#parts.length === 0) return { candidates: [], dismissed: [] };
    const { files, given } = this.#upload();
    const sessions = this.#parts.slice(-MAX_SESSIONS).map(({ title, text }) => ({
      title,
      text: this.#safe(marked([{ source: title, text }], hasher)),
    }));
    const { request, onUsage } = this.#request(files, sessions);
    const back = await dreamer.dream(request, {
      signal,
      left: leftBehindFile(ports),
      onUsage,
      onNotice: ({ message }) => progress?.report({ message, done: 0, total: 0 }),
    });
    const made = fromStore({ given, files: back, grounds: this.#grounds, context: this.context });
    return { ...made, dismissed: [...this.#leftOut(), ...made.dismissed] };
  }

  #request(
    files: readonly StoreFile[],
    sessions: readonly StoreSession[],
  ): { readonly request: StoreDreamRequest; readonly onUsage: Ledger['note'] } {
    const asked = (this.input.instructions ?? '').trim();
    const own = rendered(STORE_PROMPT);
    const whole = asked === '' ? own : `${own}\n\nThe user asks of this dream: ${asked}`;
    const sessionCapUsd = Math.max(LEAST_USD, this.options.capUsd / (2 * sessions.length));
    return {
      request: { files, sessions, instructions: this.#safe(whole).slice(0, MAX_INSTRUCTIONS), sessionCapUsd },
      onUsage: (role, model, usage) => this.ledger.note(role, model, usage),
    };
  }

  /** All memories that are in use, under paths that say nothing of this machine. */
  #upload(): { readonly files: readonly StoreFile[]; readonly given: ReadonlyMap<string, Memory> } {
    const given = new Map(
      this.context.memories
        .filter(({ scope }) => scope.kind !== 'archive')
        .map((memory) => [memory.path.replace(PERSONAL, 'personal/'), memory]),
    );
    return { given, files: [...given].map(([path, { text }]) => ({ path, text: this.#safe(seen(text)) })) };
  }

  #leftOut(): readonly Dismissed[] {
    const more = this.#parts.length - MAX_SESSIONS;
    if (more <= 0) return [];
    const reason = `a dream takes ${MAX_SESSIONS} sessions at most, the newest`;
    return [{ miner: MODEL_MINER, summary: `${more} sessions, or parts of them`, reason }];
  }

  #safe(text: string): string {
    return this.input.ports.redactor.redact(text).text;
  }
}
