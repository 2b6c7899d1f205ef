import { breakAll, BREAKAGES } from '../../../test/recall/rig/broken';
import { say } from '../../process';
import { ensureClaudeCode } from '../../rig/claudeCode';
import { atMost, exactly, type Measurement } from '../figure';

/** What a hook of ours may take, and what starting a program varies by on a busy machine. */
const LATER_MS = 5_000 + 5_000;

/** Must show 7, second half: sessions of the genuine program where the memory is broken, missing or huge. */
export const broken: Measurement = {
  name: 'broken',
  measure: async () => {
    const sessions = await breakAll(await ensureClaudeCode());
    for (const { name, wentOn, arrivedAsDue, found } of sessions) {
      if (!(wentOn && arrivedAsDue && found)) say(`# ${name}: ${JSON.stringify({ wentOn, arrivedAsDue, found })}`);
    }
    return [
      exactly('sessions-that-went-on', sessions.filter(({ wentOn }) => wentOn).length, BREAKAGES.length),
      exactly(
        'memory-there-or-not-as-due',
        sessions.filter(({ arrivedAsDue }) => arrivedAsDue).length,
        BREAKAGES.length,
      ),
      exactly('told-by-the-doctor', sessions.filter(({ found }) => found).length, BREAKAGES.length),
      atMost('slowest-later-than-usual-ms', Math.max(...sessions.map(({ laterMs }) => laterMs)), LATER_MS),
    ];
  },
};
