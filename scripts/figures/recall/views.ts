import fc from 'fast-check';
import { everybodysMemory, judgeWorld, worlds } from '../../../test/views/viewWorld';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

const RUNS = 400;
const SEED = 20_261_121;

/**
 * Must show 3, as far as it is the product's own doing: made-up stores in which each memory holds a word of its own, every
 * text that is rendered from them looked through for every word. A leak is a memory in the text of somebody who may not
 * read it: of another agent, of another user, archived, not accepted; or a rule for a path that loads for another. What
 * the client then does with the texts is shown with the client itself.
 */
export const views: Measurement = {
  name: 'views',
  measure: async () => {
    let [looks, leaks, missing] = [0, 0, 0];
    for (const world of fc.sample(worlds, { numRuns: RUNS, seed: SEED })) {
      const judged = await judgeWorld(world);
      looks += judged.looks;
      leaks += judged.leaks.length;
      missing += judged.missing.length;
      judged.leaks.slice(0, 3).forEach((leak) => say(`# ${leak}: ${JSON.stringify(world)}`));
    }
    const control = await judgeWorld({ memories: [everybodysMemory], maxTokens: 3_000, subagents: 'full' }, 'filtered');
    return [
      atLeast('views-texts-looked-at-for-a-memory', looks, 10_000),
      exactly('views-memories-in-views-of-others', leaks, 0),
      exactly('views-memories-missing-where-all-fit', missing, 0),
      exactly('views-leak-planted-as-a-control-is-seen', control.leaks.length > 0 ? 'yes' : 'no', 'yes'),
    ];
  },
};
