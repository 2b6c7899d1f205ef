import { runFabricated } from '../../../bench/engines/fabricated';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

const REPLIES = 1_000;

/** The seed is the day: what nobody could tune for is what counts, and a run can be repeated. */
function seedOfToday(): number {
  return Math.floor(Date.now() / 86_400_000);
}

/** Must show 2: of what a model makes up, nothing reaches a proposal; of what it found, nearly everything does. */
export const fabricated: Measurement = {
  name: 'fabricated',
  measure: async () => {
    const seed = seedOfToday();
    const run = await runFabricated(REPLIES, seed);
    say(
      `# seed ${seed}: ${run.fabrications} fabrications of ${run.kinds} kinds, ${run.fabricatedChanges} of them in changes; ` +
        `${run.quotes} quotes and events were looked up by an independent reader`,
    );
    say(
      `# words of agent, program, file or nobody given as the person’s: ${run.misattributed}; proposed as what they are: ${run.shownAsTheirs}`,
    );
    for (const kind of new Set(run.passed)) say(`# passed: ${kind}`);
    for (const problem of run.untrue.slice(0, 20)) say(`# not in the session: ${problem}`);
    return [
      exactly('fabricated-replies', run.replies, REPLIES),
      atLeast('fabrications-planted', run.fabrications, 3 * REPLIES),
      atLeast('fabrications-kinds', run.kinds, 39),
      exactly('fabrications-in-a-proposal', run.passed.length, 0),
      atLeast('fabricated-quotes-looked-up', run.quotes, REPLIES),
      exactly('fabricated-quotes-not-in-their-session', run.untrue.length, 0),
      atLeast('fabricated-words-of-others-proposed-as-theirs', run.shownAsTheirs, 1),
      exactly('fabricated-words-of-others-proposed-as-the-persons', run.shownAsPersons.length, 0),
      exactly('fabricated-changes-that-had-no-room', run.withoutRoom, 0),
      atLeast('fabricated-honest-findings-proposed', (100 * run.honestProposed) / run.honest, 90, '%'),
    ];
  },
};
