import { writeFile } from 'node:fs/promises';
import { compareIds, createCaptureBench } from '../../../test/borders/captureBench';
import { disturbLog } from '../../../test/borders/disturbedLog';
import { malformedLog } from '../../../test/borders/malformedLog';
import { tailWriter } from '../../../test/borders/tail';
import { atLeast, exactly, type Figure, type Measurement } from '../figure';

const SESSION = 'dddddddd-0000-4000-8000-000000000001';
const LINES = 10_000;
const RECORDS = 100_000;
const DISTURBANCES = 60;

/** Malformed logs, a log that is written while it is captured, and logs that are replaced under the reader. */
export const logs: Measurement = {
  name: 'logs',
  measure: async () => [...(await malformed()), ...(await tailed()), ...(await disturbed())],
};

async function malformed(): Promise<readonly Figure[]> {
  const bench = await createCaptureBench();
  try {
    const log = malformedLog({ seed: 2026, lines: LINES, session: SESSION, cwd: bench.workspace });
    await writeFile(bench.logOf(SESSION), log.bytes);
    const { failed } = await bench.capture();
    const session = await bench.session(SESSION);
    const { lost, repeated, invented } = compareIds(log.complete, session?.entries.map(({ id }) => id) ?? []);
    const of = `of ${log.complete.length} records in ${LINES} malformed lines`;
    return [
      exactly(`lost ${of}`, lost, 0),
      exactly(`captured twice ${of}`, repeated, 0),
      exactly(`invented ${of}`, invented, 0),
      exactly('malformed logs that could not be captured', failed.length, 0),
      atLeast('malformed lines counted as problems', session?.header.problemCount ?? 0, LINES / 2),
    ];
  } finally {
    await bench.remove();
  }
}

async function tailed(): Promise<readonly Figure[]> {
  const tail = await tailWriter({ records: RECORDS, seed: 2026, pauseMs: 60 });
  const of = `of ${RECORDS} records, tailed from a writer of 1 to 4,096 bytes at a time`;
  return [
    exactly(`lost ${of}`, tail.lost, 0),
    exactly(`captured twice ${of}`, tail.repeated, 0),
    exactly(`out of order ${of}`, tail.misplaced, 0),
    exactly(`torn ${of}`, tail.torn, 0),
    atLeast('captures while it was written', tail.polls, 10),
  ];
}

async function disturbed(): Promise<readonly Figure[]> {
  const { lost, repeated, invented } = await disturbLog({ seed: 2026, steps: DISTURBANCES });
  const of = `in a log truncated, rotated, replaced, rewritten, repeated or removed ${DISTURBANCES} times while read`;
  return [
    exactly(`records lost ${of}`, lost, 0),
    exactly(`records captured twice ${of}`, repeated, 0),
    exactly(`records invented ${of}`, invented, 0),
  ];
}
