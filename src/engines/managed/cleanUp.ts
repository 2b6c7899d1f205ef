import type { BetaDream } from '@anthropic-ai/sdk/resources/beta/dreams';
import { isAgentDreamsError } from '../../core/errors';
import type { LeftBehind } from '../../core/model/storeDreamer';
import type { Ask } from './ask';
import type { ManagedClient } from './client';
import type { Made } from './made';

/** What marks everything that a run makes. */
export const RUN_MARK = 'agent_dreams_run';

const MAX_LISTED = 1_000;
const FINAL = new Set(['completed', 'failed', 'canceled']);
/** A dream before its sessions and stores, a session before its agent. */
const ORDER: readonly LeftBehind['kind'][] = ['dream', 'session', 'store', 'environment', 'agent'];

/**
 * Deletes what was made, in an order in which the server lets it go; dreams and agents, which no server deletes, are
 * archived. Never throws: what could not be deleted stays written down.
 */
export async function cleanUp(client: ManagedClient, made: Made, ask: Ask): Promise<void> {
  for (const run of made.own().filter(({ kind }) => kind === 'run')) {
    if (await attempt(async () => await findLost(client, made, ask, run))) await made.gone(run.id);
  }
  for (const kind of ORDER) {
    for (const one of made.own().filter((left) => left.kind === kind)) {
      if (await attempt(async () => await remove(client, made, ask, one))) await made.gone(one.id);
    }
  }
}

/** True if it is done; a thing that is not there any more is gone. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    return isAgentDreamsError(error, 'model-missing');
  }
}

async function remove(client: ManagedClient, made: Made, ask: Ask, { kind, id }: LeftBehind): Promise<void> {
  switch (kind) {
    case 'dream':
      await endDream(client, made, ask, id);
      return;
    case 'session':
      await ask(async (options) => await client.sessions.delete(id, {}, options));
      return;
    case 'store':
      await ask(async (options) => await client.memoryStores.delete(id, {}, options));
      return;
    case 'environment':
      await ask(async (options) => await client.environments.delete(id, {}, options));
      return;
    case 'agent':
      await ask(async (options) => await client.agents.archive(id, {}, options));
      return;
    case 'run':
      return;
  }
}

/** Stops it, and notes the store that it made: that one is deleted next. */
async function endDream(client: ManagedClient, made: Made, ask: Ask, id: string): Promise<void> {
  let dream = await ask(async (options) => await client.dreams.retrieve(id, {}, options));
  if (!FINAL.has(dream.status)) dream = await ask(async (options) => await client.dreams.cancel(id, {}, options));
  for (const output of dream.outputs) await made.note('store', output.memory_store_id, dream.created_at);
  await ask(async (options) => await client.dreams.archive(id, {}, options));
}

/** Looks for what a run made without having heard of it: its answer was lost, or it ended before it could write it down. */
async function findLost(client: ManagedClient, made: Made, ask: Ask, run: LeftBehind): Promise<void> {
  const note = async (kind: LeftBehind['kind'], found: readonly Marked[]): Promise<void> => {
    for (const { id, metadata } of found) if (metadata[RUN_MARK] === run.run) await made.note(kind, id, run.at);
  };
  const since = { 'created_at[gte]': run.at };
  await note('store', await listed(ask, (options) => client.memoryStores.list({ limit: 100 }, options)));
  await note('session', await listed(ask, (options) => client.sessions.list({ limit: 100, ...since }, options)));
  await note('environment', await listed(ask, (options) => client.environments.list({ limit: 100 }, options)));
  await note('agent', await listed(ask, (options) => client.agents.list({ limit: 100 }, options)));
  for (const { id, inputs } of await dreamsOf(client, ask)) {
    const own = inputs.some((input) => input.type === 'memory_store' && made.has(input.memory_store_id));
    if (own) await made.note('dream', id, run.at);
  }
}

/** Who has no access to dreams has none. */
async function dreamsOf(client: ManagedClient, ask: Ask): Promise<readonly BetaDream[]> {
  try {
    return await listed(ask, (options) => client.dreams.list({ limit: 100 }, options));
  } catch (error) {
    const denied = (['model-forbidden', 'model-missing', 'model-failed'] as const).some((code) =>
      isAgentDreamsError(error, code),
    );
    if (denied) return [];
    throw error;
  }
}

interface Marked {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
}

async function listed<T>(
  ask: Ask,
  list: (options: { readonly signal: AbortSignal }) => AsyncIterable<T>,
): Promise<readonly T[]> {
  return await ask(async (options) => {
    const all: T[] = [];
    for await (const one of list(options)) if (all.push(one) >= MAX_LISTED) break;
    return all;
  });
}
