import { AgentDreamsError } from '../../src/core/errors';
import type {
  AskManyOptions,
  AskOptions,
  LanguageModel,
  ModelFailure,
  ModelReply,
  ModelRequest,
  ModelTraits,
  ModelUsage,
} from '../../src/core/model/languageModel';

/** What the fake says to its n-th request of a role (from 0); thrown errors are thrown. */
export type Script = (request: ModelRequest, nth: number) => ModelReply | ModelFailure | Promise<ModelReply>;

export interface FakeModel extends LanguageModel {
  /** Every request that was sent, in order; those of a batch once, when it was submitted. */
  readonly requests: readonly ModelRequest[];
  /** The most that were under way together. */
  readonly mostAtOnce: number;
}

export const USAGE: ModelUsage = { input: 1_000, output: 100, cacheRead: 0, cacheWrite: 0 };
export const FAKE_TRAITS: ModelTraits = {
  engine: 'claude',
  maxPromptTokens: { extract: 200_000, consolidate: 200_000 },
  model: { extract: 'claude-haiku-5-5', consolidate: 'claude-sonnet-5-5' },
  priceFactor: 1,
  concurrency: 4,
};

/** An answer with this value, and a little usage. */
export function answer(value: unknown, usage: ModelUsage = USAGE): ModelReply {
  return { kind: 'answer', value, usage, model: '' };
}

/** Nothing found, nothing to change: what a script says to what it does not care about. */
export function nothing(request: ModelRequest): ModelReply {
  return answer(request.role === 'extract' ? { findings: [] } : { changes: [] });
}

/** A model in memory that says what the script says. Answers come in the order of the requests, a turn later. */
export function createFakeModel(script: Script = nothing, traits: Partial<ModelTraits> = {}): FakeModel {
  const requests: ModelRequest[] = [];
  const counts = { extract: 0, consolidate: 0 };
  let underWay = 0;
  let mostAtOnce = 0;
  return {
    traits: { ...FAKE_TRAITS, ...traits },
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    ask: async (request: ModelRequest, { signal }: AskOptions) => {
      if (signal.aborted) throw new AgentDreamsError('cancelled', 'canceled');
      requests.push(request);
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      try {
        await Promise.resolve();
        const reply = await script(request, counts[request.role]++);
        if (reply.kind === 'failed') throw new AgentDreamsError('model-failed', reply.message);
        return reply;
      } finally {
        underWay -= 1;
      }
    },
  };
}

export interface FakeBatchModel extends FakeModel {
  /** Batches in the order they were submitted, each with the keys of its requests. */
  readonly batches: readonly (readonly string[])[];
}

/** The same with batches: submitted ones are remembered by their handle for as long as the fake lives. */
export function createFakeBatchModel(
  script: Script = nothing,
  interrupt: (batch: number, answered: number) => boolean = () => false,
): FakeBatchModel {
  const model = createFakeModel(script, { engine: 'claude-batch', priceFactor: 0.5 });
  const batches: string[][] = [];
  const stored = new Map<string, readonly ModelRequest[]>();
  const requests: ModelRequest[] = [];
  let answered = 0;
  let asked = 0;
  return {
    ...model,
    batches,
    get requests() {
      return [...requests, ...model.requests];
    },
    mostAtOnce: 1,
    askMany: async (wanted: readonly ModelRequest[], options: AskManyOptions) => {
      const handle = options.handle ?? `batch-${batches.length}`;
      if (options.handle === undefined) {
        batches.push(wanted.map(({ key }) => key));
        requests.push(...wanted);
        stored.set(handle, wanted);
        await options.onHandle(handle);
      }
      const known = stored.get(handle);
      if (known === undefined) throw new AgentDreamsError('model-missing', 'no such batch');
      // Out of order, as results come.
      for (const request of [...known].reverse()) {
        if (interrupt(batches.length - 1, answered)) throw new AgentDreamsError('cancelled', 'canceled');
        await options.onReply(request.key, await script(request, asked++));
        answered += 1;
      }
    },
  };
}
