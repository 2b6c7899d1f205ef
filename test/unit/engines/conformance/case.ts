import assert from 'node:assert/strict';
import { isAgentDreamsError, type AgentDreamsError, type ErrorCode } from '../../../../src/core/errors';
import type {
  AskManyOptions,
  LanguageModel,
  ModelFailure,
  ModelNotice,
  ModelReply,
  ModelRequest,
} from '../../../../src/core/model/languageModel';
import type { CancelSignal } from '../../../../src/core/ports';
import type { EngineUnderTest } from './world';
import { QUESTION } from './world';

/** One thing that every engine has to do, written once against the port. Throws where it does not. */
export type Case = (engine: EngineUnderTest) => Promise<void>;

export const GOOD = { findings: ['Use pnpm, never npm.'] };

export interface Asked {
  readonly reply: ModelReply;
  readonly notices: readonly ModelNotice[];
}

/** Asks once; the notices come with the reply. */
export async function ask(
  model: LanguageModel,
  request: ModelRequest = QUESTION,
  signal: CancelSignal = { aborted: false },
): Promise<Asked> {
  const notices: ModelNotice[] = [];
  const reply = await model.ask(request, { signal, onNotice: (notice) => void notices.push(notice) });
  return { reply, notices };
}

export interface Failed {
  readonly error: AgentDreamsError;
  readonly notices: readonly ModelNotice[];
}

/** Asks once and expects a failure of this code. */
export async function askInVain(
  model: LanguageModel,
  code: ErrorCode,
  signal: CancelSignal = { aborted: false },
): Promise<Failed> {
  const notices: ModelNotice[] = [];
  try {
    await model.ask(QUESTION, { signal, onNotice: (notice) => void notices.push(notice) });
  } catch (error) {
    assert.ok(isAgentDreamsError(error), `expected an AgentDreamsError, got ${String(error)}`);
    assert.equal(error.code, code, error.message);
    return { error, notices };
  }
  return assert.fail(`expected ${code}, got an answer`);
}

export interface Many {
  readonly replies: ReadonlyMap<string, ModelReply | ModelFailure>;
  readonly handles: readonly string[];
  readonly notices: readonly ModelNotice[];
}

/** Asks many at once and collects what is handed over. */
export async function askMany(
  model: LanguageModel,
  requests: readonly ModelRequest[],
  options: Partial<AskManyOptions> = {},
): Promise<Many> {
  const many = model.askMany?.bind(model) ?? assert.fail('this engine cannot be asked many at once');
  const replies = new Map<string, ModelReply | ModelFailure>();
  const handles: string[] = [];
  const notices: ModelNotice[] = [];
  await many(requests, {
    signal: { aborted: false },
    onNotice: (notice) => void notices.push(notice),
    onHandle: async (handle) => void handles.push(handle),
    onReply: async (key, reply) => {
      assert.ok(!replies.has(key), `${key} was handed over twice`);
      replies.set(key, reply);
    },
    ...options,
  });
  return { replies, handles, notices };
}

/** So many questions with keys of their own. */
export function questions(count: number): readonly ModelRequest[] {
  return Array.from({ length: count }, (_, index) => ({ ...QUESTION, key: `item-${index}` }));
}

/** Everything that an error shows when it is logged. */
export function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const own = JSON.stringify(
    Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)])),
  );
  return `${own}${error.stack ?? ''}${error.cause === undefined ? '' : everythingOf(error.cause)}`;
}

/** Runs `use` with the console and both output streams listened to; returns what was written meanwhile. */
export async function listening(use: () => Promise<void>): Promise<string> {
  const written: string[] = [];
  const { stdout, stderr } = process;
  const before = { stdout: Reflect.get(stdout, 'write'), stderr: Reflect.get(stderr, 'write') };
  const consoleBefore = { ...console };
  const note = (...parts: readonly unknown[]): void => void written.push(parts.map(String).join(' '));
  const listen = ((chunk: unknown) => {
    note(chunk);
    return true;
  }) as typeof stdout.write;
  stdout.write = listen;
  stderr.write = listen;
  Object.assign(console, { log: note, info: note, warn: note, error: note, debug: note, trace: note });
  try {
    await use();
  } finally {
    stdout.write = before.stdout;
    stderr.write = before.stderr;
    Object.assign(console, consoleBefore);
  }
  return written.join('\n');
}
