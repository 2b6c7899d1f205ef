import type { Clock } from '../core/ports';

/** The longest delay that Node's timers hold; a longer one would fire at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** The system clock. Timers do not keep the process alive. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    offsetMinutes: (epochMs) => 0 - new Date(epochMs).getTimezoneOffset(),
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs), MAX_DELAY_MS));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
