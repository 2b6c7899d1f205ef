import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CADENCES, formatTimeOfDay, parseTimeOfDay, planKey, WEEKDAYS } from '../../../../src/core/schedule/cadence';
import type { Cadence, SchedulePlan } from '../../../../src/core/schedule/cadence';
import { nextSlot, scheduleState } from '../../../../src/core/schedule/schedule';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A plan in words: "daily 02:30", "weekly friday 09:00". */
function plan(words: string): SchedulePlan {
  const [cadence, ...rest] = words.split(' ');
  const timeOfDay = parseTimeOfDay(rest.at(-1) ?? '') ?? { hour: 9, minute: 0 };
  const weekday = WEEKDAYS.find((day) => rest.includes(day)) ?? 'monday';
  return { cadence: cadence as Cadence, timeOfDay, weekday };
}

function slots(words: string, zone: string, from: string, count: number): readonly string[] {
  const found: string[] = [];
  let at = Date.parse(from);
  for (let index = 0; index < count; index++) {
    at = nextSlot(plan(words), zone, at) ?? Number.NaN;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('time of day', () => {
  it('is read as HH:MM on a 24-hour clock and nothing else', () => {
    expect(parseTimeOfDay('00:00')).toEqual({ hour: 0, minute: 0 });
    expect(parseTimeOfDay('23:59')).toEqual({ hour: 23, minute: 59 });
    for (const wrong of ['24:00', '9:00', '09:60', '09:00 ', '', 'noon', '09:00:00']) {
      expect(parseTimeOfDay(wrong), wrong).toBeUndefined();
    }
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        expect(parseTimeOfDay(formatTimeOfDay({ hour, minute }))).toEqual({ hour, minute });
      }),
    );
  });
});

describe('the key of a plan', () => {
  it('changes exactly when the plan means something else', () => {
    expect(planKey(plan('manual 10:00'))).toBe(planKey(plan('manual 11:00')));
    expect(planKey(plan('hourly 10:15'))).toBe(planKey(plan('hourly 11:15')));
    expect(planKey(plan('hourly 10:15'))).not.toBe(planKey(plan('hourly 10:16')));
    expect(planKey(plan('daily friday 10:00'))).toBe(planKey(plan('daily monday 10:00')));
    expect(planKey(plan('weekly friday 10:00'))).not.toBe(planKey(plan('weekly monday 10:00')));
  });
});

describe('the next slot', () => {
  it('of a manual plan is never', () => {
    expect(nextSlot(plan('manual'), 'UTC', 0)).toBeUndefined();
  });

  it('is strictly after the given instant', () => {
    expect(slots('daily 09:00', 'UTC', '2026-11-21T09:00:00Z', 1)).toEqual(['2026-11-22T09:00']);
    expect(slots('daily 09:00', 'UTC', '2026-11-21T08:59:59Z', 1)).toEqual(['2026-11-21T09:00']);
  });

  it('of an hourly plan keeps the minute', () => {
    expect(slots('hourly 09:20', 'UTC', '2026-11-21T09:30:00Z', 2)).toEqual(['2026-11-21T10:20', '2026-11-21T11:20']);
  });

  it('of a weekly plan keeps the weekday of the time zone', () => {
    // 2026-11-23 is a Monday; 01:00 in Auckland is still Sunday in UTC.
    expect(slots('weekly monday 01:00', 'Pacific/Auckland', '2026-11-21T00:00:00Z', 1)).toEqual(['2026-11-22T12:00']);
  });

  it('comes on a leap day and on the last day of a year', () => {
    expect(slots('daily 09:00', 'UTC', '2028-02-28T10:00:00Z', 2)).toEqual(['2028-02-29T09:00', '2028-03-01T09:00']);
    expect(slots('daily 09:00', 'UTC', '2026-12-31T10:00:00Z', 1)).toEqual(['2027-01-01T09:00']);
  });

  describe('where daylight saving begins', () => {
    it('runs when the clock has jumped, if its time is skipped', () => {
      expect(slots('daily 02:30', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
        '2026-03-29T01:00',
        '2026-03-30T00:30',
      ]);
      expect(slots('daily 02:30', 'America/New_York', '2026-03-07T12:00:00Z', 2)).toEqual([
        '2026-03-08T07:00',
        '2026-03-09T06:30',
      ]);
    });

    it('runs although midnight itself is skipped', () => {
      expect(slots('daily 00:00', 'America/Santiago', '2026-09-05T12:00:00Z', 1)).toEqual(['2026-09-06T04:00']);
    });

    it('goes on every hour in a zone that moves by half an hour', () => {
      expect(slots('hourly 00:00', 'Australia/Lord_Howe', '2026-10-03T14:00:00Z', 3)).toEqual([
        '2026-10-03T14:30',
        '2026-10-03T16:00',
        '2026-10-03T17:00',
      ]);
    });
  });

  describe('where daylight saving ends', () => {
    it('runs once, although its time comes twice', () => {
      expect(slots('daily 02:30', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
        '2026-10-25T00:30',
        '2026-10-26T01:30',
      ]);
      expect(slots('daily 01:30', 'America/New_York', '2026-10-31T12:00:00Z', 2)).toEqual([
        '2026-11-01T05:30',
        '2026-11-02T06:30',
      ]);
    });

    it('runs in every hour that passes', () => {
      expect(slots('hourly 00:00', 'Europe/Berlin', '2026-10-24T23:30:00Z', 3)).toEqual([
        '2026-10-25T00:00',
        '2026-10-25T01:00',
        '2026-10-25T02:00',
      ]);
    });
  });

  it('is always ahead, and never further away than its period and an hour', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
    const longest = { hourly: HOUR, daily: DAY, weekly: 7 * DAY };
    fc.assert(
      fc.property(
        fc.constantFrom('hourly' as const, 'daily' as const, 'weekly' as const),
        fc.constantFrom(...WEEKDAYS),
        fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) }),
        fc.constantFrom(...zones),
        fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2030-01-01') }),
        (cadence, weekday, timeOfDay, zone, from) => {
          const next = nextSlot({ cadence, weekday, timeOfDay }, zone, from) ?? Number.NaN;
          expect(next).toBeGreaterThan(from);
          expect(next - from).toBeLessThanOrEqual(longest[cadence] + HOUR);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the state of the schedule', () => {
  const daily = plan('daily 09:00');
  const at = (iso: string) => ({ nowMs: Date.parse(iso), timeZone: 'UTC' });
  const since = (iso: string) => ({ plan: planKey(daily), since: iso });

  it('is manual where nothing runs by itself', () => {
    for (const memory of [{}, since('2026-01-01T00:00:00Z')]) {
      expect(scheduleState(plan('manual'), memory, at('2026-11-21T12:00:00Z'))).toEqual({ kind: 'manual' });
    }
  });

  it('has to be anchored first where the plan is new, and owes nothing before', () => {
    const nextRunAt = Date.parse('2026-11-22T09:00:00Z');
    const expected = { kind: 'unanchored', plan: 'daily 09:00', nextRunAt };
    expect(scheduleState(daily, {}, at('2026-11-21T12:00:00Z'))).toEqual(expected);
    const otherPlan = { plan: 'hourly :00', since: '2026-01-01T00:00:00Z', lastRunAt: '2026-11-01T00:00:00Z' };
    expect(scheduleState(daily, otherPlan, at('2026-11-21T12:00:00Z'))).toEqual(expected);
    expect(scheduleState(daily, since('not a time'), at('2026-11-21T12:00:00Z'))).toEqual(expected);
  });

  it('waits for the slot after the last run', () => {
    const memory = { ...since('2026-11-01T00:00:00Z'), lastRunAt: '2026-11-21T09:00:01Z' };
    expect(scheduleState(daily, memory, at('2026-11-21T12:00:00Z'))).toEqual({
      kind: 'waiting',
      nextRunAt: Date.parse('2026-11-22T09:00:00Z'),
    });
  });

  it('owes one run after a sleep of three days', () => {
    const memory = { ...since('2026-11-01T00:00:00Z'), lastRunAt: '2026-11-18T09:00:00Z' };
    const now = at('2026-11-21T12:00:00Z');
    expect(scheduleState(daily, memory, now)).toEqual({ kind: 'due', missedAt: Date.parse('2026-11-19T09:00:00Z') });
    const after = { ...memory, lastRunAt: '2026-11-21T12:00:00Z' };
    expect(scheduleState(daily, after, now)).toMatchObject({ kind: 'waiting' });
  });

  it('owes a run that was missed before anything ever ran', () => {
    expect(scheduleState(daily, since('2026-11-20T12:00:00Z'), at('2026-11-21T09:00:00Z'))).toMatchObject({
      kind: 'due',
    });
  });

  it('is not silenced by a clock that was ahead and was set back', () => {
    const memory = { ...since('2026-11-01T00:00:00Z'), lastRunAt: '2031-01-01T00:00:00Z' };
    expect(scheduleState(daily, memory, at('2026-11-21T12:00:00Z'))).toEqual({
      kind: 'waiting',
      nextRunAt: Date.parse('2026-11-22T09:00:00Z'),
    });
  });

  it('never owes two runs in a row, whatever happened before', () => {
    const time = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...CADENCES), time, time, time, (cadence, sinceMs, lastMs, nowMs) => {
        const any: SchedulePlan = { ...daily, cadence };
        const iso = (ms: number): string => new Date(ms).toISOString();
        const memory = { plan: planKey(any), since: iso(sinceMs), lastRunAt: iso(lastMs) };
        const world = { nowMs, timeZone: 'Europe/Berlin' };
        const claimed = { ...memory, lastRunAt: iso(nowMs) };
        expect(scheduleState(any, claimed, world).kind).not.toBe('due');
      }),
    );
  });
});
