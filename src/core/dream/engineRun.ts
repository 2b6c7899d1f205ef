import { Budget } from '../model/budget';
import type { LanguageModel } from '../model/languageModel';
import type { PriceTable } from '../model/prices';
import type { CancelSignal, CorePorts, Progress } from '../ports';
import type { DreamRecord, EngineName } from './dream';
import type { Gathered } from './gather';
import type { Miner } from './miner';
import { modelMiner } from './model/modelMiner';

/** A dream over a model: which, and what it may cost. */
export interface ModelEngine {
  readonly model: LanguageModel;
  /** US dollars. No request is sent that could pass it. */
  readonly capUsd: number;
  /** What the user was shown before, for the record. */
  readonly estimatedUsd?: number;
  /** Prices as the user set them right; the table of this version where absent. */
  readonly prices?: PriceTable;
}

/** The engine part of a running dream. */
export interface EngineRun {
  /** Of the engine; the offline ones run in any case. */
  readonly miners: readonly Miner[];
  /** What it has cost so far. */
  ledger(): Pick<DreamRecord, 'costUsd' | 'usage'>;
  /** To be called when the proposal is written. */
  completed(): Promise<void>;
}

interface EngineInput {
  readonly ports: CorePorts;
  readonly gathered: Gathered;
  readonly signal: CancelSignal;
  readonly progress: Progress | undefined;
  readonly instructions: string | undefined;
  /** The user chose the sessions: what earlier dreams made of them does not count. */
  readonly again: boolean;
  /** Called after each answer: a dream that is killed leaves what it has cost behind. */
  readonly onCost: () => Promise<void>;
}

export function engineName(engine: 'offline' | ModelEngine): EngineName {
  return engine === 'offline' ? engine : engine.model.traits.engine;
}

export function startEngine(engine: 'offline' | ModelEngine, input: EngineInput): EngineRun {
  if (engine === 'offline') {
    return { miners: [], ledger: () => ({ costUsd: 0 }), completed: () => Promise.resolve() };
  }
  const { model, capUsd, prices } = engine;
  const { ports, gathered, signal, progress, instructions, again, onCost } = input;
  const budget = new Budget({ capUsd, traits: model.traits, ...(prices === undefined ? {} : { prices }) });
  const miner = modelMiner({
    model,
    ports,
    signal,
    budget,
    again,
    rejected: gathered.state.rejected,
    onUsage: onCost,
    ...(progress === undefined ? {} : { progress }),
    ...(instructions === undefined ? {} : { instructions }),
  });
  return {
    miners: [miner],
    ledger: () => ({ costUsd: budget.spentUsd, usage: budget.ledger() }),
    completed: () => miner.completed(),
  };
}
