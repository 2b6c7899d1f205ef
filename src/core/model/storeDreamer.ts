/**
 * The port of an engine that dreams elsewhere: it is given a whole store and sessions, and gives a whole store back. What
 * it gives is untrusted text; see `core/dream/model/fromStore.ts`.
 */

import type { EngineName } from '../dream/dream';
import type { AskOptions, ModelRole, ModelUsage } from './languageModel';

/** A file of a store. Paths are relative and POSIX; those that come back are somebody's words, not yet paths. */
export interface StoreFile {
  readonly path: string;
  readonly text: string;
}

/** A condensed session, or a part of one, as it is uploaded. */
export interface StoreSession {
  readonly title: string;
  readonly text: string;
}

/** What is uploaded. Everything in it has been redacted. */
export interface StoreDreamRequest {
  readonly files: readonly StoreFile[];
  /** 1 to 100, oldest first. */
  readonly sessions: readonly StoreSession[];
  /** At most 4,096 characters. */
  readonly instructions: string;
  /** US dollars that the replay of one session may cost. */
  readonly sessionCapUsd: number;
}

/** Something that an engine made on a server, and has to delete again. */
export interface LeftBehind {
  /** `run` stands for whatever may have been made without an answer to tell of it. */
  readonly kind: 'run' | 'store' | 'session' | 'agent' | 'environment' | 'dream';
  readonly id: string;
  readonly run: string;
  /** Names server and key without telling them: only those who made it can delete it. */
  readonly account: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What has not been deleted yet, kept over restarts. */
export interface LeftBehindFile {
  read(): Promise<readonly LeftBehind[]>;
  write(left: readonly LeftBehind[]): Promise<void>;
}

export interface StoreDreamOptions extends AskOptions {
  readonly left: LeftBehindFile;
  /** What a role of the run has used by now, in all. Where it throws, everything is stopped and deleted. */
  readonly onUsage: (role: ModelRole, model: string, usage: ModelUsage) => Promise<void>;
}

/**
 * Throws as `LanguageModel` does; `model-forbidden` also where there is no access to dreams. Whatever happens, all that was
 * made is deleted before it resolves or rejects, and what could not be is in `left` and deleted by the next call.
 */
export interface StoreDreamer {
  readonly engine: EngineName;
  dream(request: StoreDreamRequest, options: StoreDreamOptions): Promise<readonly StoreFile[]>;
  /** Deletes what earlier calls left behind; resolves to what is still there. */
  cleanUp(options: Omit<StoreDreamOptions, 'onUsage'>): Promise<readonly LeftBehind[]>;
}
