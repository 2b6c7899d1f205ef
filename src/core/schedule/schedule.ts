import { Cron } from 'croner';
import { planKey, WEEKDAYS, type SchedulePlan } from './cadence';

/** What is kept on disk about the schedule of one store; the same in every window. All times are ISO 8601 UTC. */
export interface ScheduleMemory {
  readonly lastRunAt?: string;
  /** The plan (`planKey`) that `since` belongs to. */
  readonly plan?: string;
  /** When this plan was first seen: a slot before it is not owed. */
  readonly since?: string;
}

/** Where the schedule stands at one instant. Times are milliseconds since the epoch. */
export type ScheduleState =
  | { readonly kind: 'manual' }
  /** The plan is new here: `since` has to be written down before anything can be owed. */
  | { readonly kind: 'unanchored'; readonly plan: string; readonly nextRunAt: number }
  | { readonly kind: 'waiting'; readonly nextRunAt: number }
  /** A slot has passed. However many passed meanwhile, one run is owed. */
  | { readonly kind: 'due'; readonly missedAt: number };

function pattern(plan: SchedulePlan): string | undefined {
  const { hour, minute } = plan.timeOfDay;
  switch (plan.cadence) {
    case 'manual':
      return undefined;
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'weekly':
      return `${minute} ${hour} * * ${WEEKDAYS.indexOf(plan.weekday)}`;
  }
}

/**
 * The first slot strictly after `afterMs`, undefined for a manual plan. A slot that daylight saving skips runs when
 * the clock has jumped, one that it repeats runs once (the hourly cadence simply keeps its hour).
 */
export function nextSlot(plan: SchedulePlan, timeZone: string, afterMs: number): number | undefined {
  const cron = pattern(plan);
  if (cron === undefined) return undefined;
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRun(new Date(afterMs))?.getTime();
}

/** A remembered time, never later than now: a clock that was set back must not silence the schedule. */
function pastTime(iso: string | undefined, nowMs: number): number | undefined {
  if (iso === undefined) return undefined;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : Math.min(time, nowMs);
}

/** Where the schedule stands now. Pure: the same inputs give the same state in every window. */
export function scheduleState(
  plan: SchedulePlan,
  memory: ScheduleMemory,
  world: { readonly nowMs: number; readonly timeZone: string },
): ScheduleState {
  const { nowMs, timeZone } = world;
  const fromNow = nextSlot(plan, timeZone, nowMs);
  if (fromNow === undefined) return { kind: 'manual' };
  const since = pastTime(memory.since, nowMs);
  if (memory.plan !== planKey(plan) || since === undefined) {
    return { kind: 'unanchored', plan: planKey(plan), nextRunAt: fromNow };
  }
  const anchor = Math.max(since, pastTime(memory.lastRunAt, nowMs) ?? since);
  const owed = nextSlot(plan, timeZone, anchor) ?? fromNow;
  return owed <= nowMs ? { kind: 'due', missedAt: owed } : { kind: 'waiting', nextRunAt: owed };
}
