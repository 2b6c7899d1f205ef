/** Runs a piece of work one at a time, however often it is asked for. */
export interface Coalesced<T> {
  /**
   * Starts the work, or joins: while one run is under way every further call shares one next run, so that a call made
   * after something changed always sees a run that began after it.
   */
  readonly run: () => Promise<T>;
}

/** Wraps `work`; a failed run rejects only for the calls that shared it. */
export function coalesce<T>(work: () => Promise<T>): Coalesced<T> {
  let current: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  const start = (): Promise<T> => {
    const running = work().finally(() => {
      if (current === running) current = undefined;
    });
    current = running;
    return running;
  };
  return {
    run() {
      if (!current) return start();
      next ??= current
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
  };
}
