import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { isAgentDreamsError } from '../../core/errors';
import type { AskOptions } from '../../core/model/languageModel';
import type { CancelSignal } from '../../core/ports';
import { onLeash, type Leash, type Patience } from './patience';
import { toError, type Trouble } from './troubleKinds';

/** Tries in all, where a repetition may help. */
const TRIES = 3;
/** Rate limits that one request waits for. */
const LIMIT_WAITS = 10;

/** A wait that all requests of a model share: one of them was told to slow down, or that nothing is left. */
export interface SharedPause {
  until(epochMs: number, message: string): void;
  /** Waits until it is over, with a notice. Throws `cancelled`. */
  pass(options: AskOptions): Promise<void>;
}

export function createSharedPause({ clock, wait }: Patience): SharedPause {
  let end = 0;
  let why = '';
  return {
    until: (epochMs, message) => {
      if (epochMs <= end) return;
      end = epochMs;
      why = message;
    },
    pass: async ({ signal, onNotice }) => {
      const delayMs = Math.ceil(end - clock.now());
      if (delayMs <= 0) return;
      onNotice({ kind: 'waiting', delayMs, message: why });
      await wait(delayMs, signal);
      throwIfCancelled(signal);
    },
  };
}

/** What the tries of one server, or of one program, share. */
export interface Trying {
  readonly patience: Patience;
  readonly pause: SharedPause;
  /** What an error of a try means. */
  readonly troubleOf: (error: unknown) => Trouble;
}

export interface TryOptions extends AskOptions {
  /** Tokens that were paid for so far, for the error. */
  readonly spent?: () => Readonly<Record<string, number>>;
  /** True where a second request could be paid for twice: then only what the server was too busy for is repeated. */
  readonly once?: boolean;
}

/**
 * Runs `work` until it succeeds or it is clear that it will not: waits out rate limits and overloads, each with a notice.
 * Throws as the port promises.
 */
export async function tryUntil<T>(work: (leash: Leash) => Promise<T>, trying: Trying, options: TryOptions): Promise<T> {
  const { patience, pause } = trying;
  let failures = 0;
  let limits = 0;
  for (;;) {
    await pause.pass(options);
    try {
      return await onLeash(work, options.signal, patience);
    } catch (error) {
      if (isAgentDreamsError(error)) throw error;
      const trouble = trying.troubleOf(error);
      if (trouble.help === 'limit') limits += 1;
      else failures += 1;
      if (isHopeless(trouble, failures, limits, options, patience)) throw toError(trouble, options.spent?.() ?? {});
      await beforeNext(trouble, failures, trying, options);
    }
  }
}

function isHopeless(
  trouble: Trouble,
  failures: number,
  limits: number,
  { once }: TryOptions,
  { times }: Patience,
): boolean {
  if (trouble.help === 'limit') return limits > LIMIT_WAITS || (trouble.afterMs ?? 0) > times.limitMs;
  return trouble.help === 'never' || failures >= TRIES || (once === true && trouble.code !== 'model-busy');
}

async function beforeNext(trouble: Trouble, failures: number, trying: Trying, options: AskOptions): Promise<void> {
  const { patience, pause } = trying;
  if (trouble.help === 'limit') {
    // Told by the pause, to every request that waits for it.
    pause.until(patience.clock.now() + (trouble.afterMs ?? 0), trouble.message);
    return;
  }
  const { backOffMs, limitMs } = patience.times;
  const delayMs = Math.max(backOffMs * 2 ** (failures - 1), Math.min(trouble.afterMs ?? 0, limitMs));
  options.onNotice({ kind: 'retrying', delayMs, message: `${trouble.message} Trying again.` });
  await patience.wait(delayMs, options.signal);
  throwIfCancelled(options.signal);
}

/** Slows all requests down where an answer says that nothing is left until a time. */
export function heedLimits(headers: Headers, { pause, patience }: Trying): void {
  for (const what of ['requests', 'tokens', 'input-tokens', 'output-tokens']) {
    const remaining = headers.get(`anthropic-ratelimit-${what}-remaining`);
    const reset = Date.parse(headers.get(`anthropic-ratelimit-${what}-reset`) ?? '');
    const far = reset - patience.clock.now() > patience.times.limitMs;
    if (remaining !== null && Number(remaining) <= 0 && !Number.isNaN(reset) && !far) {
      pause.until(reset, `The rate limit is used up (${what}).`);
    }
  }
}

/** Waits for another request's first word, but not for ever. Throws `cancelled`; the other's failure is its own. */
export async function waitFor(other: Promise<void>, signal: CancelSignal, patience: Patience): Promise<void> {
  const times = { ...patience.times, silenceMs: patience.times.tryMs };
  try {
    await onLeash(async () => await other, signal, { ...patience, times });
  } catch (error) {
    if (isAgentDreamsError(error)) throw error;
  }
}
