import type { RecallHeard } from '../../core/doctor/recallTest';
import { AgentDreamsError } from '../../core/errors';
import type { CancelSignal } from '../../core/ports';
import { numberOf, objectOf, parseJsonObject, textOf, type JsonObject } from '../../core/sessions/json';
import { start } from './process';
import { claudeEnvironment } from './surroundings';
import { isLoginTrouble } from './trouble';

export interface AskWithMemory {
  /** Absolute path of the user's own `claude`. Never from a workspace. */
  readonly program: string;
  /** The workspace folder: its settings and hooks are what is tested. */
  readonly folder: string;
  readonly question: string;
  /** Variables besides what is left of those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a session with memory said, and what it took. */
export interface HeardWithMemory extends RecallHeard {
  readonly model: string;
  /** As the program says; 0 where it says nothing. */
  readonly costUsd: number;
}

const LIMIT_MS = 180_000;
/** Settings, hooks and rules of the folder count here: they are what is tested. */
const OF_NO_MEMORY = ['CLAUDE_CODE_DISABLE_AUTO_MEMORY', 'CLAUDE_CODE_DISABLE_CLAUDE_MDS'];

/**
 * One question to Claude Code in a folder, with its hooks and rules, without tools, and without a log that would be
 * captured. Throws `cancelled`, `model-key` where nobody is logged in, `model-missing` where it cannot be started,
 * `model-failed` where it gave no answer.
 */
export async function askWithMemory(ask: AskWithMemory, signal: CancelSignal): Promise<HeardWithMemory> {
  const heard = { hooks: [] as string[], answer: '', model: '', costUsd: 0, failed: false, ended: false };
  const hear = (line: string): void => {
    const said = parseJsonObject(line);
    if (said === undefined) return;
    heard.hooks.push(...hookTexts(said));
    if (textOf(said, 'subtype') === 'init') heard.model = textOf(said, 'model') ?? '';
    if (textOf(said, 'type') !== 'result') return;
    heard.answer = textOf(said, 'result') ?? '';
    heard.costUsd = numberOf(said, 'total_cost_usd');
    heard.failed = said['is_error'] === true;
    heard.ended = true;
  };
  const running = start({
    program: ask.program,
    args: ARGUMENTS,
    folder: ask.folder,
    environment: environmentFor(ask),
    input: ask.question,
    onLine: hear,
  });
  const limit = setTimeout(() => running.stop('gently'), LIMIT_MS);
  const watch = setInterval(() => signal.aborted && running.stop('gently'), 200);
  try {
    const exit = await running.ended.catch((error: unknown) => {
      throw new AgentDreamsError('model-missing', 'Claude Code cannot be started.', {}, { cause: error });
    });
    if (signal.aborted) throw new AgentDreamsError('cancelled', 'The test was cancelled.');
    if (!heard.ended || heard.failed) throw failure(heard.answer || exit.complaint);
  } finally {
    clearTimeout(limit);
    clearInterval(watch);
  }
  const { hooks, answer, model, costUsd } = heard;
  return { hooks, answer, model, costUsd };
}

const ARGUMENTS: readonly string[] = [
  '--print',
  ...['--output-format', 'stream-json', '--verbose', '--include-hook-events'],
  ...['--tools', '', '--permission-mode', 'dontAsk'],
  ...['--strict-mcp-config', '--disable-slash-commands', '--no-chrome'],
  '--no-session-persistence',
];

function environmentFor({ environment = {} }: AskWithMemory): Readonly<Record<string, string>> {
  const all = claudeEnvironment(process.env, environment);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !OF_NO_MEMORY.includes(name)));
}

/** What a hook of the session printed, as the line of its end tells it. */
function hookTexts(line: JsonObject): readonly string[] {
  if (textOf(line, 'subtype') !== 'hook_response') return [];
  const printed = textOf(line, 'output') ?? textOf(line, 'stdout') ?? '';
  const parsed = parseJsonObject(printed);
  return [textOf(objectOf(parsed, 'hookSpecificOutput'), 'additionalContext') ?? printed];
}

function failure(said: string): AgentDreamsError {
  const details = said === '' ? {} : { said: said.slice(0, 300) };
  if (isLoginTrouble(said)) return new AgentDreamsError('model-key', 'Claude Code is not logged in.', details);
  return new AgentDreamsError('model-failed', 'Claude Code gave no answer.', details);
}
