import { wireError } from './errors';
import { isObject, listAt, objectAt, textAt, type Json } from './json';
import { itemResult } from './messages';
import { refusalOf } from './refusals';
import { createMeter } from './tokens';
import type { Exchange, FakeContext, RouteModule, SeenRequest, WireError } from './types';

interface Batch {
  readonly id: string;
  readonly items: readonly Json[];
  readonly request: SeenRequest;
  readonly createdAt: string;
  /** Looks that are left until it has ended. */
  looks: number;
  canceled: boolean;
  /** The lines of its results, once it has ended. */
  lines: readonly string[] | undefined;
}

const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const DAY_MS = 86_400_000;

/** `/v1/messages/batches` whole. Results come in the reverse order of the requests: no order is promised. */
export const batchRoutes: RouteModule = (context) => {
  const batches = new Map<string, Batch>();
  const meter = createMeter();
  const withBatch = (use: (exchange: Exchange, batch: Batch) => Promise<void> | void) => {
    return async (exchange: Exchange, [id = '']: readonly string[]): Promise<void> => {
      const batch = batches.get(id);
      if (batch) await use(exchange, batch);
      else exchange.error(wireError(404, `No such message batch: ${id}`));
    };
  };
  const look = async (batch: Batch): Promise<void> => {
    if (batch.lines) return;
    if (batch.looks > 0 && !batch.canceled) batch.looks -= 1;
    else batch.lines = await linesOf(batch, context, meter);
  };
  return [
    {
      method: 'POST',
      path: /^\/v1\/messages\/batches$/,
      handle: (exchange) => {
        const items = listAt(exchange.request.body, 'requests').filter(isObject);
        const refusal = batchProblem(items);
        if (refusal) {
          exchange.error(refusal);
          return;
        }
        const createdAt = new Date(exchange.request.at).toISOString();
        const looks = context.options.batchPolls ?? 1;
        const state = { looks, canceled: false, lines: undefined };
        const batch: Batch = { id: context.nextId('msgbatch'), items, request: exchange.request, createdAt, ...state };
        batches.set(batch.id, batch);
        exchange.json(200, batchBody(batch, context));
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/messages\/batches$/,
      handle: (exchange) => {
        const data = [...batches.values()].reverse().map((batch) => batchBody(batch, context));
        exchange.json(200, { data, has_more: false, first_id: null, last_id: null });
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/messages\/batches\/([^/]+)$/,
      handle: withBatch(async (exchange, batch) => {
        await look(batch);
        exchange.json(200, batchBody(batch, context));
      }),
    },
    {
      method: 'GET',
      path: /^\/v1\/messages\/batches\/([^/]+)\/results$/,
      handle: withBatch((exchange, batch) => {
        if (!batch.lines) {
          exchange.error(wireError(404, 'The batch has no results yet.'));
          return;
        }
        exchange.response.writeHead(200, { 'content-type': 'application/binary', 'request-id': exchange.requestId });
        exchange.response.end(batch.lines.map((line) => `${line}\n`).join(''));
      }),
    },
    {
      method: 'POST',
      path: /^\/v1\/messages\/batches\/([^/]+)\/cancel$/,
      handle: withBatch((exchange, batch) => {
        if (!batch.lines) batch.canceled = true;
        exchange.json(200, batchBody(batch, context));
      }),
    },
    {
      method: 'DELETE',
      path: /^\/v1\/messages\/batches\/([^/]+)$/,
      handle: withBatch((exchange, batch) => {
        if (!batch.lines) {
          exchange.error(wireError(400, 'A batch in progress cannot be deleted. Cancel it first.'));
          return;
        }
        batches.delete(batch.id);
        exchange.json(200, { id: batch.id, type: 'message_batch_deleted' });
      }),
    },
  ];
};

/** What is refused at once. The params of the items are looked at later, as the API does. */
function batchProblem(items: readonly Json[]): WireError | undefined {
  if (items.length === 0) return wireError(400, 'requests: List should have at least 1 item');
  const ids = items.map((item) => textAt(item, 'custom_id') ?? '');
  const bad = ids.findIndex((id) => !CUSTOM_ID.test(id));
  if (bad >= 0) return wireError(400, `requests.${bad}.custom_id: String should match pattern '${CUSTOM_ID.source}'`);
  if (new Set(ids).size < ids.length) return wireError(400, 'requests: custom_id must be unique within a batch');
  const streamed = items.findIndex((item) => objectAt(item, 'params')?.['stream'] !== undefined);
  return streamed < 0
    ? undefined
    : wireError(400, `requests.${streamed}.params.stream: Extra inputs are not permitted`);
}

async function linesOf(
  batch: Batch,
  context: FakeContext,
  meter: ReturnType<typeof createMeter>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const item of batch.items) {
    const customId = textAt(item, 'custom_id') ?? '';
    const result = batch.canceled ? { type: 'canceled' } : await resultOf(item, customId, batch, context, meter);
    lines.push(JSON.stringify({ custom_id: customId, result }));
  }
  return lines.reverse();
}

async function resultOf(
  item: Json,
  customId: string,
  batch: Batch,
  context: FakeContext,
  meter: ReturnType<typeof createMeter>,
): Promise<Json> {
  const params = objectAt(item, 'params') ?? {};
  const version = batch.request.headers['anthropic-version'] ?? '';
  const refusal = refusalOf(params, { version, models: context.models, answers: true });
  const reply = refusal ?? (await context.decide({ ...batch.request, body: params, customId }));
  return itemResult(reply, params, context, meter);
}

function batchBody(batch: Batch, context: FakeContext): Json {
  const lines = batch.lines ?? [];
  const count = (type: string): number => lines.filter((line) => line.includes(`"result":{"type":"${type}"`)).length;
  const results = context.options.resultsUrl ?? `${context.url}/v1/messages/batches/${batch.id}/results`;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: batch.lines ? 'ended' : batch.canceled ? 'canceling' : 'in_progress',
    request_counts: {
      processing: batch.items.length - lines.length,
      succeeded: count('succeeded'),
      errored: count('errored'),
      canceled: count('canceled'),
      expired: count('expired'),
    },
    created_at: batch.createdAt,
    expires_at: new Date(Date.parse(batch.createdAt) + DAY_MS).toISOString(),
    ended_at: batch.lines ? batch.createdAt : null,
    archived_at: null,
    cancel_initiated_at: batch.canceled ? batch.createdAt : null,
    results_url: batch.lines ? results : null,
  };
}
