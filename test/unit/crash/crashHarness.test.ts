import { describe, expect, it } from 'vitest';
import { runCrashHarness } from '../../crash/crashHarness';

const KILLS = 8;

describe('a process that is killed while it applies changes of 20 files', () => {
  it('leaves the old or the new state, with a whole journal and nothing lost', async () => {
    const { old, new: applied, ...bad } = await runCrashHarness({ kills: KILLS, seed: 1 });

    expect(old + applied).toBe(KILLS);
    expect(bad).toEqual({ kills: KILLS, torn: 0, mixed: 0, lost: 0, journalInconsistent: 0, litter: 0 });
  }, 120_000);
});
