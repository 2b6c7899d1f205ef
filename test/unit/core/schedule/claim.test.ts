import { describe, expect, it } from 'vitest';
import type { SchedulePlan } from '../../../../src/core/schedule/cadence';
import type { ScheduleMemory } from '../../../../src/core/schedule/schedule';
import { claimRun } from '../../../../src/core/schedule/claim';

const daily: SchedulePlan = { cadence: 'daily', timeOfDay: { hour: 9, minute: 0 }, weekday: 'monday' };
const at = (iso: string) => ({ nowMs: Date.parse(iso), timeZone: 'UTC' });

describe('claiming a run', () => {
  it('is granted once: the second window that reads what the first wrote does not run', () => {
    const memory = { plan: 'daily 09:00', since: '2026-11-20T10:00:00.000Z' };
    const now = at('2026-11-21T09:00:00.000Z');
    const first = claimRun(daily, memory, now);
    const second = claimRun(daily, first.memory, now);
    expect([first.run, second.run]).toEqual([true, false]);
    expect(first.memory).toEqual({ ...memory, lastRunAt: '2026-11-21T09:00:00.000Z' });
    expect(first.state).toEqual({ kind: 'waiting', nextRunAt: Date.parse('2026-11-22T09:00:00Z') });
  });

  it('writes down a plan that is new, without running', () => {
    const memory: ScheduleMemory & { lastStatus: string } = { lastStatus: 'completed' };
    const claim = claimRun(daily, memory, at('2026-11-21T12:00:00.000Z'));
    expect(claim.run).toBe(false);
    expect(claim.memory).toEqual({
      lastStatus: 'completed',
      plan: 'daily 09:00',
      since: '2026-11-21T12:00:00.000Z',
    });
    expect(claim.state.kind).toBe('waiting');
  });

  it('does not fire at once when the cadence gets shorter', () => {
    const weekly = { plan: 'weekly monday 09:00', since: '2026-11-01T00:00:00Z', lastRunAt: '2026-11-16T09:00:00Z' };
    const claim = claimRun(daily, weekly, at('2026-11-21T12:00:00.000Z'));
    expect(claim.run).toBe(false);
    expect(claim.state).toEqual({ kind: 'waiting', nextRunAt: Date.parse('2026-11-22T09:00:00Z') });
  });

  it('leaves the memory as it is where there is nothing to write', () => {
    const memory = { plan: 'daily 09:00', since: '2026-11-21T10:00:00Z' };
    expect(claimRun(daily, memory, at('2026-11-21T12:00:00Z')).memory).toBe(memory);
    expect(claimRun({ ...daily, cadence: 'manual' }, memory, at('2026-11-21T12:00:00Z'))).toEqual({
      run: false,
      memory,
      state: { kind: 'manual' },
    });
  });
});
