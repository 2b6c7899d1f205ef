import { monotonicFactory } from 'ulid';
import type { Clock, Ids } from '../core/ports';

/** Lower-case ULIDs: sortable by time, and in order within a millisecond. */
export function createIds(clock: Pick<Clock, 'now'>): Ids {
  const next = monotonicFactory();
  return { next: () => next(clock.now()).toLowerCase() };
}
