import { blockFiles, exportStates } from '../../../bench/bridges/exportStates';
import { generatedBlock } from '../../../bench/bridges/generatedBlocks';
import { runExportState } from '../../../bench/bridges/runExportState';
import { toldBy } from '../../../bench/bridges/told';
import { bridgeFormats } from '../../../src/core/bridges/formats';
import { say } from '../../process';
import { atLeast, exactly, type Figure, type Measurement } from '../figure';

const TEXTS = 20_000;
const SHOWN = 5;

/**
 * Must show 4, for the files of people: in every state they are exported to, exported to again, edited by hand and taken
 * back right, or left alone with the reason said; and no format tells what is not everybody's.
 */
export const bridges: Measurement = {
  name: 'bridges',
  measure: async () => [...(await inEveryState()), ...generated(), ...(await told())],
};

async function inEveryState(): Promise<readonly Figure[]> {
  let wrong = 0;
  for (const target of blockFiles) {
    for (const state of exportStates) {
      const problems = await runExportState(state, target);
      if (problems.length > 0) {
        wrong += 1;
        say(`# ${target.file}, ${state.name}: not ${problems.join(', not ')}`);
      }
    }
  }
  return [
    atLeast('bridges-states-of-files', blockFiles.length * exportStates.length, 75),
    exactly('bridges-states-wrong', wrong, 0),
  ];
}

function generated(): readonly Figure[] {
  const wrong = Array.from({ length: TEXTS }, (_, seed) => ({ seed, problem: generatedBlock(seed) })).filter(
    ({ problem }) => problem !== undefined,
  );
  for (const { seed, problem } of wrong.slice(0, SHOWN)) say(`# text ${seed}: ${problem ?? ''}`);
  return [exactly(`bridges-of-${TEXTS}-generated-files-not-given-back`, wrong.length, 0)];
}

async function told(): Promise<readonly Figure[]> {
  const all = await Promise.all(bridgeFormats.map(async (format) => ({ id: format.id, ...(await toldBy(format)) })));
  for (const { id, leaked, missing } of all)
    if (leaked + missing > 0) say(`# ${id}: ${leaked} leaked, ${missing} missing`);
  const sum = (pick: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + pick(one), 0);
  return [
    atLeast(
      'bridges-memories-not-to-be-told',
      sum((one) => one.forbidden),
      200,
    ),
    exactly(
      'bridges-of-them-told',
      sum((one) => one.leaked),
      0,
    ),
    exactly(
      'bridges-memories-of-the-team-not-told',
      sum((one) => one.missing),
      0,
    ),
  ];
}
