import { isolate } from '../../../test/recall/rig/isolation';
import { say } from '../../process';
import { ensureClaudeCode } from '../../rig/claudeCode';
import { atLeast, exactly, type Measurement } from '../figure';

/** Must show 3, second half: what the main agent, subagents and another user are sent by the genuine program. */
export const isolation: Measurement = {
  name: 'isolation',
  measure: async () => {
    const seen = await isolate(await ensureClaudeCode());
    for (const { viewer, subagents, leaked, missing } of seen) {
      for (const word of leaked) say(`# ${viewer} (${subagents}) was shown what is for ${word}`);
      for (const word of missing) say(`# ${viewer} (${subagents}) was not shown what is for ${word}`);
    }
    return [
      atLeast('viewers', seen.length, 11),
      exactly('memories-shown-to-others', seen.flatMap(({ leaked }) => leaked).length, 0),
      exactly('memories-not-shown', seen.flatMap(({ missing }) => missing).length, 0),
    ];
  },
};
