import type { Message } from '@anthropic-ai/sdk/resources/messages/messages';
import type { MessageBatch, MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages/batches';
import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { isAgentDreamsError } from '../../core/errors';
import type { AskManyOptions, AskOptions, ModelFailure, ModelReply } from '../../core/model/languageModel';
import type { Claude } from '../claude/claudeModel';
import type { Leash } from '../claude/patience';
import { explanationOf, replyOf, usageOf } from '../claude/replyOf';
import { tryUntil } from '../claude/tries';

const POLL_GROWTH = 1.5;
/** A canceled dream ends within a second, whether or not the server has heard of it by then. */
const CANCEL_MS = 700;
const MAX_MESSAGE = 300;
/** Looks in a row that may fail, about one a minute. */
const MISSED_LOOKS = 20;

/** Looks at the batch until it has ended, with a notice at each look. Throws as the port does. */
export async function waitForEnd(claude: Claude, id: string, options: AskOptions): Promise<void> {
  const { times, wait } = claude.trying.patience;
  let missed = 0;
  for (let delayMs = times.pollMs; ; delayMs = Math.min(delayMs * POLL_GROWTH, times.slowPollMs)) {
    const batch = await look(claude, id, options).catch((error: unknown) => {
      missed += 1;
      // A machine that slept, a network that changed: the batch does not mind.
      if (missed > MISSED_LOOKS || !isAgentDreamsError(error, 'model-unreachable')) throw error;
    });
    if (batch?.processing_status === 'ended') return;
    if (batch) missed = 0;
    const open = batch?.request_counts.processing;
    const message =
      open === undefined ? 'The batch cannot be seen just now.' : `${open} requests of the batch are open.`;
    options.onNotice({ kind: 'polling', delayMs, message });
    await wait(delayMs, options.signal);
    throwIfCancelled(options.signal);
  }
}

async function look({ client, trying }: Claude, id: string, options: AskOptions): Promise<MessageBatch> {
  return await tryUntil(
    async ({ signal }) => await client.messages.batches.retrieve(id, {}, { signal }),
    trying,
    options,
  );
}

/** Hands over every result whose key is still open, whatever their order, and closes the key. Throws as the port does. */
export async function readResults(
  claude: Claude,
  id: string,
  open: Set<string>,
  options: AskManyOptions,
): Promise<void> {
  // What the caller throws is not the server's failure: it is kept from being tried again.
  let thrown: { readonly error: unknown } | undefined;
  const read = async ({ signal, heard }: Leash): Promise<void> => {
    for await (const line of await claude.client.messages.batches.results(id, {}, { signal })) {
      heard();
      if (signal.aborted) return;
      if (!open.delete(line.custom_id)) continue;
      try {
        await options.onReply(line.custom_id, resultOf(line));
      } catch (error) {
        thrown = { error };
        return;
      }
    }
  };
  const readWhole = async (leash: Leash): Promise<void> => {
    await read(leash).catch((error: unknown) => {
      // A line that is no JSON stays so: what stands behind it is lost, and its keys are handed over as failed.
      if (!(error instanceof SyntaxError)) throw error;
    });
  };
  await tryUntil(readWhole, claude.trying, options);
  if (thrown) throw thrown.error;
}

function resultOf({ result }: MessageBatchIndividualResponse): ModelReply | ModelFailure {
  switch (result.type) {
    case 'succeeded':
      return replyOf(finished(result.message));
    case 'errored':
      return { kind: 'failed', reason: 'errored', message: result.error.error.message.slice(0, MAX_MESSAGE) };
    case 'expired':
      return { kind: 'failed', reason: 'expired', message: 'The batch ended before its turn came.' };
    case 'canceled':
      return { kind: 'failed', reason: 'canceled', message: 'The batch was canceled before its turn came.' };
  }
}

function finished(message: Message): Parameters<typeof replyOf>[0] {
  return {
    model: message.model,
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    stopReason: message.stop_reason,
    explanation: explanationOf(message.stop_details),
    usage: usageOf(message.usage),
  };
}

/** Asks the server to stop working on the batch; best effort, and done within a second. */
export async function cancelBatch({ client, trying }: Claude, id: string): Promise<void> {
  const controller = new AbortController();
  const stop = trying.patience.clock.after(CANCEL_MS, () => controller.abort());
  try {
    await client.messages.batches.cancel(id, {}, { signal: controller.signal });
  } catch {
    // It ends by itself after a day; its handle is kept, so that nothing of it is lost.
  } finally {
    stop();
  }
}

/** Results are deleted once they are read: nobody else needs them, and they would stay for 29 days. */
export async function deleteBatch({ client, trying }: Claude, id: string, options: AskOptions): Promise<void> {
  try {
    await tryUntil(async ({ signal }) => await client.messages.batches.delete(id, {}, { signal }), trying, options);
  } catch {
    const message = 'The results of the batch could not be deleted; Anthropic keeps them for 29 days.';
    options.onNotice({ kind: 'polling', message });
  }
}
