import { AgentDreamsError } from '../../core/errors';
import type { CancelSignal } from '../../core/ports';

/** A signal of the core can only be looked at. */
const LOOK_EVERY_MS = 100;

/** Stops work on somebody else's promises: when the user cancels, and when nothing was heard for too long. */
export class StopWatch {
  readonly #controller = new AbortController();
  readonly #stopped: Promise<never>;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardAt = performance.now();

  constructor(signal: CancelSignal, silenceMs: number) {
    let fail: (error: AgentDreamsError) => void = () => undefined;
    this.#stopped = new Promise((_, reject) => (fail = reject));
    // Nobody may be racing when it stops.
    this.#stopped.catch(() => undefined);
    const look = (): void => {
      if (signal.aborted) fail(new AgentDreamsError('cancelled', 'cancelled'));
      else if (performance.now() - this.#heardAt > silenceMs) {
        fail(new AgentDreamsError('model-unreachable', `the model said nothing for ${silenceMs / 1_000} s`));
      } else return;
      this.#controller.abort();
    };
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    look();
  }

  /** Aborted when the work should stop. */
  get stop(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came: the silence starts anew. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  /** The work's own end, or `cancelled` or `model-unreachable`, whatever comes first. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([work, this.#stopped]);
  }

  /** Resolves after `delayMs`; throws `cancelled`. A pause is no silence. */
  async pause(delayMs: number): Promise<void> {
    this.#heardAt = performance.now() + delayMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.race(new Promise<void>((resolve) => (timer = setTimeout(resolve, delayMs))));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the watch, and the work if it still goes on. */
  dispose(): void {
    clearInterval(this.#timer);
    this.#controller.abort();
  }
}
