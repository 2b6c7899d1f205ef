import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultReply } from './answer';
import { batchRoutes } from './batches';
import { errorBody, wireError } from './errors';
import { messageRoutes } from './messages';
import { FAKE_MODELS, modelRoutes } from './models';
import type {
  Exchange,
  FakeAnthropic,
  FakeContext,
  FakeOptions,
  Reply,
  Route,
  Script,
  SeenRequest,
  Trouble,
} from './types';
import { sendTrouble } from './trouble';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_BATCH_BYTES = 256 * 1024 * 1024;
const VERSIONS = new Set(['2026-10-21', '2023-06-01']);

/**
 * A loopback Anthropic: HTTP and SSE as in `docs/testing.md`. It says no where the real one would, records everything
 * that comes in, and answers as its scripts say; without a script, with an empty answer of the schema that was asked for.
 */
export async function startAnthropic(options: FakeOptions = {}): Promise<FakeAnthropic> {
  const requests: SeenRequest[] = [];
  const scripts: Script[] = [];
  const troubles: ((request: SeenRequest) => Trouble | undefined)[] = [];
  const queue: Reply[] = [];
  let count = 0;
  const nextId = (prefix: string): string => {
    count += 1;
    return `${prefix}_${String(count).padStart(6, '0')}`;
  };
  const decide = async (request: SeenRequest): Promise<Reply> => {
    const queued = queue.shift();
    if (queued) return queued;
    for (const script of scripts) {
      const reply = await script(request);
      if (reply) return reply;
    }
    return defaultReply(request.body);
  };
  let routes: readonly Route[] = [];
  const server = createServer((incoming, response) => {
    void receive(incoming, requests).then(async (request) => {
      if (!request) return;
      const trouble = (): Trouble | undefined => troubles.map((script) => script(request)).find((found) => found);
      await answer({ request, incoming, response, requestId: nextId('req'), routes, options, trouble });
    });
  });
  await new Promise<void>((listening) => server.listen(options.port ?? 0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context: FakeContext = { url, decide, nextId, models: options.models ?? FAKE_MODELS, options };
  const modules = [...(options.routes ?? []), batchRoutes, messageRoutes, modelRoutes];
  routes = modules.flatMap((module) => module(context));
  return {
    url,
    requests,
    reply: (script) => void scripts.unshift(script),
    trouble: (script) => void troubles.unshift(script),
    next: (...replies) => void queue.push(...replies),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads a request to its end and remembers it; undefined where the client went away before. */
async function receive(incoming: IncomingMessage, requests: SeenRequest[]): Promise<SeenRequest | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://loopback');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const bearer = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  const request: SeenRequest = {
    index: requests.length,
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers,
    body: parse(text),
    text,
    at: Date.now(),
    key: bearer ?? headers['x-api-key'],
  };
  requests.push(request);
  return request;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Answering extends Pick<Exchange, 'request' | 'incoming' | 'response' | 'requestId'> {
  readonly routes: readonly Route[];
  readonly options: FakeOptions;
  readonly trouble: () => Trouble | undefined;
}

async function answer({ request, incoming, response, requestId, routes, options, trouble }: Answering): Promise<void> {
  const json: Exchange['json'] = (status, body, headers) => {
    const usual = { 'content-type': 'application/json', 'request-id': requestId };
    response.writeHead(status, { ...usual, ...headers }).end(JSON.stringify(body));
  };
  const error: Exchange['error'] = (wire, headers) => json(wire.status, errorBody(wire, requestId), headers);
  const exchange: Exchange = { request, incoming, response, requestId, json, error };
  const troubled = trouble();
  if (troubled) {
    sendTrouble(troubled, exchange);
    return;
  }
  const refused = entryRefusal(request, options);
  if (refused) {
    error(refused);
    return;
  }
  const here = routes.flatMap((route) => {
    const groups = route.path.exec(request.path);
    return groups ? [{ route, groups: groups.slice(1).map(decodeURIComponent) }] : [];
  });
  const found = here.find(({ route }) => route.method === request.method);
  if (!found) {
    error(wireError(here.length > 0 ? 405 : 404));
    return;
  }
  try {
    await found.route.handle(exchange, found.groups);
  } catch (thrown) {
    // A script that throws is a broken test: it has to show, and must not end the process.
    if (!response.headersSent) error(wireError(500, `The fake failed: ${String(thrown)}`));
    else response.destroy();
  }
}

/** What is refused before anything is looked at: no key, a wrong one, an unknown version, too many bytes. */
function entryRefusal(request: SeenRequest, options: FakeOptions): ReturnType<typeof wireError> | undefined {
  const { key, headers, path, text } = request;
  if (key === undefined) return wireError(401, 'x-api-key or Authorization header is required');
  if (options.acceptedKey !== undefined && key !== options.acceptedKey) return wireError(401);
  const version = headers['anthropic-version'];
  if (version === undefined) return wireError(400, 'anthropic-version: header is required');
  if (!VERSIONS.has(version)) return wireError(400, `anthropic-version: "${version}" is not a valid version`);
  const limit = path === '/v1/messages/batches' ? MAX_BATCH_BYTES : MAX_BODY_BYTES;
  if (Buffer.byteLength(text) > limit) return wireError(413);
  return request.method === 'POST' && text !== '' && request.body === undefined
    ? wireError(400, 'The request body is not valid JSON.')
    : undefined;
}
