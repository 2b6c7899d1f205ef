import { runFullDisk, runReadOnly, whyNoMounts } from '../../../test/processes/fullDisk';
import { say } from '../../process';
import { atLeast, exactly, skipped, type Measurement } from '../figure';

const LEVELS = 50;

/** Real file systems that are full or read-only. */
export const tmpfs: Measurement = {
  name: 'tmpfs',
  measure: async () => {
    const reason = await whyNoMounts();
    if (reason !== undefined) return [skipped('full-disk-levels', String(LEVELS), reason)];
    const full = await runFullDisk(LEVELS);
    const { code, unchanged } = await runReadOnly();
    for (const words of new Set([...full.unclear, ...full.retriesFailed])) say(`# ${words}`);
    return [
      exactly('full-disk-levels', full.levels, LEVELS),
      atLeast('full-disk-levels-that-refused-a-change', full.refused, 5),
      atLeast('full-disk-levels-that-still-took-it', full.applied, 5),
      exactly('changes-applied-in-part', full.partial, 0),
      exactly('refusals-that-do-not-say-disk-full', full.unclear.length, 0),
      exactly('stores-unreadable-on-a-full-disk', full.unreadable, 0),
      exactly('retries-that-failed-with-space-again', full.retriesFailed.length, 0),
      exactly('apply-on-a-read-only-mount', code, 'read-only'),
      exactly('store-readable-and-unchanged-on-a-read-only-mount', unchanged ? 'yes' : 'no', 'yes'),
    ];
  },
};
