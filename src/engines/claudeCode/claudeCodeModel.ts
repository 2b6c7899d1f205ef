import path from 'node:path';
import { AgentDreamsError } from '../../core/errors';
import type {
  AskOptions,
  LanguageModel,
  ModelReply,
  ModelRequest,
  ModelRole,
  ModelUsage,
} from '../../core/model/languageModel';
import type { Clock } from '../../core/ports';
import { OWN_ENGINE_MARK } from '../../core/sessions/ownEngine';
import { createClock } from '../../node/clock';
import { oneFirst } from '../claude/oneFirst';
import { USUAL_TIMES, waitOn, type ClaudeTimes, type Leash, type Wait } from '../claude/patience';
import { addUsage, NO_USAGE } from '../claude/replyOf';
import { createSharedPause, tryUntil, type Trying } from '../claude/tries';
import { claudeArguments, claudeLimits } from './command';
import { createListener, type Verdict } from './listener';
import { start, type Urgency } from './process';
import { claudeEnvironment, inFolder, secretsOf, type TryFolder } from './surroundings';
import { readTrouble, TroubleError } from './trouble';

export interface ClaudeCodeOptions {
  /** Absolute path of the user's own `claude`. Never from a workspace. */
  readonly program: string;
  /** Names that the program knows; its small and its middle model without them. */
  readonly models?: Partial<Readonly<Record<ModelRole, string>>>;
  /** Variables for the program besides what is left of those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Pick<Clock, 'now' | 'after'>;
  /** How back-off waits; on the clock without it. */
  readonly wait?: Wait;
  readonly times?: Partial<ClaudeTimes>;
}

/** The program thinks without a sign of life; it has time-outs of its own, which are shorter. */
const SILENCE_MS = 300_000;
const ALIASES: Readonly<Record<ModelRole, string>> = { extract: 'haiku', consolidate: 'sonnet' };
/** What every plan's models take, the program's own words included. */
const MAX_PROMPT_TOKENS = 150_000;
/** Each is a process of about 250 MB, and plans are for ordinary use by one person. */
const CONCURRENCY = 2;
/** What the program reads from its standard input. */
const MAX_INPUT_BYTES = 10_000_000;

/** What the tries of one program share. */
export interface ClaudeCode {
  readonly options: ClaudeCodeOptions;
  readonly trying: Trying;
}

/** Throws `model-missing` for what cannot be the program. */
export function openClaudeCode(options: ClaudeCodeOptions): ClaudeCode {
  const { program, clock = createClock(), wait, times } = options;
  if (!path.isAbsolute(program)) throw new AgentDreamsError('model-missing', 'The program needs an absolute path.');
  if (/\.(?:cmd|bat)$/iu.test(program)) {
    throw new AgentDreamsError('model-missing', 'A script cannot be started without a shell.', {
      said: 'Name claude.exe itself, not a script that starts it.',
    });
  }
  const patience = { clock, wait: wait ?? waitOn(clock), times: { ...USUAL_TIMES, silenceMs: SILENCE_MS, ...times } };
  return { options, trying: { patience, pause: createSharedPause(patience), troubleOf: readTrouble } };
}

/**
 * The user's own Claude Code, asked by its command line with the login it has. Each question is a process of its own, in
 * an empty folder, which leaves no log; each failed try too, so that waits are seen and counted here.
 */
export function createClaudeCodeModel(options: ClaudeCodeOptions): LanguageModel {
  const claude = openClaudeCode(options);
  const models = { ...ALIASES, ...options.models };
  const named = (model: string): string => (model.startsWith('claude-') ? model : '');
  return {
    traits: {
      engine: 'claude-code',
      maxPromptTokens: { extract: MAX_PROMPT_TOKENS, consolidate: MAX_PROMPT_TOKENS },
      model: { extract: named(models.extract), consolidate: named(models.consolidate) },
      // A plan pays.
      priceFactor: 0,
      concurrency: CONCURRENCY,
    },
    ask: oneFirst(
      claude.trying.patience,
      async (request, ask, onBegin) => await askOnce(claude, models, request, ask, onBegin),
    ),
  };
}

async function askOnce(
  { options, trying }: ClaudeCode,
  models: Readonly<Record<ModelRole, string>>,
  request: ModelRequest,
  ask: AskOptions,
  onBegin: () => void,
): Promise<ModelReply> {
  const input = `${OWN_ENGINE_MARK}\n${request.prompt}`;
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) throw new AgentDreamsError('too-large', 'The prompt is too large.');
  const environment = claudeEnvironment(process.env, { ...claudeLimits(request), ...options.environment });
  // What broken tries have cost is part of the price of the one that worked.
  let spent = NO_USAGE;
  const onSpent = (usage: ModelUsage): void => void (spent = addUsage(spent, usage));
  const reply = await tryUntil(
    async (leash) =>
      await inFolder(request.system, async (folder) => {
        const args = claudeArguments(request, models[request.role], folder.system);
        return await runOnce({ program: options.program, args, folder, environment, input, leash, onBegin, onSpent });
      }),
    trying,
    { ...ask, spent: () => (spent === NO_USAGE ? {} : { ...spent }) },
  );
  return { ...reply, usage: spent };
}

/** A further request must not be sent after half an answer; a login that is being renewed must be able to be written. */
function urgencyOf(verdict: Verdict): Urgency {
  if (verdict.kind === 'trouble') return 'gently';
  return verdict.reply.kind === 'truncated' || verdict.reply.kind === 'refused' ? 'now' : 'by itself';
}

interface OneRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: TryFolder;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string;
  readonly leash: Leash;
  readonly onBegin: () => void;
  readonly onSpent: (usage: ModelUsage) => void;
}

/** One run of the program. Throws `TroubleError` where it did not answer, and what `spawn` throws. */
async function runOnce(run: OneRun): Promise<ModelReply> {
  const { folder, leash, onBegin, onSpent } = run;
  const listener = createListener(secretsOf(run.environment));
  let verdict: Verdict | undefined;
  const running = start({
    ...run,
    folder: folder.work,
    onLine: (line) => {
      leash.heard();
      if (verdict !== undefined) return;
      verdict = listener.hear(line);
      if (listener.begun()) onBegin();
      if (verdict) running.stop(urgencyOf(verdict));
    },
  });
  const stop = (): void => running.stop('gently');
  leash.signal.addEventListener('abort', stop, { once: true });
  try {
    const exit = await running.ended;
    verdict ??= listener.end(exit);
  } finally {
    leash.signal.removeEventListener('abort', stop);
    onSpent(listener.usage());
  }
  if (verdict.kind === 'trouble') throw new TroubleError(verdict.trouble);
  return verdict.reply;
}
