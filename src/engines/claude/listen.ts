import type {
  MessageCreateParamsNonStreaming,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ModelUsage } from '../../core/model/languageModel';
import type { ClaudeClient } from './client';
import type { Leash } from './patience';
import { explanationOf, NO_USAGE, usageOf, type FinishedMessage } from './replyOf';

/** A stream that ended before its message did. */
class CutError extends Error {}

export interface Hearing {
  /** The headers are there. */
  readonly onHeaders: (headers: Headers) => void;
  /** The model has begun: what is cached can be read from now on. */
  readonly onStart: () => void;
  /** What the message has cost so far; its last call is what it cost. */
  readonly onUsage: (usage: ModelUsage) => void;
}

/** Sends one question and listens until the message is finished. Throws what the SDK throws, and where the stream is cut. */
export async function listen(
  client: ClaudeClient,
  question: MessageCreateParamsNonStreaming,
  leash: Leash,
  hearing: Hearing,
): Promise<FinishedMessage> {
  const { data, response } = await client.messages
    .create(
      { ...question, stream: true },
      { signal: leash.signal, middleware: [async (request, next) => audible(await next(request), leash)] },
    )
    .withResponse();
  hearing.onHeaders(response.headers);
  let message: FinishedMessage = { model: '', text: '', stopReason: null, explanation: '', usage: NO_USAGE };
  for await (const event of data) {
    if (event.type === 'message_stop') return message;
    message = hear(message, event);
    if (event.type === 'message_start') hearing.onStart();
    if (event.type === 'message_start' || event.type === 'message_delta') hearing.onUsage(message.usage);
  }
  throw new CutError('The answer was cut off.');
}

function hear(message: FinishedMessage, event: RawMessageStreamEvent): FinishedMessage {
  switch (event.type) {
    case 'message_start':
      return { ...message, model: event.message.model, usage: usageOf(event.message.usage) };
    case 'content_block_delta':
      return event.delta.type === 'text_delta' ? { ...message, text: message.text + event.delta.text } : message;
    case 'message_delta':
      return {
        ...message,
        stopReason: event.delta.stop_reason,
        explanation: explanationOf(event.delta.stop_details),
        usage: usageOf(event.usage, message.usage),
      };
    default:
      return message;
  }
}

/** The response, with each piece of its body telling the leash that something was heard: pings too, which the SDK swallows. */
function audible(response: Response, { heard }: Leash): Response {
  heard();
  if (!response.body || !response.ok) return response;
  const listened = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        heard();
        controller.enqueue(chunk);
      },
    }),
  );
  // Not `response` itself: the editor puts a `fetch` of its own in place, whose classes are not the global ones.
  const { status, statusText, headers } = response;
  return new Response(listened, { status, statusText, headers: [...headers] });
}
