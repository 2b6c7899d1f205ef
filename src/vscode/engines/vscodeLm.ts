import { AgentDreamsError } from '../../core/errors';
import type {
  AskOptions,
  JsonSchema,
  LanguageModel,
  ModelReply,
  ModelRequest,
  ModelUsage,
} from '../../core/model/languageModel';
import { readJsonAnswer } from './jsonAnswer';
import { lmFailure } from './lmFailure';
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
  /** How long to wait before each further try where the model is busy, in milliseconds. */
  readonly waitsMs?: readonly number[];
}

const SILENCE_MS = 120_000;
const WAITS_MS = [5_000, 20_000, 60_000] as const;
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
  const settled = { silenceMs: options.silenceMs ?? SILENCE_MS, waitsMs: options.waitsMs ?? WAITS_MS };
  return {
    traits: {
      engine: 'vscode-lm',
      maxPromptTokens: { extract: room, consolidate: room },
      model: { extract: chat.id, consolidate: chat.id },
      priceFactor: 0,
      concurrency: 2,
    },
    ask: (request, how) => patiently(() => answer(chat, request, how, settled.silenceMs), how, settled),
    countTokens: (request) => tokens(chat, firstWords(request)),
  };
}

/** Waits, visibly, and tries again where the model is busy. */
async function patiently(
  attempt: () => Promise<ModelReply>,
  { signal, onNotice }: AskOptions,
  { waitsMs, silenceMs }: Required<VscodeLmOptions>,
): Promise<ModelReply> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const delayMs = waitsMs[tries];
      if (!(error instanceof AgentDreamsError) || error.code !== 'model-busy' || delayMs === undefined) throw error;
      onNotice({ kind: 'waiting', delayMs, message: `The language model is busy; next try in ${delayMs / 1_000} s` });
      const watch = new StopWatch(signal, silenceMs);
      try {
        await watch.pause(delayMs);
      } finally {
        watch.dispose();
      }
    }
  }
}

async function answer(
  chat: ChatModel,
  request: ModelRequest,
  { signal, onNotice }: AskOptions,
  silenceMs: number,
): Promise<ModelReply> {
  const model = chat.id;
  const asked: ChatMessage[] = [{ role: 'user', text: firstWords(request) }];
  let usage: ModelUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  for (let round = 0; round < 2; round++) {
    const said = await listen(chat, asked, { signal, silenceMs, most: mostCharacters(request) });
    if (said.kind === 'refused') return { kind: 'refused', reason: said.text, usage, model };
    usage = await added(usage, chat, asked, said.text);
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

interface Said {
  readonly kind: 'whole' | 'overlong' | 'refused';
  readonly text: string;
}

/** Listens until the model has ended, was silent for too long, or the user cancelled: whatever comes first. */
async function listen(
  chat: ChatModel,
  messages: readonly ChatMessage[],
  {
    signal,
    silenceMs,
    most,
  }: { readonly signal: AskOptions['signal']; readonly silenceMs: number; readonly most: number },
): Promise<Said> {
  const watch = new StopWatch(signal, silenceMs);
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
  } catch (error) {
    const failure = lmFailure(error);
    if (failure.kind === 'refused') return { kind: 'refused', text: failure.reason };
    throw failure.error;
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
