import { describe, expect, it } from 'vitest';
import { createFileStore } from '../../../src/node/fileStore';
import { folderMethod } from '../../../src/node/storeFolder';
import { raceSwaps } from '../../borders/swapRace';

describe('a store whose folders and files are swapped with links while it is used', () => {
  it.skipIf(folderMethod() === 'named')('reads and writes nothing outside', async () => {
    const race = await raceSwaps((root) => createFileStore({ root }), { swaps: 300, calls: 300 });

    expect(race).toMatchObject({ changedOutside: 0, readOutside: 0 });
    expect(race.succeeded).toBeGreaterThan(0);
  });
});
