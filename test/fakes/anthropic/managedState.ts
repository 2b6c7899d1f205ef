import { createHash } from 'node:crypto';
import { errorBody, wireError } from './errors';
import { isObject, objectAt, textAt, type Json } from './json';
import type { Exchange, Route } from './types';

/** A memory as the loopback server keeps it. */
export interface FakeMemory {
  readonly id: string;
  readonly path: string;
  readonly content: string;
  readonly version: string;
}

export interface FakeStore {
  readonly id: string;
  readonly name: string;
  readonly metadata: Json;
  readonly memories: Map<string, FakeMemory>;
}

export interface FakeSession {
  readonly id: string;
  readonly metadata: Json;
  readonly title: string;
  /** What was replayed to it. */
  readonly text: string;
  readonly agent: string;
  readonly environment: string;
  readonly budget: unknown;
  /** Looks that are left until it is idle. */
  looks: number;
}

/** An agent or an environment: nothing of it matters but that it is there. */
export interface FakeThing {
  readonly id: string;
  readonly metadata: Json;
  readonly body: Json;
  archived: boolean;
}

export interface FakeDream {
  readonly id: string;
  readonly body: Json;
  readonly store: string;
  readonly sessions: readonly string[];
  status: 'pending' | 'running' | 'completed' | 'failed' | 'canceled';
  output: string | undefined;
  looks: number;
  archived: boolean;
  error: { readonly type: string; readonly message: string } | null;
}

/** Everything that managed agents keep on a server until somebody deletes it. */
export interface ManagedState {
  readonly stores: Map<string, FakeStore>;
  readonly sessions: Map<string, FakeSession>;
  readonly agents: Map<string, FakeThing>;
  readonly environments: Map<string, FakeThing>;
  readonly dreams: Map<string, FakeDream>;
}

/** What the dream makes of a store: files by path, from those that went in and the sessions' texts. */
export type DreamScript = (
  files: ReadonlyMap<string, string>,
  sessions: readonly string[],
) => ReadonlyMap<string, string>;

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Which beta a resource wants; the real one refuses others together with memory stores. */
export function betaRefusal({ request }: Exchange, wanted: string): ReturnType<typeof wireError> | undefined {
  const betas = (request.headers['anthropic-beta'] ?? '').split(',').map((beta) => beta.trim());
  if (!betas.includes(wanted)) return wireError(400, `anthropic-beta: ${wanted} is required`);
  const mixed =
    betas.some((beta) => beta.startsWith('agent-memory')) && betas.some((beta) => beta.startsWith('managed'));
  return mixed ? wireError(400, 'anthropic-beta: these betas cannot be used together') : undefined;
}

/** A route that wants a beta header. */
export function betaRoute(method: Route['method'], path: RegExp, beta: string, handle: Route['handle']): Route {
  return {
    method,
    path,
    handle: async (exchange, groups) => {
      const refusal = betaRefusal(exchange, beta);
      if (refusal) exchange.error(refusal);
      else await handle(exchange, groups);
    },
  };
}

/** A page of a list; the cursor is the index that it goes on from. */
export function page(exchange: Exchange, all: readonly unknown[], most: number): void {
  const { query } = exchange.request;
  const start = Number(query.get('page') ?? 0);
  const size = Math.min(most, Number(query.get('limit') ?? 20));
  const next = start + size < all.length ? String(start + size) : null;
  exchange.json(200, { data: all.slice(start, start + size), next_page: next });
}

/** The body of a request, an object in any case. */
export function bodyOf({ request }: Exchange): Json {
  return isObject(request.body) ? request.body : {};
}

export function metadataOf(body: Json): Json {
  return objectAt(body, 'metadata') ?? {};
}

/** A conflict as memory stores word it: not to be repeated, with what it is about. */
export function conflict(exchange: Exchange, type: string, message: string, more: Json = {}): void {
  const body = errorBody({ type, message }, exchange.requestId) as { readonly error: Json };
  exchange.json(409, { ...body, error: { ...body.error, ...more } }, { 'x-should-retry': 'false' });
}

/** The text of a field, or ''. */
export function text(body: Json, field: string): string {
  return textAt(body, field) ?? '';
}
