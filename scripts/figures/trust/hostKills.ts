import { runHostKills } from '../../../test/crash/hostKills';
import { say } from '../../process';
import { atLeast, exactly, skipped, type Measurement } from '../figure';

const KILLS = 25;
const LEAST_UNDER_WAY = 13;

/** Must show 4: the real extension host dies while the extension decides, and is opened again. */
export const hostKills: Measurement = {
  name: 'hostKills',
  measure: async () => {
    const goal = `${KILLS}`;
    if (process.platform !== 'linux') return [skipped('kills-of-an-extension-host', goal, 'only on Linux')];
    const { flaws, ...report } = await runHostKills({ kills: KILLS, seed: 1 });
    say(
      `# ${report.underWay} of ${report.kills} kills hit a decision under way: ${JSON.stringify(report.during)}; ` +
        `then ${report.completed} were complete and ${report.discarded} not there at all`,
    );
    say(
      `# what the dead host left on the disk: ${JSON.stringify(report.remains)}; ` +
        `accepting takes ${report.acceptMs} ms, of which the store is locked ${report.lockedMs} ms; ` +
        `${report.secondsPerKill.toFixed(1)} s a kill, of which ${report.openSeconds.toFixed(1)} s to open the page anew`,
    );
    return [
      exactly('kills-of-an-extension-host', report.kills, KILLS),
      atLeast('kills-of-an-extension-host-in-a-decision', report.underWay, LEAST_UNDER_WAY),
      exactly('kills-of-an-extension-host-that-tore-or-mixed', flaws.torn + flaws.mixed, 0),
      exactly('kills-of-an-extension-host-that-lost-something', flaws.lost, 0),
      exactly('kills-of-an-extension-host-with-a-wrong-journal', flaws.journalInconsistent, 0),
      exactly('kills-of-an-extension-host-that-left-litter-or-a-lock', flaws.litter + flaws.locked, 0),
    ];
  },
};
