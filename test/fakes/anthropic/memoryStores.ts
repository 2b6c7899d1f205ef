import { objectAt, textAt, type Json } from './json';
import { wireError } from './errors';
import {
  betaRoute,
  bodyOf,
  conflict,
  metadataOf,
  page,
  sha256,
  text,
  type FakeMemory,
  type FakeStore,
  type ManagedState,
} from './managedState';
import type { Exchange, FakeContext, Route } from './types';

const BETA = 'agent-memory-2026-07-22';
const MAX_CONTENT_BYTES = 102_400;
const MAX_MEMORIES = 2_000;
const TIME = '2026-11-20T08:00:00Z';

/** `/v1/memory_stores` with memories and their preconditions. */
export function memoryStoreRoutes(state: ManagedState, context: FakeContext): readonly Route[] {
  const withStore =
    (use: (exchange: Exchange, store: FakeStore, rest: readonly string[]) => void): Route['handle'] =>
    (exchange, [id = '', ...rest]) => {
      const store = state.stores.get(id);
      if (store) use(exchange, store, rest);
      else exchange.error(wireError(404, `No such memory store: ${id}`));
    };
  const withMemory = (use: (exchange: Exchange, store: FakeStore, memory: FakeMemory) => void): Route['handle'] =>
    withStore((exchange, store, [id = '']) => {
      const memory = store.memories.get(id);
      if (memory) use(exchange, store, memory);
      else exchange.error(wireError(404, `No such memory: ${id}`));
    });
  const put = (exchange: Exchange, store: FakeStore, id: string, path: string, content: string): void => {
    const refusal = memoryRefusal(path, content);
    if (refusal) {
      exchange.error(refusal);
      return;
    }
    const other = [...store.memories.values()].find((one) => one.id !== id && overlaps(one.path, path));
    if (other) {
      conflict(exchange, 'memory_path_conflict_error', `The path ${path} is taken.`, {
        conflicting_memory_id: other.id,
        conflicting_path: other.path,
      });
      return;
    }
    const memory = { id, path, content, version: context.nextId('memver') };
    store.memories.set(id, memory);
    exchange.json(200, memoryBody(memory, store.id, exchange.request.query.get('view') ?? 'basic'));
  };
  return [
    betaRoute('POST', /^\/v1\/memory_stores$/, BETA, (exchange) => {
      const body = bodyOf(exchange);
      if (text(body, 'name') === '') {
        exchange.error(wireError(400, 'name: Field required'));
        return;
      }
      const id = context.nextId('memstore');
      const store = {
        id,
        name: text(body, 'name'),
        metadata: metadataOf(body),
        memories: new Map<string, FakeMemory>(),
      };
      state.stores.set(id, store);
      exchange.json(200, storeBody(store));
    }),
    betaRoute('GET', /^\/v1\/memory_stores$/, BETA, (exchange) => {
      page(exchange, [...state.stores.values()].map(storeBody), 100);
    }),
    betaRoute(
      'GET',
      /^\/v1\/memory_stores\/([^/]+)$/,
      BETA,
      withStore((exchange, store) => {
        exchange.json(200, storeBody(store));
      }),
    ),
    betaRoute(
      'DELETE',
      /^\/v1\/memory_stores\/([^/]+)$/,
      BETA,
      withStore((exchange, { id }) => {
        state.stores.delete(id);
        exchange.json(200, { id, type: 'memory_store_deleted' });
      }),
    ),
    betaRoute(
      'POST',
      /^\/v1\/memory_stores\/([^/]+)\/memories$/,
      BETA,
      withStore((exchange, store) => {
        const body = bodyOf(exchange);
        if (store.memories.size >= MAX_MEMORIES) exchange.error(wireError(400, 'The store is full.'));
        else put(exchange, store, context.nextId('mem'), text(body, 'path'), text(body, 'content'));
      }),
    ),
    betaRoute(
      'GET',
      /^\/v1\/memory_stores\/([^/]+)\/memories$/,
      BETA,
      withStore((exchange, store) => {
        const view = exchange.request.query.get('view') ?? 'basic';
        const all = [...store.memories.values()].map((memory) => memoryBody(memory, store.id, view));
        page(exchange, all, view === 'full' ? 20 : 100);
      }),
    ),
    betaRoute(
      'GET',
      /^\/v1\/memory_stores\/([^/]+)\/memories\/([^/]+)$/,
      BETA,
      withMemory((exchange, store, memory) => {
        exchange.json(200, memoryBody(memory, store.id, exchange.request.query.get('view') ?? 'full'));
      }),
    ),
    betaRoute(
      'POST',
      /^\/v1\/memory_stores\/([^/]+)\/memories\/([^/]+)$/,
      BETA,
      withMemory((exchange, store, memory) => {
        const body = bodyOf(exchange);
        const path = textAt(body, 'path') ?? memory.path;
        const content = textAt(body, 'content') ?? memory.content;
        const expected = textAt(objectAt(body, 'precondition') ?? {}, 'content_sha256');
        const same = path === memory.path && content === memory.content;
        if (expected !== undefined && expected !== sha256(memory.content) && !same)
          conflict(exchange, 'memory_precondition_failed_error', 'The memory has changed.');
        else put(exchange, store, memory.id, path, content);
      }),
    ),
    betaRoute(
      'DELETE',
      /^\/v1\/memory_stores\/([^/]+)\/memories\/([^/]+)$/,
      BETA,
      withMemory((exchange, store, memory) => {
        const expected = exchange.request.query.get('expected_content_sha256');
        if (expected !== null && expected !== sha256(memory.content)) {
          conflict(exchange, 'memory_precondition_failed_error', 'The memory has changed.');
          return;
        }
        store.memories.delete(memory.id);
        exchange.json(200, { id: memory.id, type: 'memory_deleted' });
      }),
    ),
  ];
}

function memoryRefusal(path: string, content: string): ReturnType<typeof wireError> | undefined {
  const segments = path.split('/').slice(1);
  const bad = (segment: string): boolean => segment === '' || segment === '.' || segment === '..';
  const wrong =
    !path.startsWith('/') ||
    segments.length > 20 ||
    segments.some(bad) ||
    Buffer.byteLength(path) > 1024 ||
    path !== path.normalize('NFC') ||
    /[\p{Cc}\p{Cf}]/u.test(path);
  if (wrong) return wireError(400, `path: ${JSON.stringify(path)} is not a valid path`);
  return Buffer.byteLength(content) > MAX_CONTENT_BYTES ? wireError(400, 'content: too long') : undefined;
}

/** The same path, or one of which the other would be a folder. */
function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

function storeBody({ id, name, metadata }: FakeStore): Json {
  return {
    id,
    type: 'memory_store',
    name,
    description: '',
    metadata,
    archived_at: null,
    created_at: TIME,
    updated_at: TIME,
  };
}

function memoryBody({ id, path, content, version }: FakeMemory, store: string, view: string): Json {
  return {
    id,
    type: 'memory',
    path,
    ...(view === 'full' ? { content } : {}),
    content_sha256: sha256(content),
    content_size_bytes: Buffer.byteLength(content),
    memory_store_id: store,
    memory_version_id: version,
    created_at: TIME,
    updated_at: TIME,
  };
}
