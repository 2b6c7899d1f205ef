/**
 * The port through which a dream asks a model. Adapters live in `src/engines` and `src/vscode/engines`; all of them pass
 * one conformance suite. An answer is untrusted text, whatever the schema promised: the pipeline validates it.
 */

import type { EngineName } from '../dream/dream';
import type { CancelSignal } from '../ports';

/** What a JSON Schema may be here: objects with `additionalProperties: false`, arrays, strings, enums; no recursion. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Which of the user's models: the small one reads sessions, the large one consolidates. */
export type ModelRole = 'extract' | 'consolidate';

/** One question. Everything in it has been redacted. */
export interface ModelRequest {
  /** Names this piece of work within its dream, `[a-zA-Z0-9_-]{1,64}`: what a batch, a resumed dream and a log know it by. */
  readonly key: string;
  readonly role: ModelRole;
  /** The same for every request of one role in a dream, so that it can be cached. */
  readonly system: string;
  /** Marked, untrusted documents first, the question last. */
  readonly prompt: string;
  readonly schema: JsonSchema;
  /** Tokens, thinking included. */
  readonly maxOutputTokens: number;
}

/** Tokens, as the provider counted them; estimated where it tells nothing. */
export interface ModelUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What became of one request that was answered. `usage` is always there: also what failed is paid for. */
export type ModelReply =
  | { readonly kind: 'answer'; readonly value: unknown; readonly usage: ModelUsage; readonly model: string }
  /** It ended before the answer did: ask with less. */
  | { readonly kind: 'truncated'; readonly usage: ModelUsage; readonly model: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly usage: ModelUsage; readonly model: string }
  /** No JSON, even after one round of repair where the engine has one. */
  | { readonly kind: 'unreadable'; readonly usage: ModelUsage; readonly model: string };

/** Something that the user should see while it lasts, such as a wait for a rate limit. */
export interface ModelNotice {
  readonly kind: 'waiting' | 'retrying' | 'submitted' | 'polling';
  /** Milliseconds until the next try, where it is known. */
  readonly delayMs?: number;
  readonly message: string;
}

export interface AskOptions {
  readonly signal: CancelSignal;
  readonly onNotice: (notice: ModelNotice) => void;
}

/** What an engine is, for choosing one and for showing what it needs, costs and sends. */
export interface ModelTraits {
  readonly engine: EngineName;
  /** Tokens that fit into one request of this role. */
  readonly maxPromptTokens: Readonly<Record<ModelRole, number>>;
  /** The id of the model that answers for a role, as the price table knows it; '' where the engine does not tell. */
  readonly model: Readonly<Record<ModelRole, string>>;
  /** Part of the list price that is paid: 0.5 for batches, 0 where a plan or quota pays. */
  readonly priceFactor: number;
  /** Requests that may be under way together. */
  readonly concurrency: number;
}

/**
 * Throws `AgentDreamsError`, and keeps nothing back: `model-key` (401: no key or a wrong one), `model-billing` (402),
 * `model-forbidden` (403), `model-missing` (404: no such model or feature), `model-busy` (429 and 529, after visible waits),
 * `model-unreachable` (network, time-out, no such program), `model-failed` (anything else it said), `too-large` (413), and
 * `cancelled` within a second of the signal.
 */
export interface LanguageModel {
  readonly traits: ModelTraits;
  ask(request: ModelRequest, options: AskOptions): Promise<ModelReply>;
  /** Tokens of a request, from the provider and free of charge; undefined where there is no such service. */
  countTokens?(request: ModelRequest, options: AskOptions): Promise<number | undefined>;
  /**
   * Many at once, in any order, perhaps over hours: each answer is handed to `onReply` as it arrives, and kept by the
   * caller. `handle` is what `onHandle` was given by an earlier run of the same work, which goes on where that one stood.
   * An expired or errored request is handed over as a `ModelFailure` and may be asked again by the caller.
   */
  askMany?(requests: readonly ModelRequest[], options: AskManyOptions): Promise<void>;
}

/** A request that got no answer: its siblings did. */
export interface ModelFailure {
  readonly kind: 'failed';
  readonly reason: 'expired' | 'errored' | 'canceled';
  readonly message: string;
}

export interface AskManyOptions extends AskOptions {
  readonly handle?: string;
  /** Keep this before anything else happens: it is how paid work is found again after a restart. */
  readonly onHandle: (handle: string) => Promise<void>;
  readonly onReply: (key: string, reply: ModelReply | ModelFailure) => Promise<void>;
}
