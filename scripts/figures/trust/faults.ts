import { captureOperation } from '../../../test/faults/captureOperation';
import { ERRNOS, failEverywhere, newTally } from '../../../test/faults/campaigns';
import { OPERATIONS } from '../../../test/faults/operations';
import { atLeast, exactly, type Measurement } from '../figure';

/** Each call of each operation fails with each error, once and from then on. */
export const faults: Measurement = {
  name: 'faults',
  measure: async () => {
    const tally = newTally();
    let points = 0;
    for (const operation of [...OPERATIONS, captureOperation()]) {
      points += (await failEverywhere(operation, { every: 1, errnos: ERRNOS }, tally)).points;
      await operation.close?.();
    }
    const count = (...flaws: readonly Parameters<typeof tally.flaws.get>[0][]): number =>
      flaws.reduce((sum, flaw) => sum + (tally.flaws.get(flaw) ?? 0), 0);
    for (const example of tally.examples) process.stderr.write(`${example}\n`);
    return [
      atLeast('faults-planted', points, 5_000),
      exactly('faults-neither-all-nor-nothing', count('torn', 'mixed', 'lost', 'index', 'accepted', 'journal'), 0),
      exactly('faults-without-one-clear-message', count('message'), 0),
      exactly('faults-after-which-a-retry-fails', count('retry', 'stuck', 'unstable'), 0),
      exactly('faults-that-leave-stray-files', count('litter'), 0),
    ];
  },
};
