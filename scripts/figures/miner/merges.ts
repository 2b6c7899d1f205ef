import { measureMerges } from '../../../bench/merges/mergeFacts';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

const STORES = 8_000;

/** Must show 4: nothing that a merged memory said is lost without the reviewer reading it. */
export const merges: Measurement = {
  name: 'merges',
  measure: async () => {
    const { merges: made, facts, lost, notArchived } = await measureMerges(STORES, 1);
    for (const one of lost.slice(0, 5)) say(`# lost: ${one}`);
    return [
      atLeast('merges-proposed', made, 1_000),
      atLeast('facts-of-what-was-merged-away', facts, 5_000),
      exactly('facts-lost-by-merges', lost.length, 0),
      exactly('merged-memories-not-archived-to-the-byte', notArchived, 0),
    ];
  },
};
