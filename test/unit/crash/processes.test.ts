import { describe, expect, it } from 'vitest';
import { runMixedKills } from '../../crash/mixedKills';
import { runFullDisk, runReadOnly, whyNoMounts } from '../../processes/fullDisk';
import { runOutsider } from '../../processes/outsider';
import { runOwners } from '../../processes/owners';
import { runWindows } from '../../processes/windows';
import { runWriters } from '../../processes/writers';

const noMounts = await whyNoMounts();

describe('several processes at one store', () => {
  it('lose no update, and write each in the journal once', async () => {
    const { lost, notOnceInJournal, journalVerifies, updates } = await runWriters({
      writers: 4,
      updates: 4,
      appliers: 2,
      applies: 2,
    });

    expect({ updates, lost, notOnceInJournal, journalVerifies }).toEqual({
      updates: 16,
      lost: 0,
      notOnceInJournal: 0,
      journalVerifies: true,
    });
  }, 60_000);

  it('that apply different dreams to one memory: one wins, the other is told of the conflict', async () => {
    expect(await runWindows(3)).toEqual({ rounds: 3, oneWonOneConflict: 3, other: [] });
  }, 60_000);

  it('keep what an agent writes while a change is applied', async () => {
    const { outsiderLost, appliedLost, mixed, journalInconsistent, other } = await runOutsider(12);

    expect({ outsiderLost, appliedLost, mixed, journalInconsistent, other }).toEqual({
      outsiderLost: 0,
      appliedLost: 0,
      mixed: 0,
      journalInconsistent: 0,
      other: [],
    });
  }, 60_000);

  it('never hold a lock together, and take it over from one that was killed', async () => {
    const { kills, entries, twoHolders, slowestTakeoverMs } = await runOwners({ kills: 6, processes: 3, seed: 1 });

    expect({ kills, twoHolders }).toEqual({ kills: 6, twoHolders: 0 });
    expect(entries).toBeGreaterThan(6);
    expect(slowestTakeoverMs).toBeLessThan(5_000);
  }, 60_000);
});

describe('a process killed in whatever it does to a store', () => {
  it('leaves nothing torn, mixed or lost', async () => {
    const { torn, mixed, lost, journalInconsistent, litter } = await runMixedKills({ kills: 6, stores: 2, seed: 1 });

    expect({ torn, mixed, lost, journalInconsistent, litter }).toEqual({
      torn: 0,
      mixed: 0,
      lost: 0,
      journalInconsistent: 0,
      litter: 0,
    });
  }, 60_000);
});

describe.skipIf(noMounts !== undefined)('a change', () => {
  it('on a full disk is all or nothing, says that the disk is full, and succeeds with space again', async () => {
    const { partial, unclear, unreadable, retriesFailed } = await runFullDisk(2);

    expect({ partial, unclear, unreadable, retriesFailed }).toEqual({
      partial: 0,
      unclear: [],
      unreadable: 0,
      retriesFailed: [],
    });
  }, 60_000);

  it('on a read-only file system says so and changes nothing', async () => {
    expect(await runReadOnly()).toEqual({ code: 'read-only', unchanged: true });
  }, 60_000);
});
