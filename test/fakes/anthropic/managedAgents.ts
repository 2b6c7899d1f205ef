import { wireError } from './errors';
import { isObject, listAt, textAt, type Json } from './json';
import {
  betaRoute,
  bodyOf,
  metadataOf,
  page,
  text,
  type FakeSession,
  type FakeThing,
  type ManagedState,
} from './managedState';
import type { Exchange, FakeContext, Route } from './types';

const BETA = 'managed-agents-2026-04-01';
const TIME = '2026-11-20T08:00:00Z';

/** `/v1/agents`, `/v1/environments` and `/v1/sessions`, as far as a replayed session needs them. */
export function managedAgentRoutes(state: ManagedState, context: FakeContext, looks: number): readonly Route[] {
  const withSession =
    (use: (exchange: Exchange, session: FakeSession) => void): Route['handle'] =>
    (exchange, [id = '']) => {
      const session = state.sessions.get(id);
      if (session) use(exchange, session);
      else exchange.error(wireError(404, `No such session: ${id}`));
    };
  return [
    ...thingRoutes('agents', 'agent', state.agents, context),
    ...thingRoutes('environments', 'env', state.environments, context),
    betaRoute('POST', /^\/v1\/sessions$/, BETA, (exchange) => {
      const body = bodyOf(exchange);
      const agent = text(body, 'agent');
      const environment = text(body, 'environment_id');
      const events = listAt(body, 'initial_events').filter(isObject);
      if (!state.agents.has(agent) || !state.environments.has(environment)) {
        exchange.error(wireError(404, 'No such agent or environment.'));
        return;
      }
      if (events.length > 50 || events.some((event) => textAt(event, 'type') !== 'user.message')) {
        exchange.error(wireError(400, 'initial_events: only messages of the user'));
        return;
      }
      const session: FakeSession = {
        id: context.nextId('sesn'),
        metadata: metadataOf(body),
        title: text(body, 'title'),
        text: events
          .flatMap((event) => listAt(event, 'content').filter(isObject))
          .map((block) => textAt(block, 'text') ?? '')
          .join('\n'),
        agent,
        environment,
        budget: body['budget'],
        looks,
      };
      state.sessions.set(session.id, session);
      exchange.json(200, sessionBody(session));
    }),
    betaRoute('GET', /^\/v1\/sessions$/, BETA, (exchange) => {
      page(exchange, [...state.sessions.values()].reverse().map(sessionBody), 100);
    }),
    betaRoute(
      'GET',
      /^\/v1\/sessions\/([^/]+)$/,
      BETA,
      withSession((exchange, session) => {
        session.looks -= 1;
        exchange.json(200, sessionBody(session));
      }),
    ),
    betaRoute(
      'DELETE',
      /^\/v1\/sessions\/([^/]+)$/,
      BETA,
      withSession((exchange, { id }) => {
        state.sessions.delete(id);
        exchange.json(200, { id, type: 'session_deleted' });
      }),
    ),
  ];
}

function thingRoutes(
  name: 'agents' | 'environments',
  prefix: string,
  things: Map<string, FakeThing>,
  context: FakeContext,
): readonly Route[] {
  const body = (thing: FakeThing): Json => ({
    ...thing.body,
    id: thing.id,
    type: prefix === 'agent' ? 'agent' : 'environment',
    metadata: thing.metadata,
    created_at: TIME,
    updated_at: TIME,
    archived_at: thing.archived ? TIME : null,
  });
  const withThing =
    (use: (exchange: Exchange, thing: FakeThing) => void): Route['handle'] =>
    (exchange, [id = '']) => {
      const thing = things.get(id);
      if (thing) use(exchange, thing);
      else exchange.error(wireError(404, `No such thing: ${id}`));
    };
  const archive = betaRoute(
    'POST',
    new RegExp(`^/v1/${name}/([^/]+)/archive$`),
    BETA,
    withThing((exchange, thing) => {
      thing.archived = true;
      exchange.json(200, body(thing));
    }),
  );
  const remove = betaRoute(
    'DELETE',
    new RegExp(`^/v1/${name}/([^/]+)$`),
    BETA,
    withThing((exchange, { id }) => {
      things.delete(id);
      exchange.json(200, { id, type: 'environment_deleted' });
    }),
  );
  return [
    betaRoute('POST', new RegExp(`^/v1/${name}$`), BETA, (exchange) => {
      const made = bodyOf(exchange);
      const thing = { id: context.nextId(prefix), metadata: metadataOf(made), body: made, archived: false };
      things.set(thing.id, thing);
      exchange.json(200, body(thing));
    }),
    betaRoute('GET', new RegExp(`^/v1/${name}$`), BETA, (exchange) => {
      page(exchange, [...things.values()].reverse().map(body), 100);
    }),
    archive,
    // Agents can only be archived.
    ...(name === 'environments' ? [remove] : []),
  ];
}

function sessionBody({ id, metadata, title, looks, budget, environment }: FakeSession): Json {
  return {
    id,
    type: 'session',
    metadata,
    title,
    status: looks > 0 ? 'running' : 'idle',
    environment_id: environment,
    budget: budget ?? null,
    usage: { input_tokens: 500, output_tokens: 5, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
    created_at: TIME,
    updated_at: TIME,
    archived_at: null,
  };
}
