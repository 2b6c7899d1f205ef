import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { isAgentDreamsError } from '../../core/errors';
import type { AskManyOptions, LanguageModel, ModelRequest } from '../../core/model/languageModel';
import { countTokens, createAsk, openClaude, traitsOf, type Claude, type ClaudeOptions } from '../claude/claudeModel';
import { questionOf } from '../claude/question';
import { tryUntil } from '../claude/tries';
import { cancelBatch, deleteBatch, readResults, waitForEnd } from './batch';

const BATCH_PRICE_FACTOR = 0.5;
/** The API takes 100,000 requests and 256 MB; we stay well below both. */
const MAX_REQUESTS = 10_000;
const MAX_CHARACTERS = 60_000_000;

/**
 * The Message Batches API for many questions at once, at half the price; a single question goes through the Messages API.
 * A handle names the batches of one piece of work: with it, the work goes on where it stood and nothing is sent again.
 */
export function createClaudeBatchModel(options: ClaudeOptions): LanguageModel {
  const claude = openClaude(options);
  return {
    traits: traitsOf('claude-batch', claude, BATCH_PRICE_FACTOR),
    ask: createAsk(claude),
    countTokens: async (request, ask) => await countTokens(claude, request, ask),
    askMany: async (requests, many) => {
      if (requests.length === 0) return;
      const ids = many.handle === undefined ? await submit(claude, requests, many) : idsOf(many.handle);
      await collect(claude, ids, requests, many);
    },
  };
}

/** Only what can be an id is sent back to the server. */
function idsOf(handle: string): readonly string[] {
  return handle.split(' ').filter((id) => /^[A-Za-z0-9_-]{1,128}$/.test(id));
}

/** Creates the batches. The handle is kept after each, so that none is paid for and forgotten. */
async function submit(
  claude: Claude,
  requests: readonly ModelRequest[],
  options: AskManyOptions,
): Promise<readonly string[]> {
  const [first] = requests;
  // Params of a batch are looked at hours later. Counting is free and tells a wrong key or model now.
  if (first) await countTokens(claude, first, options);
  const ids: string[] = [];
  for (const group of groupsOf(requests)) {
    throwIfCancelled(options.signal);
    ids.push(await create(claude, group, options));
    await options.onHandle(ids.join(' '));
    options.onNotice({ kind: 'submitted', message: `A batch of ${group.length} requests was submitted.` });
  }
  return ids;
}

async function create(
  { client, trying, models }: Claude,
  group: readonly ModelRequest[],
  options: AskManyOptions,
): Promise<string> {
  const items = group.map((request) => ({
    custom_id: request.key,
    params: questionOf(request, models[request.role], '1h'),
  }));
  const batch = await tryUntil(
    async ({ signal }) => await client.messages.batches.create({ requests: items }, { signal }),
    trying,
    { ...options, once: true },
  );
  return batch.id;
}

function groupsOf(requests: readonly ModelRequest[]): readonly (readonly ModelRequest[])[] {
  const groups: ModelRequest[][] = [];
  let room = 0;
  for (const request of requests) {
    const size = request.system.length + request.prompt.length;
    const last = groups.at(-1);
    if (last && size <= room && last.length < MAX_REQUESTS) {
      last.push(request);
      room -= size;
    } else {
      groups.push([request]);
      room = MAX_CHARACTERS - size;
    }
  }
  return groups;
}

/** Waits for the batches and hands over every reply; what no batch knows is handed over as failed. */
async function collect(
  claude: Claude,
  ids: readonly string[],
  requests: readonly ModelRequest[],
  options: AskManyOptions,
): Promise<void> {
  const open = new Set(requests.map(({ key }) => key));
  for (const id of ids) {
    try {
      await waitForEnd(claude, id, options);
      await readResults(claude, id, open, options);
    } catch (error) {
      if (isAgentDreamsError(error, 'cancelled')) await cancelBatches(claude, ids);
      // Gone after 29 days, or of another workspace: its requests are to be asked again.
      if (isAgentDreamsError(error, 'model-missing')) continue;
      throw error;
    }
    await deleteBatch(claude, id, options);
  }
  for (const key of open) {
    await options.onReply(key, { kind: 'failed', reason: 'expired', message: 'The batch holds no result for it.' });
  }
}

async function cancelBatches(claude: Claude, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map(async (id) => await cancelBatch(claude, id)));
}
