import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isAgentDreamsError } from '../../../src/core/errors';
import { placeOf } from '../../../src/core/memory/storePath';
import { createFileStore } from '../../../src/node/fileStore';
import { folderMethod } from '../../../src/node/storeFolder';
import { tryFrontMatters } from '../../../test/borders/frontMatters';
import { createNaiveFileStore } from '../../../test/borders/naiveFileStore';
import { nestsRepeats, regexesOfSource, worstSpeed } from '../../../test/borders/regexes';
import { tryRoundTrips } from '../../../test/borders/roundTrips';
import { raceSwaps } from '../../../test/borders/swapRace';
import { root } from '../../root';
import { atLeast, atMost, exactly, skipped, type Figure, type Measurement } from '../figure';

const CORPUS = path.join(root, '..', 'shared', 'data', 'security.tar.xz');
const SWAPS = 10_000;
const FRONT_MATTERS = 5_000;
const TEXTS = 5_000;

/** Hostile paths, swapped links, front matter, line breaks and regular expressions. */
export const borders: Measurement = {
  name: 'borders',
  measure: async () => [...(await paths()), ...(await swaps()), ...frontMatters(), ...roundTrips(), ...regexes()],
};

async function paths(): Promise<readonly Figure[]> {
  const name = 'hostile paths that the store takes';
  if (!existsSync(CORPUS)) return [skipped(name, '0', 'no corpus')];
  const text = execFileSync('tar', ['-xJOf', CORPUS, '--wildcards', '*paths.jsonl'], { encoding: 'utf8' });
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly path: string; readonly expect: string });
  const store = createFileStore({ root: path.join(root, 'out', 'no-such-store') });
  let taken = 0;
  let memories = 0;
  for (const row of rows) {
    if (placeOf(row.path) !== undefined) memories += 1;
    if (row.expect !== 'reject') continue;
    // A folder that is not there is read: a path that passes gives nothing, one that does not is refused.
    const refused = await store.stat(row.path).then(
      () => false,
      (error: unknown) => isAgentDreamsError(error, 'invalid-path'),
    );
    if (!refused) taken += 1;
  }
  return [
    exactly(`${name}, of ${rows.length}`, taken, 0),
    exactly('of them, taken as the path of a memory', memories, 0),
  ];
}

async function swaps(): Promise<readonly Figure[]> {
  const name = 'files changed outside the store by swapped links';
  if (folderMethod() === 'named') return [skipped(name, '0', 'only where folders can be held open')];
  const goal = { swaps: SWAPS, calls: 10_000 };
  const race = await raceSwaps((folder) => createFileStore({ root: folder }), goal);
  const control = await raceSwaps(createNaiveFileStore, goal);
  return [
    atLeast('entries of the store swapped with links outside', race.swaps, SWAPS),
    exactly(`${name}, in ${race.calls} calls`, race.changedOutside, 0),
    exactly('files outside that were read through them', race.readOutside, 0),
    atLeast('control: files changed outside by a store that looks first', control.changedOutside, 1),
  ];
}

function frontMatters(): readonly Figure[] {
  const result = tryFrontMatters(2026, FRONT_MATTERS);
  return [
    exactly(`mutated front matters without an answer, of ${FRONT_MATTERS}`, result.failed, 0),
    exactly(`bodies or other fields changed in ${result.edits} edits of them`, result.damaged, 0),
    atMost('slowest of them', result.slowestMs, 2_000, 'ms'),
  ];
}

function roundTrips(): readonly Figure[] {
  const { accepted, changedOutside } = tryRoundTrips(2026, TEXTS);
  return [exactly(`bytes changed outside of ${accepted} accepted hunks (CRLF, LF, mixed, BOM)`, changedOutside, 0)];
}

function regexes(): readonly Figure[] {
  const all = regexesOfSource();
  const speeds = all.map(({ regex }) => worstSpeed(regex).mbPerS);
  return [
    exactly(
      `regular expressions that nest repeats, of ${all.length}`,
      all.filter((one) => nestsRepeats(one.regex)).length,
      0,
    ),
    atLeast('slowest of them on its worst input', Math.min(...speeds), 1, 'MB/s'),
  ];
}
