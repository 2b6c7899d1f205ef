import { AgentDreamsError } from '../../core/errors';
import type { DreamEstimate } from '../../core/model/estimate';
import type { LanguageModel } from '../../core/model/languageModel';
import { dearest, priceOf, usdOf, type PriceTable } from '../../core/model/prices';

/** Of the models that the preview takes, the one that costs least. As of 2026-11-20. */
export const STORE_DREAM_MODEL = 'claude-sonnet-5';
/** Reads the sessions once, so that they are there to be dreamt over. */
const REPLAY_MODEL = 'claude-haiku-5-5';
const WINDOW = 200_000;

/** What a dream elsewhere does with what it reads, told by nobody: it looks at it in turns, most of it from the cache. */
const TURNS_FROM_CACHE = 4;
const WRITTEN_PER_SESSION = 1_500;

/** Stands for the models of a dream elsewhere where it is estimated what they read; it cannot be asked anything. */
export function paperModel(dreamModel: string): LanguageModel {
  return {
    traits: {
      engine: 'managed',
      maxPromptTokens: { extract: WINDOW, consolidate: WINDOW },
      model: { extract: REPLAY_MODEL, consolidate: dreamModel },
      priceFactor: 1,
      concurrency: 1,
    },
    ask: () => Promise.reject(new AgentDreamsError('model-missing', 'a paper model answers nothing')),
  };
}

/** The estimate of what is read, with what dreaming over it costs on top. Rough: the provider tells no price before. */
export function storeEstimate(read: DreamEstimate, dreamModel: string, prices: PriceTable): DreamEstimate {
  const dreaming = {
    input: read.inputTokens,
    output: WRITTEN_PER_SESSION * read.sessions,
    cacheRead: read.inputTokens * TURNS_FROM_CACHE,
    cacheWrite: 0,
  };
  const usd = usdOf(dreaming, priceOf(prices, dreamModel, 0) ?? dearest(prices));
  return {
    ...read,
    inputTokens: read.inputTokens + dreaming.input + dreaming.cacheRead,
    outputTokens: read.outputTokens + dreaming.output,
    usd: read.usd + usd,
    exact: false,
  };
}
