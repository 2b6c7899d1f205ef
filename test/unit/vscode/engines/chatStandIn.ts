import type { ChatMessage, ChatModel } from '../../../../src/vscode/engines/vscodeLm';

/** What a model of VS Code says to one request: pieces of text, a failure, or nothing at all. */
export type ChatTurn =
  | { readonly say: readonly string[] }
  | { readonly say?: readonly string[]; readonly fail: unknown }
  | { readonly say?: readonly string[]; readonly hang: true };

/** A model that plays its turns in order, the last one again and again, and keeps what it was asked. */
export interface ChatStandIn extends ChatModel {
  readonly asked: readonly (readonly ChatMessage[])[];
}

/** Makes it. It counts a token for each word. */
export function chatStandIn(...turns: readonly [ChatTurn, ...ChatTurn[]]): ChatStandIn {
  const asked: (readonly ChatMessage[])[] = [];
  async function* send(messages: readonly ChatMessage[], stop: AbortSignal): AsyncIterable<string> {
    const turn = turns[Math.min(asked.length, turns.length - 1)] ?? turns[0];
    asked.push([...messages]);
    yield* turn.say ?? [];
    if ('fail' in turn) throw turn.fail;
    if ('hang' in turn) {
      // Like some providers it does not care that nobody listens any more, for a while.
      await new Promise((resolve) => stop.addEventListener('abort', () => setTimeout(resolve, 5)));
    }
  }
  return {
    id: 'copilot-some-model',
    maxInputTokens: 10_000,
    asked,
    send,
    count: (text) => Promise.resolve(text.split(/\s+/u).length),
  };
}

/** An error as VS Code throws it. */
export function chatError(code: string, message: string, cause?: Error): Error {
  const error = new Error(message, cause === undefined ? {} : { cause });
  error.name = 'LanguageModelError';
  return Object.assign(error, { code });
}
