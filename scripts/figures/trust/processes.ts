import { runOutsider } from '../../../test/processes/outsider';
import { runOwners } from '../../../test/processes/owners';
import { runWindows } from '../../../test/processes/windows';
import { runWriters } from '../../../test/processes/writers';
import { say } from '../../process';
import { atMost, exactly, type Measurement } from '../figure';

const WRITERS = { writers: 200, updates: 50, appliers: 20, applies: 2 } as const;
const ROUNDS = 200;
const OUTSIDER_RUNS = 1_000;
const KILLS = 500;
const MAX_TAKEOVER_MS = 5_000;

/** Many processes at one store: writers, two windows, an agent that edits, and killed owners of locks. */
export const processes: Measurement = {
  name: 'processes',
  measure: async () => {
    const owners = await runOwners({ kills: KILLS, processes: 8, seed: 1 });
    const outsider = await runOutsider(OUTSIDER_RUNS);
    const windows = await runWindows(ROUNDS);
    const writers = await runWriters(WRITERS);
    say(
      `# ${writers.updates} updates in ${Math.round(writers.seconds)} s: ${writers.applies} applied to one memory, the ` +
        `others to the state and the journal; refused and tried again ${writers.retries} times`,
    );
    say(
      `# ${outsider.edits} edits at ${outsider.moments} moments of an apply: ` +
        `${outsider.applied} applied, ${outsider.conflicts} conflicts`,
    );
    return [
      exactly('updates-by-200-processes', writers.updates, WRITERS.writers * WRITERS.updates),
      exactly('updates-lost', writers.lost, 0),
      exactly('updates-not-exactly-once-in-the-journal', writers.notOnceInJournal, 0),
      exactly('journal-verifies', writers.journalVerifies ? 'yes' : 'no', 'yes'),
      exactly('rounds-of-two-windows-with-one-winner-and-one-conflict', windows.oneWonOneConflict, ROUNDS),
      exactly('runs-with-an-agent-editing', outsider.runs, OUTSIDER_RUNS),
      exactly('agent-edits-lost', outsider.outsiderLost, 0),
      exactly('applied-changes-lost-or-mixed', outsider.appliedLost + outsider.mixed, 0),
      exactly('applies-with-an-agent-that-ended-unclearly', outsider.other.length + outsider.journalInconsistent, 0),
      exactly('killed-owners-of-a-lock', owners.kills, KILLS),
      exactly('times-with-two-holders', owners.twoHolders, 0),
      atMost('slowest-takeover', owners.slowestTakeoverMs, MAX_TAKEOVER_MS, 'ms'),
    ];
  },
};
