import { captureOperation } from '../../../test/faults/captureOperation';
import { losePower, newTally } from '../../../test/faults/campaigns';
import { OPERATIONS } from '../../../test/faults/operations';
import { atLeast, exactly, type Measurement } from '../figure';

const STATES_PER_OPERATION = 10_000;

/** The power goes at each change of the disk: whatever of the cache had reached the platter is left. */
export const powerLoss: Measurement = {
  name: 'powerLoss',
  measure: async () => {
    const tally = newTally();
    let states = 0;
    for (const operation of [...OPERATIONS, captureOperation()]) {
      states += (await losePower(operation, { limit: STATES_PER_OPERATION, seed: 1 }, tally)).states;
      await operation.close?.();
    }
    const count = (...flaws: readonly Parameters<typeof tally.flaws.get>[0][]): number =>
      flaws.reduce((sum, flaw) => sum + (tally.flaws.get(flaw) ?? 0), 0);
    for (const example of tally.examples) process.stderr.write(`${example}\n`);
    return [
      atLeast('power-loss-states', states, 5_000),
      exactly('power-loss-torn-or-mixed', count('torn', 'mixed'), 0),
      exactly('power-loss-lost', count('lost'), 0),
      exactly('power-loss-journal-index-or-hashes-wrong', count('journal', 'index', 'accepted'), 0),
      exactly('power-loss-litter', count('litter'), 0),
      exactly('power-loss-recovery-not-idempotent-or-stuck', count('unstable', 'stuck'), 0),
    ];
  },
};
