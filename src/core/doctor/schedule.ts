import { scheduleState } from '../schedule/schedule';
import type { DoctorFacts, ScheduleFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** A slot that passed is caught up within minutes of a window being open. */
const OVERDUE_MS = 2 * 3_600_000;

/** The schedule that the user chose is written down, and what it started ended well. Manual is a choice like any other. */
export function checkSchedule({ schedule, now }: Pick<DoctorFacts, 'schedule' | 'now'>): readonly DoctorFinding[] {
  return ifKnown('schedule', schedule, (value) => findings(value, now));
}

function findings({ plan, memory, timeZone }: ScheduleFacts, now: number): readonly DoctorFinding[] {
  if (plan.cadence === 'manual') return [];
  const about = { cadence: plan.cadence };
  const state = scheduleState(plan, memory, { nowMs: now, timeZone });
  const found: DoctorFinding[] = [];
  if (state.kind === 'unanchored') {
    const fix = { id: 'changeSchedule' } as const;
    found.push({ check: 'schedule', kind: 'schedule-unsaved', severity: 'warning', about, fix });
  }
  if (state.kind === 'due' && now - state.missedAt > OVERDUE_MS) {
    const since = new Date(state.missedAt).toISOString();
    const fix = { id: 'dreamNow' } as const;
    found.push({ check: 'schedule', kind: 'schedule-overdue', severity: 'warning', about: { ...about, since }, fix });
  }
  if (memory.lastStatus === 'failed') {
    const said = memory.lastMessage ?? '';
    const fix = { id: 'dreamNow' } as const;
    found.push({ check: 'schedule', kind: 'schedule-failed', severity: 'warning', about: { ...about, said }, fix });
  }
  return found;
}
