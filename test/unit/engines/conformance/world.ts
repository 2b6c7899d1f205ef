import type { EngineName } from '../../../../src/core/dream/dream';
import type { LanguageModel, ModelRequest, ModelUsage } from '../../../../src/core/model/languageModel';
import type { CaseName } from './cases';

/** What the model, or the way to it, does at one try. Each engine plays it as its own server would. */
export type Step =
  | { readonly do: 'answer'; readonly value: unknown; readonly usage?: ModelUsage }
  /** The smallest answer of the schema, not before this. */
  | { readonly do: 'hold'; readonly until: Promise<void> }
  /** An answer that is no JSON. */
  | { readonly do: 'say'; readonly text: string }
  /** An answer that ends because no more tokens were allowed. */
  | { readonly do: 'truncate' }
  | { readonly do: 'refuse'; readonly reason: string }
  | { readonly do: 'status'; readonly status: number; readonly retryAfterS?: number; readonly message?: string }
  /** It begins and then says that it failed, or the connection is cut. */
  | { readonly do: 'breakMidway'; readonly by: 'overload' | 'cut' }
  | { readonly do: 'hang'; readonly where: 'headers' | 'body' }
  /** It points to another server. */
  | { readonly do: 'redirect'; readonly to: string }
  /** It answers, and says that the rate limit is used up for some seconds. */
  | { readonly do: 'lastOne'; readonly value: unknown; readonly resetS: number }
  /** Of a batch: the item gets no answer. */
  | { readonly do: 'item'; readonly becomes: 'expired' | 'errored' | 'canceled' };

export interface Setup {
  /** What happens at the next tries, in order; afterwards the smallest answer of the schema. */
  readonly steps?: readonly Step[];
  readonly key?: string;
  /** The only key that is taken; any is without it. */
  readonly acceptedKey?: string;
  /** Waits take their time; without it they are over at once. */
  readonly realWaits?: boolean;
  /** Milliseconds of silence after which a try is given up; long without it. */
  readonly silenceMs?: number;
  /** Of a batch: what happens on the way, so many times. */
  readonly onTheWay?: { readonly to: 'create' | 'poll' | 'results'; readonly times: number; readonly status?: number };
  /** Nothing listens. */
  readonly unreachable?: boolean;
  /** Of a batch: how often it is looked at before it has ended. */
  readonly polls?: number;
  /** Of a batch: where it says that its results are. */
  readonly resultsUrl?: string;
}

/** One request as it reached the other side. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly text: string;
}

/** An engine and what stands behind it, for one case. */
export interface World {
  readonly model: LanguageModel;
  /** Everything that reached the other side, in order. */
  readonly sent: () => readonly Sent[];
  /** How often a model was asked, repetitions among them. */
  readonly asked: () => number;
  /** A second engine before the same server, as after a restart. */
  readonly restarted: () => LanguageModel;
  readonly close: () => Promise<void>;
}

/** An engine in the table. What does not apply to it says why. */
export interface EngineUnderTest {
  readonly engine: EngineName;
  readonly open: (setup: Setup) => Promise<World>;
  readonly notApplicable: Readonly<Partial<Record<CaseName, string>>>;
  /** Cases that it can only play in its own way. */
  readonly own?: Readonly<Partial<Record<CaseName, () => Promise<void>>>>;
  /** False where a program stands between, which says what went wrong in its own words, and spreads its waits. */
  readonly repeatsServer?: false;
}

/** A question that every model can be asked. */
export const QUESTION: ModelRequest = {
  key: 'work-item-1',
  role: 'extract',
  system: 'Look for what is worth remembering, and answer in the schema. '.repeat(150),
  prompt: '<document>Use pnpm, never npm.</document> What is worth remembering?',
  schema: {
    type: 'object',
    properties: { findings: { type: 'array', items: { type: 'string' } } },
    required: ['findings'],
    additionalProperties: false,
  },
  maxOutputTokens: 16_000,
};

/** Runs `use` in a world of its own and closes it afterwards. */
export async function inWorld<T>(
  { open }: EngineUnderTest,
  setup: Setup,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const world = await open(setup);
  try {
    return await use(world);
  } finally {
    await world.close();
  }
}
