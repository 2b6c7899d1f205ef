import type { ModelReply, ModelUsage } from '../../core/model/languageModel';

/** What is used of a finished message, from a stream or from a line of a batch. */
export interface FinishedMessage {
  readonly model: string;
  readonly text: string;
  readonly stopReason: string | null;
  /** What the model says for refusing. */
  readonly explanation: string;
  readonly usage: ModelUsage;
}

const MAX_REASON = 300;

/** The reply of the port for a finished message. */
export function replyOf({ model, text, stopReason, explanation, usage }: FinishedMessage): ModelReply {
  if (stopReason === 'refusal') {
    return { kind: 'refused', reason: explanation.slice(0, MAX_REASON) || 'It gave no reason.', usage, model };
  }
  if (stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded') {
    return { kind: 'truncated', usage, model };
  }
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'answer', value, usage, model };
  } catch {
    return { kind: 'unreadable', usage, model };
  }
}

/** The usage of the API, whose cache fields may be null. */
export interface WireUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
}

/** Usage in the port's words; what is not told is taken from `before`. */
export function usageOf(wire: WireUsage, before: ModelUsage = NO_USAGE): ModelUsage {
  return {
    input: wire.input_tokens ?? before.input,
    output: wire.output_tokens ?? before.output,
    cacheRead: wire.cache_read_input_tokens ?? before.cacheRead,
    cacheWrite: wire.cache_creation_input_tokens ?? before.cacheWrite,
  };
}

export const NO_USAGE: ModelUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export function addUsage(left: ModelUsage, right: ModelUsage): ModelUsage {
  return {
    input: left.input + right.input,
    output: left.output + right.output,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite: left.cacheWrite + right.cacheWrite,
  };
}

/** What a model gives for refusing. */
export function explanationOf(
  details: { readonly explanation?: string | null; readonly category?: string | null } | null,
): string {
  return details?.explanation ?? details?.category ?? '';
}
