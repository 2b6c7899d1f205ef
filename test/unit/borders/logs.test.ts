import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compareIds, createCaptureBench } from '../../borders/captureBench';
import { disturbLog } from '../../borders/disturbedLog';
import { malformedLog } from '../../borders/malformedLog';
import { tailWriter } from '../../borders/tail';

const SESSION = 'bbbbbbbb-0000-4000-8000-000000000001';

describe('a log that broken writers left', () => {
  it.each([1, 2, 3])('gives every complete record once, and none that is not there (seed %d)', async (seed) => {
    const bench = await createCaptureBench();
    try {
      const log = malformedLog({ seed, lines: 400, session: SESSION, cwd: bench.workspace });
      await writeFile(bench.logOf(SESSION), log.bytes);
      await bench.capture();

      const session = await bench.session(SESSION);
      const found = session?.entries.map(({ id }) => id) ?? [];
      expect(compareIds(log.complete, found)).toEqual({ lost: 0, repeated: 0, invented: 0 });
      expect(found).toEqual(log.complete);
      expect(session?.header.problemCount).toBeGreaterThan(250);
    } finally {
      await bench.remove();
    }
  });
});

describe('a log that is written while it is captured', () => {
  it('gives each record once, in order, and none torn', async () => {
    expect(await tailWriter({ records: 2_000, seed: 7, pauseMs: 2 })).toMatchObject({
      captured: 2_000,
      lost: 0,
      repeated: 0,
      misplaced: 0,
      torn: 0,
    });
  });
});

describe('a log that is truncated, rotated, replaced, rewritten or removed, also while it is read', () => {
  it.each([1, 2])('gives what was whole in it once, and nothing else (seed %d)', async (seed) => {
    expect(await disturbLog({ seed, steps: 12 })).toEqual({ lost: 0, repeated: 0, invented: 0 });
  });
});
