import { captureOperation } from '../../../test/faults/captureOperation';
import { killEverywhere, killTwice, newTally } from '../../../test/faults/campaigns';
import { OPERATIONS } from '../../../test/faults/operations';
import { atLeast, exactly, type Measurement } from '../figure';

const PAIRS = 5_000;

/** A process that dies at each change of the disk, and again at a sampled change of the recovery. */
export const kills: Measurement = {
  name: 'kills',
  measure: async () => {
    const once = newTally();
    const twice = newTally();
    let points = 0;
    const operations = [...OPERATIONS, captureOperation()];
    for (const [index, operation] of operations.entries()) {
      points += (await killEverywhere(operation, once)).points;
      await killTwice(operation, Math.ceil(PAIRS / operations.length), index + 1, twice);
      await operation.close?.();
    }
    const count = (flaw: Parameters<typeof once.flaws.get>[0]): number =>
      (once.flaws.get(flaw) ?? 0) + (twice.flaws.get(flaw) ?? 0);
    for (const example of [...once.examples, ...twice.examples]) process.stderr.write(`${example}\n`);
    return [
      atLeast('kills-operations', operations.length, 10),
      atLeast('kills-mutating-calls-killed-before-and-within', points, 300),
      atLeast('kills-of-operation-and-recovery', twice.looked, PAIRS),
      exactly('kills-torn', count('torn'), 0),
      exactly('kills-mixed', count('mixed'), 0),
      exactly('kills-lost', count('lost'), 0),
      exactly('kills-journal-or-accepted-hashes-wrong', count('journal') + count('accepted'), 0),
      exactly('kills-index-not-of-the-memories', count('index'), 0),
      exactly('kills-litter', count('litter'), 0),
      exactly('kills-recovery-not-idempotent-or-stuck', count('unstable') + count('stuck'), 0),
    ];
  },
};
