import type { UsageLine } from '../model/budget';
import type { DreamId } from '../review/proposal';
import type { RequestWay } from './finding';

/** `dream.json`: one run, its inputs, and what became of it. Untrusted when read back: validated at the border. */
export type DreamStatus = 'pending' | 'running' | 'completed' | 'failed' | 'canceled';
export type EngineName = 'offline' | 'claude' | 'claude-batch' | 'claude-code' | 'vscode-lm' | 'managed';

export interface DreamRecord {
  readonly format: 1;
  readonly id: DreamId;
  readonly status: DreamStatus;
  /** `direct`: nothing was dreamt, a program or a file asked; see `direct.ts`. */
  readonly engine: EngineName | 'direct';
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly sessions: readonly string[];
  /** At most 4,096 characters; what the user asked this dream to look at. */
  readonly instructions?: string;
  readonly trigger: 'command' | 'schedule' | 'cli' | RequestWay;
  /** Who asked, where nothing was dreamt. */
  readonly by?: string;
  /** How many changes were proposed; 0 is a good dream. */
  readonly changes?: number;
  readonly findings?: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** US dollars; 0 for the offline engine. */
  readonly costUsd: number;
  /** US dollars: what the user was shown before it began. */
  readonly estimatedUsd?: number;
  /** What was asked of models, by role and model; absent for the offline engine. */
  readonly usage?: readonly UsageLine[];
  readonly head?: string;
}

/** A record of a dream that read something and thought it over. */
export type DreamtRecord = DreamRecord & { readonly engine: EngineName };

/** False where there was no dream: a program or a file asked for the changes. */
export function wasDreamt(record: DreamRecord): record is DreamtRecord {
  return record.engine !== 'direct';
}
