import type { SchedulePlan } from '../../core/schedule/cadence';
import { claimRun, type ScheduleClaim } from '../../core/schedule/claim';
import type { ScheduleMemory } from '../../core/schedule/schedule';
import type { Clock, Logger } from '../../core/ports';
import { coalesce } from '../capture/coalesce';

/** One store as the schedule sees it. */
export interface ScheduledStore {
  readonly id: string;
  /** False where nothing may run by itself: no memory yet, or not trusted. */
  eligible(): Promise<boolean>;
  /** Reads the schedule memory under the store's lock, lets `claim` decide, and writes back what changed. */
  claim(decide: (memory: ScheduleMemory) => ScheduleClaim<ScheduleMemory>): Promise<ScheduleClaim<ScheduleMemory>>;
  /** Runs the scheduled dream; reports its own failures. */
  dream(): Promise<void>;
}

export interface ScheduleHost {
  readonly clock: Clock;
  readonly logger: Logger;
  plan(): SchedulePlan;
  stores(): readonly ScheduledStore[];
  /** The next run changed. */
  changed(): void;
}

/** A timer does not count the time a computer sleeps, so the clock is looked at no later than this. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Runs scheduled dreams on its own timer. What is due is decided anew from the disk each time, under the store's lock:
 * of several windows one runs it, and a window that was closed, asleep or wrong about the time catches up once.
 */
export class ScheduleRunner {
  readonly #host: ScheduleHost;
  readonly #next = new Map<string, number>();
  #cancelTimer: (() => void) | undefined;
  #disposed = false;
  readonly #check: () => Promise<void>;

  constructor(host: ScheduleHost) {
    this.#host = host;
    const checks = coalesce(() => this.#checkAll());
    this.#check = () => checks.run();
  }

  /** When the next scheduled dream of any store runs, in milliseconds since the epoch; undefined if none will. */
  get nextRunAt(): number | undefined {
    const times = [...this.#next.values()];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Looks at every store, runs what is due and sets the timer. Call it when plan, stores or trust changed. */
  async check(): Promise<void> {
    if (!this.#disposed) await this.#check();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelTimer?.();
  }

  async #checkAll(): Promise<void> {
    const before = this.nextRunAt;
    const stores = this.#host.stores();
    const ids = new Set(stores.map(({ id }) => id));
    for (const id of this.#next.keys()) if (!ids.has(id)) this.#next.delete(id);
    for (const store of stores) await this.#checkStore(store);
    if (this.#disposed) return;
    this.#setTimer();
    if (this.nextRunAt !== before) this.#host.changed();
  }

  async #checkStore(store: ScheduledStore): Promise<void> {
    const { clock, logger } = this.#host;
    const plan = this.#host.plan();
    try {
      if (plan.cadence === 'manual' || !(await store.eligible())) {
        this.#next.delete(store.id);
        return;
      }
      const world = { nowMs: clock.now(), timeZone: clock.timeZone() };
      const { run, state } = await store.claim((memory) => claimRun(plan, memory, world));
      if (state.kind === 'waiting') this.#next.set(store.id, state.nextRunAt);
      if (run) {
        this.#host.changed();
        await store.dream();
      }
    } catch (error) {
      this.#next.delete(store.id);
      logger.error(`The schedule of ${store.id} could not be looked at`, error);
    }
  }

  #setTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { clock } = this.#host;
    if (this.#host.plan().cadence === 'manual') return;
    const wait = Math.max(0, (this.nextRunAt ?? Infinity) - clock.now());
    this.#cancelTimer = clock.after(Math.min(wait, LONGEST_WAIT_MS), () => {
      this.#cancelTimer = undefined;
      void this.check();
    });
  }
}
