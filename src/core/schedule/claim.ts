import type { SchedulePlan } from './cadence';
import { scheduleState, type ScheduleMemory, type ScheduleState } from './schedule';

/** What a window does with the state it read under the lock: run or not, and what to write back. */
export interface ScheduleClaim<T extends ScheduleMemory> {
  /** True for exactly one of the windows that look at the same slot. */
  readonly run: boolean;
  /** The memory to write back; the same object if nothing changed. */
  readonly memory: T;
  /** Where the schedule stands after this claim. */
  readonly state: ScheduleState;
}

/**
 * Claims a due run by writing down that it happened, before it happens: a second window that reads the state
 * afterwards finds nothing due, and a run that crashes is not repeated in a loop. Also anchors a plan that is new.
 */
export function claimRun<T extends ScheduleMemory>(
  plan: SchedulePlan,
  memory: T,
  world: { readonly nowMs: number; readonly timeZone: string },
): ScheduleClaim<T> {
  const state = scheduleState(plan, memory, world);
  const now = new Date(world.nowMs).toISOString();
  switch (state.kind) {
    case 'manual':
    case 'waiting':
      return { run: false, memory, state };
    case 'unanchored': {
      const anchored = { ...memory, plan: state.plan, since: now };
      return { run: false, memory: anchored, state: { kind: 'waiting', nextRunAt: state.nextRunAt } };
    }
    case 'due': {
      const claimed = { ...memory, lastRunAt: now };
      return { run: true, memory: claimed, state: scheduleState(plan, claimed, world) };
    }
  }
}
