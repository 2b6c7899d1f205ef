import { describe, expect, it } from 'vitest';
import type { SchedulePlan } from '../../../../src/core/schedule/cadence';
import type { ScheduleMemory } from '../../../../src/core/schedule/schedule';
import { ScheduleRunner, type ScheduledStore } from '../../../../src/vscode/schedule/scheduleRunner';
import { createFakeClock } from '../../../fakes/fakeClock';
import { createRecordingLogger } from '../../../fakes/fakePorts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const daily: SchedulePlan = { cadence: 'daily', timeOfDay: { hour: 9, minute: 0 }, weekday: 'monday' };

/** Lets everything that was started and waits for nothing come to its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** One store on one disk, however many windows look at it. */
function createDisk(memory: ScheduleMemory = {}) {
  const disk = { memory, dreams: 0, eligible: true };
  const store: ScheduledStore = {
    id: 'store',
    eligible: async () => disk.eligible,
    claim: async (decide) => {
      const claim = decide(disk.memory);
      disk.memory = claim.memory;
      return claim;
    },
    dream: async () => {
      disk.dreams += 1;
    },
  };
  return { disk, store };
}

function createWindow(store: ScheduledStore, clock: ReturnType<typeof createFakeClock>, plan: () => SchedulePlan) {
  const seen = { changes: 0 };
  const logger = createRecordingLogger();
  const runner = new ScheduleRunner({
    clock,
    logger,
    plan,
    stores: () => [store],
    changed: () => {
      seen.changes += 1;
    },
  });
  return { runner, seen, logger };
}

describe('the schedule runner', () => {
  it('dreams at the next slot, and again a day later', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { disk, store } = createDisk();
    const { runner } = createWindow(store, clock, () => daily);

    await runner.check();
    expect(disk.dreams).toBe(0);
    expect(runner.nextRunAt).toBe(Date.parse('2026-11-21T09:00:00Z'));

    for (let passed = 0; passed < 70; passed += 5) {
      clock.advance(5 * MINUTE);
      await settle();
    }
    expect(disk.dreams).toBe(1);
    expect(runner.nextRunAt).toBe(Date.parse('2026-11-22T09:00:00Z'));
  });

  it('makes up for three days of sleep with one dream', async () => {
    const clock = createFakeClock('2026-11-18T08:00:00Z');
    const { disk, store } = createDisk();
    const { runner } = createWindow(store, clock, () => daily);
    await runner.check();

    // The clock of the wall goes on; timers do not.
    clock.set(Date.parse('2026-11-21T12:00:00Z'));
    clock.advance(0);
    await settle();
    clock.advance(HOUR);
    await settle();
    expect(disk.dreams).toBe(1);
  });

  it('dreams once over two windows', async () => {
    const clock = createFakeClock('2026-11-21T08:59:00Z');
    const { disk, store } = createDisk();
    const windows = [createWindow(store, clock, () => daily), createWindow(store, clock, () => daily)];
    for (const { runner } of windows) await runner.check();

    clock.advance(2 * MINUTE);
    await settle();
    expect(disk.dreams).toBe(1);
    expect(windows.map(({ runner }) => runner.nextRunAt)).toEqual([
      Date.parse('2026-11-22T09:00:00Z'),
      Date.parse('2026-11-22T09:00:00Z'),
    ]);
  });

  it('sets no timer and has no next run with a manual plan', async () => {
    const clock = createFakeClock();
    const { disk, store } = createDisk({ plan: 'daily 09:00', since: '2026-01-01T00:00:00Z' });
    const { runner } = createWindow(store, clock, () => ({ ...daily, cadence: 'manual' }));
    await runner.check();
    expect([clock.pending, runner.nextRunAt, disk.dreams]).toEqual([0, undefined, 0]);
  });

  it('writes nothing and runs nothing where it may not', async () => {
    const clock = createFakeClock('2026-11-21T12:00:00Z');
    const memory = { plan: 'daily 09:00', since: '2026-01-01T00:00:00Z' };
    const { disk, store } = createDisk(memory);
    disk.eligible = false;
    const { runner } = createWindow(store, clock, () => daily);
    await runner.check();
    expect(disk).toMatchObject({ memory, dreams: 0 });
    expect(runner.nextRunAt).toBeUndefined();
  });

  it('follows a changed cadence', async () => {
    const clock = createFakeClock('2026-11-21T12:30:00Z');
    const { store, disk } = createDisk();
    const settings = { plan: daily };
    const { runner, seen } = createWindow(store, clock, () => settings.plan);
    await runner.check();
    settings.plan = { ...daily, cadence: 'hourly' };
    await runner.check();
    expect(runner.nextRunAt).toBe(Date.parse('2026-11-21T13:00:00Z'));
    expect([disk.dreams, seen.changes]).toEqual([0, 2]);
    settings.plan = { ...daily, cadence: 'manual' };
    await runner.check();
    expect([runner.nextRunAt, clock.pending]).toEqual([undefined, 0]);
  });

  it('logs a store that cannot be read, and looks again', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { store, disk } = createDisk();
    const broken = { ...store, claim: () => Promise.reject(new Error('disk full')) };
    const { runner, logger } = createWindow(broken, clock, () => daily);
    await runner.check();
    expect(logger.lines).toEqual([{ level: 'error', message: 'The schedule of store could not be looked at' }]);
    expect(runner.nextRunAt).toBeUndefined();
    expect(clock.pending).toBe(1);
    expect(disk.dreams).toBe(0);
  });

  it('stops for good when disposed', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { store, disk } = createDisk();
    const { runner } = createWindow(store, clock, () => daily);
    await runner.check();
    runner.dispose();
    clock.advance(48 * HOUR);
    await settle();
    expect([disk.dreams, clock.pending]).toEqual([0, 0]);
  });
});
