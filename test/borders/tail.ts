import { spawn } from 'node:child_process';
import path from 'node:path';
import { root as checkout } from '../../scripts/root';
import { createCaptureBench } from './captureBench';

/** What came of capturing a log, poll by poll, while another process wrote it. */
export interface Tailing {
  readonly captured: number;
  readonly lost: number;
  readonly repeated: number;
  /** Pairs of neighbours in the wrong order. */
  readonly misplaced: number;
  /** Records whose text is not what was written. */
  readonly torn: number;
  /** Captures that found the log longer than before. */
  readonly polls: number;
}

const SESSION = 'aaaaaaaa-0000-4000-8000-000000000001';

export async function tailWriter(options: {
  readonly records: number;
  readonly seed: number;
  readonly pauseMs: number;
}): Promise<Tailing> {
  const bench = await createCaptureBench();
  try {
    const script = path.join(checkout, 'test/borders/tailWriter.mjs');
    const { records, seed, pauseMs } = options;
    const words = [bench.logOf(SESSION), SESSION, bench.workspace, records, seed, pauseMs].map(String);
    const writer = spawn(process.execPath, [script, ...words], { stdio: 'inherit' });
    const ended = new Promise<number | null>((resolve) => writer.once('close', resolve));
    let polls = 0;
    while (writer.exitCode === null) {
      const { captured, updated } = await bench.capture();
      polls += captured + updated;
    }
    if ((await ended) !== 0) throw new Error('the writer failed');
    await bench.capture();
    const entries = (await bench.session(SESSION))?.entries ?? [];
    const numbers = entries.map(({ id }) => Number.parseInt(id.slice(0, 8), 16));
    const texts = entries.map((entry) => (entry.kind === 'prompt' ? entry.text : ''));
    return {
      captured: entries.length,
      lost: records - new Set(numbers).size,
      repeated: numbers.length - new Set(numbers).size,
      misplaced: numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length,
      torn: texts.filter(
        (text, index) => !new RegExp(`^record ${numbers[index]} ü \\.{0,120}$`, 'u').test(text.padEnd(0)),
      ).length,
      polls,
    };
  } finally {
    await bench.remove();
  }
}
