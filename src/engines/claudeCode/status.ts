import { AgentDreamsError } from '../../core/errors';
import type { AskOptions } from '../../core/model/languageModel';
import { parseJsonObject, textOf } from '../../core/sessions/json';
import { onLeash } from '../claude/patience';
import { toError } from '../claude/troubleKinds';
import { openClaudeCode, type ClaudeCode, type ClaudeCodeOptions } from './claudeCodeModel';
import { start, type Exit } from './process';
import { claudeEnvironment, inFolder } from './surroundings';

/** What the program says of itself, without a request to anybody and without a look at any credential. */
export interface ClaudeCodeStatus {
  readonly version: string;
  readonly loggedIn: boolean;
  /** As the program names it: `claude.ai`, `api_key`, `none` … */
  readonly method: string;
}

const SILENCE_MS = 20_000;

/** Asks the program whether somebody is logged in. Throws `model-missing`, `model-unreachable` and `cancelled`. */
export async function readClaudeCodeStatus(
  options: ClaudeCodeOptions,
  { signal }: Pick<AskOptions, 'signal'>,
): Promise<ClaudeCodeStatus> {
  const claude = openClaudeCode(options);
  const version = await run(claude, ['--version'], signal);
  const number = /\d+\.\d+\.\d+/u.exec(version.output)?.[0];
  if (version.exit.code !== 0 || number === undefined) throw notClaude(version);
  const { output } = await run(claude, ['auth', 'status'], signal);
  const status = parseJsonObject(output);
  return { version: number, loggedIn: status?.['loggedIn'] === true, method: textOf(status, 'authMethod') ?? '' };
}

/** Throws `model-key` where nobody is logged in, and what `readClaudeCodeStatus` throws. */
export async function checkClaudeCode(
  options: ClaudeCodeOptions,
  ask: Pick<AskOptions, 'signal'>,
): Promise<ClaudeCodeStatus> {
  const status = await readClaudeCodeStatus(options, ask);
  if (status.loggedIn) return status;
  throw new AgentDreamsError('model-key', 'Claude Code is not logged in.', { said: 'Run: claude auth login' });
}

interface Output {
  readonly exit: Exit;
  readonly output: string;
}

async function run(
  { options, trying }: ClaudeCode,
  args: readonly string[],
  signal: AskOptions['signal'],
): Promise<Output> {
  const { patience } = trying;
  const environment = claudeEnvironment(process.env, { ...options.environment });
  const work = async (leash: { readonly signal: AbortSignal }): Promise<Output> =>
    await inFolder('', async ({ work: folder }) => {
      const lines: string[] = [];
      const onLine = (line: string): void => void lines.push(line);
      const running = start({ program: options.program, args, folder, environment, input: '', onLine });
      leash.signal.addEventListener('abort', () => running.stop('gently'), { once: true });
      const exit = await running.ended;
      return { exit, output: lines.join('\n') };
    });
  try {
    return await onLeash(work, signal, { ...patience, times: { ...patience.times, silenceMs: SILENCE_MS } });
  } catch (error) {
    throw error instanceof AgentDreamsError ? error : toError(trying.troubleOf(error));
  }
}

function notClaude({ exit, output }: Output): AgentDreamsError {
  const said = (exit.complaint || output).trim().slice(0, 300);
  return new AgentDreamsError('model-missing', 'This program is not Claude Code.', said === '' ? {} : { said });
}
