import { runMixedKills } from '../../../test/crash/mixedKills';
import { say } from '../../process';
import { exactly, type Measurement } from '../figure';

const KILLS = 1_000;

/** Real processes killed at random instants of everything that changes a store. */
export const killsOfProcesses: Measurement = {
  name: 'killsOfProcesses',
  measure: async () => {
    const report = await runMixedKills({ kills: KILLS, stores: 10, seed: 1 });
    say(`# killed during: ${JSON.stringify(report.during)}`);
    return [
      exactly('kills-of-a-process', report.kills, KILLS),
      exactly('kills-that-left-a-torn-or-mixed-store', report.torn + report.mixed, 0),
      exactly('kills-of-a-process-that-lost-something', report.lost, 0),
      exactly('kills-that-left-an-inconsistent-journal-or-litter', report.journalInconsistent + report.litter, 0),
    ];
  },
};
