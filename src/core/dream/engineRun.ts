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

/** An engine that is asked no single questions, such as one that dreams elsewhere: it brings its own miner. */
export interface MinerEngine {
  readonly engine: EngineName;
  readonly estimatedUsd?: number;
  start(input: EngineInput): EngineRun;
}

export type DreamEngine = 'offline' | ModelEngine | MinerEngine;

/** The engine part of a running dream. */
export interface EngineRun {
  /** Of the engine; the offline ones run in any case. */
  readonly miners: readonly Miner[];
  /** What it has cost so far. */
  ledger(): Pick<DreamRecord, 'costUsd' | 'usage'>;
  /** To be called when the proposal is written. */
  completed(): Promise<void>;
}

export interface EngineInput {
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

/** What the record says about the engine before it starts. */
export function engineFacts(engine: DreamEngine): Pick<DreamRecord, 'engine' | 'estimatedUsd'> {
  if (engine === 'offline') return { engine };
  const { estimatedUsd } = engine;
  return {
    engine: 'model' in engine ? engine.model.traits.engine : engine.engine,
    ...(estimatedUsd === undefined ? {} : { estimatedUsd }),
  };
}

export function startEngine(engine: DreamEngine, input: EngineInput): EngineRun {
  if (engine === 'offline') {
    return { miners: [], ledger: () => ({ costUsd: 0 }), completed: () => Promise.resolve() };
  }
  if (!('model' in engine)) return engine.start(input);
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
