import type { Clock } from '../../src/core/ports';

export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due on the way, in order. */
  advance(ms: number): void;
  /** Sets the time without running anything, as a sleep or a changed clock does. */
  set(epochMs: number): void;
  /** Timers that wait. */
  readonly pending: number;
}

/** A clock that stands still until it is moved. */
export function createFakeClock(start: number | string = '2026-11-21T09:00:00Z', zone = 'UTC'): FakeClock {
  let now = typeof start === 'string' ? Date.parse(start) : start;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    offsetMinutes: () => 0,
    timeZone: () => zone,
    after: (delayMs, run) => {
      const timer = { at: now + Math.max(0, delayMs), run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = end;
    },
    set: (epochMs) => {
      now = epochMs;
    },
    get pending() {
      return timers.length;
    },
  };
}
