import { describe, expect, it } from 'vitest';
import { failEverywhere, killEverywhere, killTwice, losePower, newTally } from '../../faults/campaigns';
import type { Operation } from '../../faults/operations';
import { OPERATIONS } from '../../faults/operations';

const named = (...names: readonly string[]): readonly Operation[] =>
  OPERATIONS.filter(({ name }) => names.includes(name));

/** The figures take every call; here each kind of call is taken. */
const EVERY = 5;

describe('a process that is killed', () => {
  it.each(OPERATIONS)('leaves the old store or the new one, wherever in $name', async (operation) => {
    const tally = newTally();
    const { points } = await killEverywhere(operation, tally, EVERY);
    expect(points).toBeGreaterThan(3);
    expect(tally.examples).toEqual([]);
  });

  it.each(named('apply', 'rollback', 'garbage'))('and again in the recovery from $name', async (operation) => {
    const tally = newTally();
    await killTwice(operation, 8, 1, tally);
    expect(tally.looked).toBe(8);
    expect(tally.examples).toEqual([]);
  });
});

describe('a disk that fails', () => {
  it.each(OPERATIONS)('lets $name do all or nothing, say which, and succeed later', async (operation) => {
    const tally = newTally();
    await failEverywhere(operation, { every: 41, errnos: ['EIO', 'ENOSPC'] }, tally);
    expect(tally.examples).toEqual([]);
  });
});

describe('a loss of power', () => {
  it.each(OPERATIONS)(
    'leaves the old store or the new one, whatever of $name reached the platter',
    async (operation) => {
      const tally = newTally();
      await losePower(operation, { limit: 30, seed: 1 }, tally);
      expect(tally.examples).toEqual([]);
    },
  );
});

describe('the engine of faults', () => {
  it('finds what is wrong with files that are written one after the other', async () => {
    const [apply] = named('apply');
    const naive: Operation = {
      name: 'naive',
      prepare: apply?.prepare ?? (() => Promise.reject(new Error('there is no operation'))),
      run: async (ports) => {
        for (const path of ['facts/kept.md', 'facts/moved.md']) {
          const bytes = (await ports.files.read(path)) ?? new Uint8Array();
          await ports.files.write(path, new Uint8Array([...bytes, ...ports.text.encode('new\n')]));
        }
      },
    };
    const killed = newTally();
    await killEverywhere(naive, killed);
    expect([...killed.flaws.keys()]).toEqual(expect.arrayContaining(['torn', 'mixed', 'accepted']));
    const failed = newTally();
    await failEverywhere(naive, { every: 1, errnos: ['ENOSPC'] }, failed);
    expect(failed.flaws.size).toBeGreaterThan(0);
  });
});
