import { throwIfCancelled } from '../../core/dream/model/cancelled';
import { AgentDreamsError } from '../../core/errors';
import type { CancelSignal, Clock } from '../../core/ports';

/** Waits for so many milliseconds; ends early once the signal is aborted. Never throws. */
export type Wait = (ms: number, signal: CancelSignal) => Promise<void>;

/** All in milliseconds. */
export interface ClaudeTimes {
  /** Silence after which a try is given up. The server pings while it thinks. */
  readonly silenceMs: number;
  /** The longest a try may last, pings or not. */
  readonly tryMs: number;
  /** The wait before the first repetition; doubled before each other one. */
  readonly backOffMs: number;
  /** The longest a rate limit is waited for. */
  readonly limitMs: number;
  /** The first wait between two looks at a batch; it grows to `slowPollMs`. */
  readonly pollMs: number;
  readonly slowPollMs: number;
}

export const USUAL_TIMES: ClaudeTimes = {
  silenceMs: 120_000,
  tryMs: 1_200_000,
  backOffMs: 2_000,
  limitMs: 900_000,
  pollMs: 5_000,
  slowPollMs: 60_000,
};

/** How an adapter waits: on the real clock, unless a test brings its own. */
export interface Patience {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly wait: Wait;
  readonly times: ClaudeTimes;
}

/** How often a signal that cannot call back is looked at. */
const LOOK_MS = 200;

/** Calls `run` once when the signal is aborted, at most 0.2 s later; the returned function stops watching. */
function onCancel(signal: CancelSignal, clock: Pick<Clock, 'after'>, run: () => void): () => void {
  if (signal.aborted) {
    run();
    return () => undefined;
  }
  if (signal instanceof AbortSignal) {
    signal.addEventListener('abort', run, { once: true });
    return () => {
      signal.removeEventListener('abort', run);
    };
  }
  let stop = (): void => undefined;
  const look = (): void => {
    if (signal.aborted) run();
    else stop = clock.after(LOOK_MS, look);
  };
  stop = clock.after(LOOK_MS, look);
  return () => {
    stop();
  };
}

/** A wait on this clock. */
export function waitOn(clock: Pick<Clock, 'after'>): Wait {
  return async (ms, signal) => {
    await new Promise<void>((resolve) => {
      let unwatch = (): void => undefined;
      const stop = clock.after(ms, () => {
        unwatch();
        resolve();
      });
      unwatch = onCancel(signal, clock, () => {
        stop();
        resolve();
      });
    });
  };
}

/** The other side has said nothing for too long. */
export class SilentError extends Error {}

/** What a try is given: when to stop, and a way to say that something was heard. */
export interface Leash {
  readonly signal: AbortSignal;
  readonly heard: () => void;
}

/**
 * Runs one try. Throws `cancelled` when the user cancels and `SilentError` when nothing is heard for too long, in both cases
 * at once, whatever the work does; its signal is aborted then.
 */
export async function onLeash<T>(
  work: (leash: Leash) => Promise<T>,
  signal: CancelSignal,
  { clock, times }: Patience,
): Promise<T> {
  throwIfCancelled(signal);
  const controller = new AbortController();
  const stops: (() => void)[] = [];
  let ended = false;
  try {
    return await new Promise<T>((resolve, reject) => {
      const giveUp = (error: Error): void => {
        reject(error);
        controller.abort();
      };
      const silent = (): void => giveUp(new SilentError('The server said nothing for too long.'));
      let stopSilence = clock.after(times.silenceMs, silent);
      stops.push(
        () => stopSilence(),
        clock.after(times.tryMs, silent),
        onCancel(signal, clock, () => giveUp(new AgentDreamsError('cancelled', 'The dream was canceled.'))),
      );
      const heard = (): void => {
        stopSilence();
        // A last piece may come when all is done: no timer may outlive the try.
        if (!ended) stopSilence = clock.after(times.silenceMs, silent);
      };
      work({ signal: controller.signal, heard }).then(resolve, reject);
    });
  } finally {
    ended = true;
    for (const stop of stops) stop();
  }
}
