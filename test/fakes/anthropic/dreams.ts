import { isObject, listAt, textAt, type Json } from './json';
import { wireError } from './errors';
import { betaRoute, bodyOf, page, text, type DreamScript, type FakeDream, type ManagedState } from './managedState';
import type { Exchange, FakeContext, Route, WireError } from './types';

const BETA = 'dreaming-2026-04-21';
const FINAL = new Set(['completed', 'failed', 'canceled']);
const TIME = '2026-11-20T08:00:00Z';

/** How the dreams of a server go. */
export interface DreamPlan {
  readonly dream: DreamScript;
  /** Looks until one has ended. */
  readonly looks: number;
  /** The error it ends with. */
  readonly fails?: { readonly type: string; readonly message: string };
  /** Why none may be made. */
  readonly refusal?: WireError;
  /** Tokens it has used at each look. */
  readonly usage?: { readonly input: number; readonly output: number };
}

/** `/v1/dreams`. */
export function dreamRoutes(state: ManagedState, context: FakeContext, plan: DreamPlan): readonly Route[] {
  const withDream =
    (use: (exchange: Exchange, dream: FakeDream) => void): Route['handle'] =>
    (exchange, [id = '']) => {
      const dream = state.dreams.get(id);
      if (dream) use(exchange, dream);
      else exchange.error(wireError(404, `No such dream: ${id}`));
    };
  const body = (dream: FakeDream): Json => dreamBody(dream, plan);
  return [
    betaRoute('POST', /^\/v1\/dreams$/, BETA, (exchange) => {
      const wanted = readInputs(bodyOf(exchange), state);
      if (plan.refusal !== undefined || 'status' in wanted) {
        exchange.error(plan.refusal ?? (wanted as WireError));
        return;
      }
      const dream: FakeDream = {
        id: context.nextId('drm'),
        body: bodyOf(exchange),
        ...wanted,
        status: 'pending',
        output: undefined,
        looks: plan.looks,
        archived: false,
        error: null,
      };
      state.dreams.set(dream.id, dream);
      exchange.json(200, body(dream));
    }),
    betaRoute('GET', /^\/v1\/dreams$/, BETA, (exchange) => {
      page(exchange, [...state.dreams.values()].reverse().map(body), 100);
    }),
    betaRoute(
      'GET',
      /^\/v1\/dreams\/([^/]+)$/,
      BETA,
      withDream((exchange, dream) => {
        look(dream, state, context, plan);
        exchange.json(200, body(dream));
      }),
    ),
    betaRoute(
      'POST',
      /^\/v1\/dreams\/([^/]+)\/cancel$/,
      BETA,
      withDream((exchange, dream) => {
        if (dream.status === 'completed' || dream.status === 'failed') {
          exchange.error(wireError(400, `A ${dream.status} dream cannot be canceled.`));
          return;
        }
        dream.status = 'canceled';
        exchange.json(200, body(dream));
      }),
    ),
    betaRoute(
      'POST',
      /^\/v1\/dreams\/([^/]+)\/archive$/,
      BETA,
      withDream((exchange, dream) => {
        if (!FINAL.has(dream.status)) {
          exchange.error(wireError(400, 'A dream that runs cannot be archived.'));
          return;
        }
        dream.archived = true;
        exchange.json(200, body(dream));
      }),
    ),
  ];
}

function readInputs(
  body: Json,
  state: ManagedState,
): { readonly store: string; readonly sessions: readonly string[] } | WireError {
  const inputs = listAt(body, 'inputs').filter(isObject);
  const stores = inputs.filter((input) => textAt(input, 'type') === 'memory_store');
  const lists = inputs.filter((input) => textAt(input, 'type') === 'sessions');
  const sessions = listAt(lists[0], 'session_ids').map(String);
  const store = text(stores[0] ?? {}, 'memory_store_id');
  if (stores.length !== 1 || lists.length !== 1)
    return wireError(400, 'inputs: one memory store and one list of sessions');
  if (sessions.length < 1 || sessions.length > 100) return wireError(400, 'inputs: 1 to 100 sessions');
  if (new Set(sessions).size < sessions.length) return wireError(400, 'inputs: sessions must be unique');
  if (!state.stores.has(store)) return wireError(404, `No such memory store: ${store}`);
  const missing = sessions.find((id) => !state.sessions.has(id));
  if (missing !== undefined) return wireError(404, `No such session: ${missing}`);
  if (text(body, 'model') === '') return wireError(400, 'model: Field required');
  const { length } = text(body, 'instructions');
  return length > 4_096 ? wireError(400, 'instructions: at most 4096 characters') : { store, sessions };
}

/** Time passes when somebody looks. The output store is there from the second look on. */
function look(dream: FakeDream, state: ManagedState, context: FakeContext, plan: DreamPlan): void {
  if (FINAL.has(dream.status)) return;
  dream.status = 'running';
  dream.output ??= clone(dream, state, context);
  dream.looks -= 1;
  if (dream.looks > 0) return;
  if (plan.fails) {
    dream.status = 'failed';
    dream.error = plan.fails;
    return;
  }
  dream.status = 'completed';
  const output = state.stores.get(dream.output);
  if (!output) return;
  const before = new Map([...output.memories.values()].map(({ path, content }) => [path, content]));
  const texts = dream.sessions.map((id) => state.sessions.get(id)?.text ?? '');
  output.memories.clear();
  for (const [path, content] of plan.dream(before, texts)) {
    const id = context.nextId('mem');
    output.memories.set(id, { id, path, content, version: context.nextId('memver') });
  }
}

function clone(dream: FakeDream, state: ManagedState, context: FakeContext): string {
  const id = context.nextId('memstore');
  const memories = new Map(state.stores.get(dream.store)?.memories ?? []);
  state.stores.set(id, { id, name: 'output of a dream', metadata: {}, memories });
  return id;
}

function dreamBody(dream: FakeDream, { usage = { input: 1_000, output: 100 } }: DreamPlan): Json {
  const ended = FINAL.has(dream.status);
  return {
    id: dream.id,
    type: 'dream',
    status: dream.status,
    inputs: dream.body['inputs'],
    outputs: dream.output === undefined ? [] : [{ type: 'memory_store', memory_store_id: dream.output }],
    model: { id: text(dream.body, 'model'), speed: 'standard' },
    instructions: dream.body['instructions'] ?? null,
    output_behavior: { type: 'create_new' },
    session_id: null,
    created_at: TIME,
    ended_at: ended ? TIME : null,
    archived_at: dream.archived ? TIME : null,
    error: dream.error,
    usage: {
      input_tokens: dream.status === 'pending' ? 0 : usage.input,
      output_tokens: dream.status === 'pending' ? 0 : usage.output,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
    },
  };
}
