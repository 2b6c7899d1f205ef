import { gather } from '../../core/dream/gather';
import type { DreamEngine } from '../../core/dream/engineRun';
import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { storeEngine } from '../../core/dream/model/storeMiner';
import type { DreamPorts } from '../../core/dream/runDream';
import { AgentDreamsError } from '../../core/errors';
import { estimateDream, type DreamEstimate } from '../../core/model/estimate';
import type { LanguageModel } from '../../core/model/languageModel';
import type { StoreDreamer } from '../../core/model/storeDreamer';
import type { PriceTable } from '../../core/model/prices';
import type { Progress } from '../../core/ports';
import type { EnginePlan } from './enginePlan';
import type { DreamForecast } from './estimateWords';
import { paperModel, storeEstimate } from './storeEstimate';
import { watchModel, type RunningCost } from './watchModel';

/** Asks the user for a model dream: the limit in US dollars, or undefined if they do not want it. */
export type ConfirmDream = (
  forecast: DreamForecast,
  /** Has the provider count the tokens, for which the text is sent to it, free of charge. */
  count: () => Promise<DreamForecast>,
) => Promise<number | undefined>;

/** An engine that was opened: one that is asked questions, or one that is given a whole store. */
export type OpenedEngine =
  | { readonly kind: 'model'; readonly model: LanguageModel }
  | { readonly kind: 'store'; readonly dreamer: StoreDreamer; readonly dreamModel: string };

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
  /** Throws what the port of language models throws. */
  readonly open: () => Promise<OpenedEngine>;
  /** Absent where nobody is there to be asked: then the limit that was set decides. */
  readonly confirm?: ConfirmDream;
}

/** The engine to dream with, and what it costs while it does. */
export interface PreparedEngine {
  readonly engine: DreamEngine;
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
  const opened = await open();
  const forecast = async (count: boolean): Promise<DreamForecast> =>
    forecastOf(preparation, opened, { estimate: await estimate(preparation, opened, count), counted: count });
  let shown = await forecast(confirm === undefined && opened.kind === 'model');
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
  const limits = { capUsd, estimatedUsd: usd, prices };
  if (opened.kind === 'store') return { engine: storeEngine({ dreamer: opened.dreamer, ...limits }), cost: { usd: 0 } };
  const watched = watchModel(opened.model, prices);
  return { engine: { model: watched.model, ...limits }, cost: watched.cost };
}

async function estimate(
  { ports, sessions, instructions, prices, signal }: EnginePreparation,
  opened: OpenedEngine,
  count: boolean,
): Promise<DreamEstimate> {
  const told = instructions === undefined ? {} : { instructions };
  const found = await estimateDream(ports, modelOf(opened), sessions, { prices, signal, count, ...told });
  return opened.kind === 'model' ? found : storeEstimate(found, opened.dreamModel, prices);
}

function modelOf(opened: OpenedEngine): LanguageModel {
  return opened.kind === 'model' ? opened.model : paperModel(opened.dreamModel);
}

function forecastOf(
  { plan, folder, address }: EnginePreparation,
  opened: OpenedEngine,
  estimated: Pick<DreamForecast, 'estimate' | 'counted'>,
): DreamForecast {
  return {
    engine: plan.engine,
    folder,
    address,
    ...estimated,
    limitUsd: plan.limitUsd,
    models: modelOf(opened).traits.model,
  };
}
