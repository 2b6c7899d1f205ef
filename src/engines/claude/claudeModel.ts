import { isAgentDreamsError } from '../../core/errors';
import type { EngineName } from '../../core/dream/dream';
import type {
  AskOptions,
  LanguageModel,
  ModelReply,
  ModelRequest,
  ModelTraits,
  ModelUsage,
} from '../../core/model/languageModel';
import type { Clock } from '../../core/ports';
import { createClock } from '../../node/clock';
import { createClaudeClient, type ClaudeClient } from './client';
import { listen } from './listen';
import { chooseModels, fallbackModels, type ClaudeModels } from './models';
import { oneFirst } from './oneFirst';
import { USUAL_TIMES, waitOn, type ClaudeTimes, type Wait } from './patience';
import { questionOf } from './question';
import { addUsage, NO_USAGE, replyOf } from './replyOf';
import { createSharedPause, heedLimits, tryUntil, type Trying } from './tries';
import { troubleOf } from './trouble';

export interface ClaudeOptions {
  readonly apiKey: string;
  /** A gateway; https, or this machine. */
  readonly baseUrl?: string;
  /** As `chooseClaudeModels` gave them; the dated names without it. */
  readonly models?: ClaudeModels;
  readonly clock?: Pick<Clock, 'now' | 'after'>;
  /** How back-off and polling wait; on the clock without it. */
  readonly wait?: Wait;
  readonly times?: Partial<ClaudeTimes>;
}

/** A server, a key, and how to be patient with both. */
export interface Claude {
  readonly client: ClaudeClient;
  readonly trying: Trying;
  readonly models: ClaudeModels;
}

const CONCURRENCY = 6;

/** Throws `model-key` and `invalid-setting`, before anything is sent. */
export function openClaude({ apiKey, baseUrl, models, clock = createClock(), wait, times }: ClaudeOptions): Claude {
  const key = apiKey.trim();
  const patience = { clock, wait: wait ?? waitOn(clock), times: { ...USUAL_TIMES, ...times } };
  return {
    client: createClaudeClient(key, baseUrl),
    trying: {
      patience,
      pause: createSharedPause(patience),
      troubleOf: (error) => troubleOf(error, key, clock.now()),
    },
    models: models ?? fallbackModels(),
  };
}

/**
 * Which models this key would use: the wanted ones, or the newest small and middle one. Free of charge, and the connection
 * test: throws as `LanguageModel` does.
 */
export async function chooseClaudeModels(
  options: ClaudeOptions,
  wanted: Partial<Record<'extract' | 'consolidate', string>>,
  ask: AskOptions,
): Promise<ClaudeModels> {
  const { client, trying } = openClaude(options);
  return await chooseModels(client, trying, wanted, ask);
}

/** The Messages API. */
export function createClaudeModel(options: ClaudeOptions): LanguageModel {
  const claude = openClaude(options);
  return {
    traits: traitsOf('claude', claude, 1),
    ask: createAsk(claude),
    countTokens: async (request, ask) => await countTokens(claude, request, ask),
  };
}

export function traitsOf(engine: EngineName, { models }: Claude, priceFactor: number): ModelTraits {
  const { extract, consolidate } = models;
  return {
    engine,
    maxPromptTokens: { extract: extract.maxPromptTokens, consolidate: consolidate.maxPromptTokens },
    model: { extract: extract.id, consolidate: consolidate.id },
    priceFactor,
    concurrency: CONCURRENCY,
  };
}

/** `LanguageModel.ask` over the Messages API. */
export function createAsk(claude: Claude): LanguageModel['ask'] {
  return oneFirst(claude.trying.patience, async (...asked) => await askOnce(claude, ...asked));
}

async function askOnce(
  { client, trying, models }: Claude,
  request: ModelRequest,
  options: AskOptions,
  onStart: () => void,
): Promise<ModelReply> {
  const question = questionOf(request, models[request.role]);
  // What broken tries have cost is part of the price of the one that worked.
  let spent = NO_USAGE;
  const message = await tryUntil(
    async (leash) => {
      const before = spent;
      const onUsage = (usage: ModelUsage): void => void (spent = addUsage(before, usage));
      const onHeaders = (headers: Headers): void => heedLimits(headers, trying);
      return await listen(client, question, leash, { onHeaders, onStart, onUsage });
    },
    trying,
    { ...options, spent: () => (spent === NO_USAGE ? {} : { ...spent }) },
  );
  return replyOf({ ...message, usage: spent });
}

/** Tokens as the server counts them, free of charge; undefined where it does not count. Throws as the port does. */
export async function countTokens(
  { client, trying, models }: Claude,
  request: ModelRequest,
  options: AskOptions,
): Promise<number | undefined> {
  const { model, system, messages, output_config } = questionOf(request, models[request.role]);
  const question = { model, messages, ...(system && { system }), ...(output_config && { output_config }) };
  try {
    const counted = await tryUntil(
      async ({ signal }) => await client.messages.countTokens(question, { signal }),
      trying,
      options,
    );
    return counted.input_tokens;
  } catch (error) {
    // A missing model is named; a server that does not count knows the path not at all.
    if (isAgentDreamsError(error, 'model-missing') && !String(error.details['said']).includes(model)) return undefined;
    throw error;
  }
}
