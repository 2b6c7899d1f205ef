import { SilentError } from '../claude/patience';
import {
  BY_ANY_STATUS,
  FAILED,
  MAX_SAID,
  RATE_LIMITED,
  TOO_LARGE,
  type Trouble,
  type TroubleRule,
} from '../claude/troubleKinds';

/** Shorter delays are the program's own back-off: the server named no time, and repetition would not help. */
const NAMED_DELAY_MS = 900;

const LOGIN: TroubleRule = ['model-key', 'never', 'Claude Code is not logged in, or its login is not accepted.'];
const LIMITED: TroubleRule = ['model-busy', 'never', 'The limit of the plan is reached.'];
const REFUSED: TroubleRule = ['model-failed', 'never', 'Claude Code refused the request.'];

const BY_STATUS: Readonly<Record<number, TroubleRule>> = {
  ...BY_ANY_STATUS,
  401: LOGIN,
  403: ['model-forbidden', 'never', 'The account of Claude Code may not use this model.'],
  404: ['model-missing', 'never', 'Claude Code has no such model.'],
  429: LIMITED,
};

/** What went wrong with one run, as an error that the tries can be told. */
export class TroubleError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.message);
  }
}

/** A trouble in the program's words, without anything secret in them. */
export function troubleFor(
  [code, help, message]: TroubleRule,
  said: string,
  { status, afterMs }: { readonly status?: number; readonly afterMs?: number } = {},
): Trouble {
  const details = {
    ...(said === '' ? {} : { said: said.slice(0, MAX_SAID) }),
    ...(status === undefined ? {} : { status }),
  };
  if (afterMs === undefined) return { code, help, message, details };
  return { code, help: 'limit', message, afterMs, details: { ...details, retryAfterS: Math.ceil(afterMs / 1000) } };
}

/** The trouble for a status that the program gave up on; undefined where it named none. */
export function troubleOfStatus(status: number | undefined, said: string): Trouble | undefined {
  if (status === undefined) return undefined;
  const rule = BY_STATUS[status] ?? (status >= 500 ? FAILED : REFUSED);
  return troubleFor(/\bprompt is too long\b/iu.test(said) ? TOO_LARGE : rule, said, { status });
}

/** The trouble for a status that the program means to try again on, after a delay. */
export function troubleOfRetry(status: number | undefined, delayMs: number): Trouble {
  if (status === undefined) return unreachable('');
  if (status !== 429) return troubleFor(BY_STATUS[status] ?? FAILED, '', { status });
  if (delayMs < NAMED_DELAY_MS) return troubleFor(LIMITED, '', { status });
  const rule: TroubleRule = ['model-busy', 'again', RATE_LIMITED];
  return troubleFor(rule, '', { status, afterMs: delayMs });
}

/** The trouble for an answer that never came, by what the program said instead. */
export function troubleOfEnd(said: string, killed: boolean): Trouble {
  if (/\bunknown option\b/iu.test(said)) {
    return troubleFor(['model-missing', 'never', 'This version of Claude Code is too old.'], said);
  }
  if (isLoginTrouble(said)) return troubleFor(LOGIN, said);
  const help = killed ? 'again' : 'never';
  return troubleFor(['model-failed', help, 'Claude Code ended without an answer.'], said);
}

/** True where the program says that somebody has to log in. */
export function isLoginTrouble(said: string): boolean {
  return /\bnot logged in\b|\/login\b|\binvalid api key\b/iu.test(said);
}

/** What an error of a try means, for the tries. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble;
  if (error instanceof SilentError) return unreachable('It said nothing for too long.');
  const said = error instanceof Error ? error.message : '';
  return troubleFor(['model-missing', 'never', 'Claude Code cannot be started.'], said);
}

function unreachable(said: string): Trouble {
  return troubleFor(['model-unreachable', 'again', 'Claude Code could not reach Anthropic.'], said);
}
