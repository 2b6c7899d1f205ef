import { runBodies } from '../../../bench/engines/bodies';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

const SECRETS = 1_000;

/** The seed is the day: what nobody could tune for is what counts, and a run can be repeated. */
function seedOfToday(): number {
  return Math.floor(Date.now() / 86_400_000);
}

/** Must show 4: of what dreams send, every byte is read at the other side. */
export const bodies: Measurement = {
  name: 'bodies',
  measure: async () => {
    const run = await runBodies(SECRETS, seedOfToday());
    const { extract, consolidate, counted } = run.bodies;
    say(
      `# ${run.requests} requests of ${Math.round(run.bytes / 1000)} kB: ${extract} questions about sessions, ` +
        `${consolidate} about changes, ${counted} that were counted; batches among them`,
    );
    for (const hit of run.hits) say(`# found: ${hit}`);
    for (const problem of run.misplaced.slice(0, 20)) say(`# misplaced: ${problem}`);
    return [
      exactly('bodies-secrets-planted', run.planted, SECRETS),
      atLeast('bodies-about-sessions', extract, 100),
      atLeast('bodies-about-changes', consolidate, 10),
      atLeast('bodies-marks-of-redacted-secrets', run.marks, SECRETS / 2),
      exactly('bodies-secrets-found', run.hits.length, 0),
      exactly('bodies-with-anything-but-prompts-index-and-marked-texts', run.misplaced.length, 0),
    ];
  },
};
