import { throwIfCancelled } from '../../core/dream/model/cancelled';
import type {
  AskOptions,
  JsonSchema,
  LanguageModel,
  ModelReply,
  ModelRequest,
  ModelUsage,
} from '../../core/model/languageModel';
import type { CancelSignal } from '../../core/ports';
import { readJsonAnswer } from './jsonAnswer';
import { lmFailure, type LmFailure } from './lmFailure';
import { StopWatch } from './stopWatch';

/** One turn of a conversation. The Language Model API has no role for a system's words. */
export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What the engine needs of a model of the Language Model API. */
export interface ChatModel {
  readonly id: string;
  readonly maxInputTokens: number;
  /** The answer, piece by piece. Throws what VS Code throws. */
  send(messages: readonly ChatMessage[], stop: AbortSignal): AsyncIterable<string>;
  count(text: string): PromiseLike<number>;
}

export interface VscodeLmOptions {
  /** How long a model may say nothing, in milliseconds. */
  readonly silenceMs?: number;
  /** How waits wait; on the clock of the computer without it. */
  readonly wait?: (ms: number, signal: CancelSignal) => Promise<void>;
}

/** The user may be reading the question for consent meanwhile. */
const SILENCE_MS = 180_000;
const TRIES = 3;
/** Before the second try; four times as long before the third. */
const SOON_MS = 2_000;
/** Where a provider is busy and does not say for how long. */
const LATER_MS = 30_000;
/** The longest that a provider is waited for. */
const LONGEST_MS = 900_000;
/** Of the window of the model, for the words around the request; the count of its tokens is an estimate. */
const ROOM = 0.85;
const CHARACTERS_PER_TOKEN = 4;
/** An answer this much longer than it may be is not waited for. */
const OVERLONG = 1.5;

/**
 * A model of VS Code's Language Model API as a language model. It has no role for the system, no schema and no count of
 * what was used: the schema is told in words, the answer read tolerantly with one round of repair, tokens are estimated.
 */
export function createVscodeLmModel(chat: ChatModel, options: VscodeLmOptions = {}): LanguageModel {
  const room = Math.max(1_000, Math.floor(chat.maxInputTokens * ROOM));
  const { silenceMs = SILENCE_MS, wait = waitOnClock } = options;
  return {
    traits: {
      engine: 'vscode-lm',
      maxPromptTokens: { extract: room, consolidate: room },
      model: { extract: chat.id, consolidate: chat.id },
      priceFactor: 0,
      concurrency: 2,
    },
    ask: (request, how) => answer({ chat, request, silenceMs, wait, ...how }),
    countTokens: (request) => tokens(chat, firstWords(request)),
  };
}

interface Asking extends AskOptions {
  readonly chat: ChatModel;
  readonly request: ModelRequest;
  readonly silenceMs: number;
  readonly wait: NonNullable<VscodeLmOptions['wait']>;
}

async function answer(asking: Asking): Promise<ModelReply> {
  const { chat, request, onNotice } = asking;
  const model = chat.id;
  const asked: ChatMessage[] = [{ role: 'user', text: firstWords(request) }];
  let usage: ModelUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  for (let round = 0; round < 2; round++) {
    const said = await patiently(asking, asked);
    usage = await added(usage, chat, asked, said.kind === 'refused' ? '' : said.text);
    if (said.kind === 'refused') return { kind: 'refused', reason: said.text, usage, model };
    if (said.kind === 'overlong') return { kind: 'truncated', usage, model };
    const found = readJsonAnswer(said.text);
    if (found.kind === 'cut') return { kind: 'truncated', usage, model };
    if (found.kind === 'object' && isWhole(found.value, request.schema)) {
      return { kind: 'answer', value: found.value, usage, model };
    }
    if (round === 0)
      onNotice({ kind: 'retrying', message: 'The answer was no JSON of the wanted form; asking once more' });
    asked.push({ role: 'assistant', text: said.text }, { role: 'user', text: REPAIR });
  }
  return { kind: 'unreadable', usage, model };
}

/** Tries up to three times where that may help, and says so each time. */
async function patiently(asking: Asking, asked: readonly ChatMessage[]): Promise<Heard> {
  const { signal, onNotice, wait } = asking;
  for (let tries = 1; ; tries++) {
    throwIfCancelled(signal);
    const said = await listen(asking, asked);
    if (said.kind !== 'failed') return said;
    const { error, again } = said;
    const tooLong = typeof again === 'number' && again > LONGEST_MS;
    if (again === undefined || tooLong || tries === TRIES) throw error;
    const delayMs = again === 'soon' ? SOON_MS * 4 ** (tries - 1) : again === 'later' ? LATER_MS : again;
    const kind = again === 'soon' ? 'retrying' : 'waiting';
    onNotice({ kind, delayMs, message: 'The language model is busy, or was cut off' });
    await wait(delayMs, signal);
  }
}

async function waitOnClock(ms: number, signal: CancelSignal): Promise<void> {
  const watch = new StopWatch(signal, ms + SILENCE_MS);
  try {
    await watch.pause(ms);
  } finally {
    watch.dispose();
  }
}

const REPAIR =
  'That is not one JSON object with all that the schema requires. Answer again: the JSON object alone, no other word.';

function firstWords({ system, prompt, schema }: ModelRequest): string {
  return [
    system,
    prompt,
    'Answer with one JSON object that fits this JSON Schema, and with nothing else: no remark, no Markdown fence.',
    JSON.stringify(schema),
  ].join('\n\n');
}

function mostCharacters({ maxOutputTokens }: ModelRequest): number {
  return Math.ceil(maxOutputTokens * CHARACTERS_PER_TOKEN * OVERLONG);
}

/** Only the outermost keys: what is in them the pipeline checks, whichever engine said it. */
function isWhole(value: Readonly<Record<string, unknown>>, schema: JsonSchema): boolean {
  const required: unknown = schema['required'];
  return !Array.isArray(required) || required.every((key) => typeof key !== 'string' || Object.hasOwn(value, key));
}

interface Heard {
  readonly kind: 'whole' | 'overlong' | 'refused';
  readonly text: string;
}

type Said =
  Heard | ({ readonly kind: 'failed' } & Pick<Extract<LmFailure, { readonly kind: 'error' }>, 'error' | 'again'>);

/** Listens until the model has ended, was silent for too long, or the user cancelled: whatever comes first. */
async function listen({ chat, request, signal, silenceMs }: Asking, messages: readonly ChatMessage[]): Promise<Said> {
  const watch = new StopWatch(signal, silenceMs);
  const most = mostCharacters(request);
  let text = '';
  try {
    const pieces = chat.send(messages, watch.stop)[Symbol.asyncIterator]();
    for (;;) {
      const piece = await watch.race(pieces.next());
      if (piece.done === true) return { kind: 'whole', text };
      watch.heard();
      text += piece.value;
      if (text.length > most) return { kind: 'overlong', text };
    }
  } catch (thrown) {
    const failure = lmFailure(thrown);
    return failure.kind === 'refused' ? { kind: 'refused', text: failure.reason } : { ...failure, kind: 'failed' };
  } finally {
    watch.dispose();
  }
}

async function added(
  usage: ModelUsage,
  chat: ChatModel,
  asked: readonly ChatMessage[],
  said: string,
): Promise<ModelUsage> {
  const input = await tokens(chat, asked.map(({ text }) => text).join('\n'));
  return { ...usage, input: usage.input + input, output: usage.output + (await tokens(chat, said)) };
}

async function tokens(chat: ChatModel, text: string): Promise<number> {
  try {
    const counted = await chat.count(text);
    if (Number.isFinite(counted) && counted >= 0) return counted;
  } catch {
    // It cannot count: the length has to do.
  }
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
