import { gather } from '../../core/dream/gather';
import type { ModelEngine } from '../../core/dream/engineRun';
import type { DreamPorts } from '../../core/dream/runDream';
import { AgentDreamsError } from '../../core/errors';
import { estimateDream, type DreamEstimate } from '../../core/model/estimate';
import type { LanguageModel } from '../../core/model/languageModel';
import type { PriceTable } from '../../core/model/prices';
import type { Progress } from '../../core/ports';
import type { EnginePlan } from './enginePlan';
import type { DreamForecast } from './estimateWords';
import { watchModel, type RunningCost } from './watchModel';

/** Asks the user for a model dream: the limit in US dollars, or undefined if they do not want it. */
export type ConfirmDream = (
  forecast: DreamForecast,
  /** Has the provider count the tokens, for which the text is sent to it, free of charge. */
  count: () => Promise<DreamForecast>,
) => Promise<number | undefined>;

/** A model dream about to start. */
export interface EnginePreparation {
  readonly ports: DreamPorts;
  readonly plan: Extract<EnginePlan, { readonly kind: 'model' }>;
  readonly folder: string;
  readonly sessions?: readonly string[];
  readonly instructions?: string;
  readonly address: string;
  readonly prices: PriceTable;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Makes the model; throws what the port of language models throws. */
  readonly open: () => Promise<LanguageModel>;
  /** Absent where nobody is there to be asked: then the limit that was set decides. */
  readonly confirm?: ConfirmDream;
}

/** The engine to dream with, and what it costs while it does. */
export interface PreparedEngine {
  readonly engine: ModelEngine;
  readonly cost: RunningCost;
}

/** Sessions that no dream has seen as they are now. Whoever dreams over none of them need not be asked for money. */
export async function newSessions(ports: DreamPorts): Promise<number> {
  return (await gather(ports, undefined)).newSessions;
}

/**
 * Opens the engine, estimates, and has the user agree. Before they did, nothing of a session is sent. Throws `cancelled`
 * where they do not want it, and `over-budget` where nobody is asked and the estimate is over the limit.
 */
export async function prepareEngine(preparation: EnginePreparation): Promise<PreparedEngine> {
  const { plan, prices, progress, open, confirm } = preparation;
  progress.report({ message: 'Estimating', done: 0, total: 0 });
  const model = await open();
  const forecast = async (count: boolean): Promise<DreamForecast> =>
    forecastOf(preparation, model, { estimate: await estimate(preparation, model, count), counted: count });
  let shown = await forecast(confirm === undefined);
  const limitUsd = await confirm?.(shown, async () => (shown = await forecast(true)));
  throwIfCancelled(preparation.signal);
  if (confirm !== undefined && limitUsd === undefined) throw new AgentDreamsError('cancelled', 'not confirmed');
  const { usd } = shown.estimate;
  const capUsd = limitUsd ?? plan.limitUsd;
  if (usd > capUsd) {
    throw new AgentDreamsError('over-budget', `about $${usd.toFixed(2)} of $${capUsd.toFixed(2)}`, {
      estimatedUsd: usd,
      capUsd,
    });
  }
  const watched = watchModel(model, prices);
  return { engine: { model: watched.model, capUsd, estimatedUsd: usd, prices }, cost: watched.cost };
}

function estimate(
  { ports, sessions, instructions, prices, signal }: EnginePreparation,
  model: LanguageModel,
  count: boolean,
): Promise<DreamEstimate> {
  const told = instructions === undefined ? {} : { instructions };
  return estimateDream(ports, model, sessions, { prices, signal, count, ...told });
}

function forecastOf(
  { plan, folder, address }: EnginePreparation,
  { traits }: LanguageModel,
  estimated: Pick<DreamForecast, 'estimate' | 'counted'>,
): DreamForecast {
  return {
    engine: plan.engine,
    folder,
    address,
    ...estimated,
    limitUsd: plan.limitUsd,
    models: traits.model,
  };
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AgentDreamsError('cancelled', 'cancelled');
}
