import type { Clock } from '../core/ports';

/** Calls a function once after things have been quiet. */
export interface Debounce {
  /** Something happened: call the function `delayMs` after the last time this was called. */
  trigger(): void;
  /** Drops a pending call and ignores all later triggers. */
  dispose(): void;
}

/** `maxMs` bounds how long a steady stream of triggers can put the call off. */
export function createDebounce(
  clock: Clock,
  times: { readonly delayMs: number; readonly maxMs: number },
  run: () => void,
): Debounce {
  let cancel: (() => void) | undefined;
  let firstAt = 0;
  let disposed = false;
  return {
    trigger() {
      if (disposed) return;
      const now = clock.now();
      if (!cancel) firstAt = now;
      cancel?.();
      const left = Math.max(0, firstAt + times.maxMs - now);
      cancel = clock.after(Math.min(times.delayMs, left), () => {
        cancel = undefined;
        run();
      });
    },
    dispose() {
      disposed = true;
      cancel?.();
      cancel = undefined;
    },
  };
}
