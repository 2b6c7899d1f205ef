import { errorFrame, framesOf, messageOf, textOf, type MessageReply } from './answer';
import { errorBody, wireError } from './errors';
import { isObject, type Json } from './json';
import { endBegun, keepAlive } from './keepAlive';
import { refusalOf } from './refusals';
import { countTokens, createMeter } from './tokens';
import { openStream, sendTrouble } from './trouble';
import type { Exchange, FakeContext, Reply, RouteModule } from './types';

/** Headers of every answer of a model; a reply may say otherwise. */
const RATE_LIMITS: Readonly<Record<string, string>> = {
  'anthropic-ratelimit-requests-limit': '1000',
  'anthropic-ratelimit-requests-remaining': '999',
  'anthropic-ratelimit-requests-reset': '2026-11-21T12:00:00Z',
  'anthropic-ratelimit-input-tokens-limit': '2000000',
  'anthropic-ratelimit-input-tokens-remaining': '1999000',
  'anthropic-ratelimit-input-tokens-reset': '2026-11-21T12:00:00Z',
};

/** `POST /v1/messages`, streamed or not, and `POST /v1/messages/count_tokens`. */
export const messageRoutes: RouteModule = (context) => {
  const meter = createMeter();
  return [
    {
      method: 'POST',
      path: /^\/v1\/messages$/,
      handle: async (exchange) => {
        const { body } = exchange.request;
        const refusal = refusalOf(body, rulesOf(exchange, context, true));
        if (refusal || !isObject(body)) {
          exchange.error(refusal ?? wireError(400));
          return;
        }
        const stop = keepAlive(exchange, body['stream'] === true ? context.options.pingMs : undefined);
        const reply = await context.decide(exchange.request);
        stop();
        if (!endBegun(reply, exchange)) send(reply, body, exchange, context, meter);
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/messages\/count_tokens$/,
      handle: (exchange) => {
        const { body } = exchange.request;
        const refusal = refusalOf(body, rulesOf(exchange, context, false));
        if (refusal || !isObject(body)) exchange.error(refusal ?? wireError(400));
        else exchange.json(200, { input_tokens: countTokens(body) });
      },
    },
  ];
};

function rulesOf({ request }: Exchange, { models }: FakeContext, answers: boolean): Parameters<typeof refusalOf>[1] {
  return { version: request.headers['anthropic-version'] ?? '', models, answers };
}

/** Does with an exchange what the reply says. */
function send(
  reply: Reply,
  body: Json,
  exchange: Exchange,
  context: FakeContext,
  meter: ReturnType<typeof createMeter>,
): void {
  const { response } = exchange;
  if ('item' in reply) {
    exchange.error(wireError(500, 'A reply for an item of a batch was given to a message.'));
    return;
  }
  if ('drop' in reply || 'hang' in reply || 'status' in reply) {
    sendTrouble(reply, exchange);
    return;
  }
  if ('frames' in reply) {
    openStream(exchange, reply.headers);
    response.end(reply.frames.join(''));
    return;
  }
  sendMessage(reply, body, exchange, context, meter);
}

function sendMessage(
  reply: MessageReply,
  body: Json,
  exchange: Exchange,
  context: FakeContext,
  meter: ReturnType<typeof createMeter>,
): void {
  const { response, requestId } = exchange;
  const model = context.models.find(({ id }) => id === body['model']);
  if (!model) {
    exchange.error(wireError(404));
    return;
  }
  const message = messageOf(reply, body, context.nextId('msg'), meter(body, model, textOf(reply)));
  const failure = 'partial' in reply ? reply.then : undefined;
  if (body['stream'] !== true) {
    if (failure === undefined) {
      exchange.json(200, message, { ...RATE_LIMITS, ...reply.headers });
      return;
    }
    if (typeof failure === 'string') response.socket?.destroy();
    else exchange.error(wireError(500, failure.message));
    return;
  }
  openStream(exchange, { ...RATE_LIMITS, ...reply.headers });
  const frames = framesOf(message, failure !== undefined).join('');
  if (failure === 'cut') response.write(frames, () => response.socket?.destroy());
  else if (failure === undefined || failure === 'end') response.end(frames);
  else response.end(frames + errorFrame(failure.type, failure.message ?? 'Overloaded', requestId));
}

/** What becomes of one item of a batch: the line's `result`. */
export function itemResult(
  reply: Reply,
  params: Json,
  context: FakeContext,
  meter: ReturnType<typeof createMeter>,
): Json {
  const requestId = context.nextId('req');
  const errored = (type: string, message: string): Json => ({
    type: 'errored',
    error: errorBody({ type, message }, requestId),
  });
  if ('item' in reply) {
    return typeof reply.item === 'string' ? { type: reply.item } : errored(reply.item.type, reply.item.message);
  }
  if ('status' in reply) {
    const { type, message } = wireError(reply.status, reply.message, reply.type);
    return errored(type, message);
  }
  const model = context.models.find(({ id }) => id === params['model']);
  if (!model || 'drop' in reply || 'hang' in reply || 'frames' in reply || 'partial' in reply) {
    return errored('api_error', 'Internal server error');
  }
  const usage = meter(params, model, textOf(reply));
  return { type: 'succeeded', message: messageOf(reply, params, context.nextId('msg'), usage) };
}
