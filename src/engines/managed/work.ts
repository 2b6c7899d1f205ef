import type { BetaDream } from '@anthropic-ai/sdk/resources/beta/dreams';
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { AgentDreamsError, isAgentDreamsError } from '../../core/errors';
import type { ModelUsage } from '../../core/model/languageModel';
import type { StoreDreamOptions, StoreDreamRequest, StoreFile, StoreSession } from '../../core/model/storeDreamer';
import type { Patience } from '../claude/patience';
import { addUsage, NO_USAGE, usageOf } from '../claude/replyOf';
import type { Ask } from './ask';
import { RUN_MARK } from './cleanUp';
import type { ManagedClient } from './client';
import type { Made } from './made';

/** What one run is done with. */
export interface Work {
  readonly client: ManagedClient;
  readonly ask: Ask;
  readonly made: Made;
  readonly patience: Patience;
  readonly run: string;
  readonly at: string;
  readonly replayModel: string;
  readonly dreamModel: string;
  readonly options: StoreDreamOptions;
}

const TOGETHER = 6;
const MAX_FILES = 2_000;
const MAX_BYTES = 30_000_000;
const FINAL = new Set<BetaDream['status']>(['completed', 'failed', 'canceled']);
/** Nothing has to be done with a record but to have it. */
const REPLAY_SYSTEM = 'The message is the record of a session that is over. Answer with the word: noted.';

/** Uploads, replays, dreams and downloads. Everything that it makes is noted; deleting it is the caller's. */
export async function dreamElsewhere(work: Work, request: StoreDreamRequest): Promise<readonly StoreFile[]> {
  const { onNotice } = work.options;
  onNotice({ kind: 'submitted', message: `Uploading ${request.files.length} memories.` });
  const store = await uploadStore(work, request.files);
  onNotice({ kind: 'submitted', message: `Uploading ${request.sessions.length} sessions.` });
  const sessions = await replay(work, request);
  await untilIdle(work, sessions);
  const dream = await untilDreamt(
    work,
    await startDream(work, { store, sessions, instructions: request.instructions }),
  );
  const [output] = dream.outputs;
  if (output === undefined) throw new AgentDreamsError('model-failed', 'The dream has no output.');
  return await download(work, output.memory_store_id);
}

async function uploadStore(work: Work, files: readonly StoreFile[]): Promise<string> {
  const { client, ask, made, run, at } = work;
  const name = `agent-dreams-${run}`;
  const store = await ask(
    async (options) => await client.memoryStores.create({ name, metadata: { [RUN_MARK]: run } }, options),
    'once',
  );
  await made.note('store', store.id, at);
  const limit = pLimit(TOGETHER);
  await Promise.all(
    files.map((file) =>
      limit(async () => {
        throwIfCancelled(work.options.signal);
        const memory = { path: `/${file.path}`, content: file.text };
        await ask(async (options) => await client.memoryStores.memories.create(store.id, memory, options), 'once');
      }),
    ),
  );
  return store.id;
}

/** One session of an agent that only takes note, for each that was captured: dreams read nothing else. */
async function replay(work: Work, { sessions, sessionCapUsd }: StoreDreamRequest): Promise<readonly string[]> {
  const { client, ask, made, run, at, replayModel } = work;
  const marks = { name: `agent-dreams-${run}`, metadata: { [RUN_MARK]: run } };
  const networking = { type: 'limited' } as const;
  const environment = await ask(
    async (options) => await client.environments.create({ ...marks, config: { type: 'cloud', networking } }, options),
    'once',
  );
  await made.note('environment', environment.id, at);
  const agent = await ask(
    async (options) => await client.agents.create({ ...marks, model: replayModel, system: REPLAY_SYSTEM }, options),
    'once',
  );
  await made.note('agent', agent.id, at);
  const amount = String(Math.max(1, Math.floor(sessionCapUsd * 100)));
  const limit = pLimit(TOGETHER);
  const start = async ({ title, text }: StoreSession): Promise<string> => {
    throwIfCancelled(work.options.signal);
    const session = await ask(
      async (options) =>
        await client.sessions.create(
          {
            agent: agent.id,
            environment_id: environment.id,
            title: title.slice(0, 200),
            metadata: marks.metadata,
            budget: { type: 'limit', max_list_cost: { amount, currency: 'USD' } },
            initial_events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
          },
          options,
        ),
      'once',
    );
    await made.note('session', session.id, at);
    return session.id;
  };
  return await Promise.all(sessions.map((session) => limit(async () => await start(session))));
}

async function untilIdle(work: Work, sessions: readonly string[]): Promise<void> {
  const { client, ask, replayModel } = work;
  let open = sessions;
  let usage = NO_USAGE;
  const poll = createPoll(work, 'The sessions are being replayed.');
  while (open.length > 0) {
    const running: string[] = [];
    for (const id of open) {
      const session = await ask(async (options) => await client.sessions.retrieve(id, {}, options));
      const done = session.status === 'idle' || session.status === 'terminated';
      if (done) usage = addUsage(usage, usageIn(session.usage));
      else running.push(id);
    }
    open = running;
    await work.options.onUsage('extract', replayModel, usage);
    if (open.length > 0) await poll();
  }
}

async function startDream(
  { client, ask, made, at, dreamModel }: Work,
  {
    store,
    sessions,
    instructions,
  }: { readonly store: string; readonly sessions: readonly string[]; readonly instructions: string },
): Promise<string> {
  try {
    const dream = await ask(
      async (options) =>
        await client.dreams.create(
          {
            inputs: [
              { type: 'memory_store', memory_store_id: store },
              { type: 'sessions', session_ids: [...sessions] },
            ],
            model: dreamModel,
            instructions,
          },
          options,
        ),
      'once',
    );
    await made.note('dream', dream.id, at);
    return dream.id;
  } catch (error) {
    if (isAgentDreamsError(error, 'model-missing') || isAgentDreamsError(error, 'model-failed')) {
      const message = 'This key has no access to Dreams, or not with this model.';
      throw new AgentDreamsError('model-forbidden', message, error.details, { cause: error });
    }
    throw error;
  }
}

async function untilDreamt(work: Work, id: string): Promise<BetaDream> {
  const { client, ask, made, at, dreamModel } = work;
  const poll = createPoll(work, 'The dream is under way.');
  for (;;) {
    const dream = await ask(async (options) => await client.dreams.retrieve(id, {}, options));
    for (const output of dream.outputs) await made.note('store', output.memory_store_id, at);
    await work.options.onUsage('consolidate', dreamModel, usageIn(dream.usage));
    if (dream.status === 'completed') return dream;
    if (FINAL.has(dream.status)) {
      const said = dream.error === null ? dream.status : `${dream.error.type}: ${dream.error.message}`;
      throw new AgentDreamsError('model-failed', 'The dream did not end well.', { said: said.slice(0, 300) });
    }
    await poll();
  }
}

/** Waits between two looks, longer with each. */
function createPoll({ patience, options: { signal, onNotice } }: Work, message: string): () => Promise<void> {
  const { pollMs, slowPollMs } = patience.times;
  let delayMs = pollMs;
  return async () => {
    onNotice({ kind: 'polling', delayMs, message });
    await patience.wait(delayMs, signal);
    throwIfCancelled(signal);
    delayMs = Math.min(slowPollMs, delayMs * 2);
  };
}

async function download({ client, ask }: Work, store: string): Promise<readonly StoreFile[]> {
  return await ask(async (options) => {
    const files: StoreFile[] = [];
    let bytes = 0;
    for await (const one of client.memoryStores.memories.list(store, { view: 'full', limit: 20 }, options)) {
      if (one.type !== 'memory') continue;
      bytes += one.content_size_bytes;
      if (files.length >= MAX_FILES || bytes > MAX_BYTES) {
        throw new AgentDreamsError('too-large', 'The store that came back is too large.', {
          files: files.length,
          bytes,
        });
      }
      files.push({ path: one.path, text: one.content ?? '' });
    }
    return files;
  });
}

/** The SDK words the usage of sessions and dreams like that of messages; a session may tell none. */
function usageIn(usage: unknown): ModelUsage {
  return typeof usage === 'object' && usage !== null ? usageOf(usage) : NO_USAGE;
}
