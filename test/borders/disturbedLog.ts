import { existsSync } from 'node:fs';
import { appendFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { compareIds, createCaptureBench, type Tally } from './captureBench';
import { createRandom, type Random } from './random';

const SESSION = 'cccccccc-0000-4000-8000-000000000001';

/** What may befall a log between two captures, or in the middle of one. */
const KINDS = ['append', 'tear', 'truncate', 'rotate', 'replace', 'rewrite', 'repeat', 'backwards', 'delete'] as const;

interface Line {
  readonly id: string;
  readonly text: string;
}

/**
 * Disturbs a log `steps` times, each disturbance while a capture runs, and captures again after each. What is whole in the
 * log at such a moment must be in the session from then on, once.
 */
export async function disturbLog(options: { readonly seed: number; readonly steps: number }): Promise<Tally> {
  const bench = await createCaptureBench();
  const random = createRandom(options.seed);
  const file = bench.logOf(SESSION);
  try {
    const expected = new Set<string>();
    const lineOf = lines(bench.workspace, random);
    let present: Line[] = [lineOf(), lineOf(), lineOf()];
    await writeFile(file, textOf(present));
    for (let step = 0; step < options.steps; step += 1) {
      const capturing = bench.capture();
      for (let turns = random.below(60); turns > 0; turns -= 1) await new Promise(setImmediate);
      present = await disturb({ file, present, lineOf, random });
      await capturing;
      // Files change their time by the clock's tick: a change within one tick is not seen by anybody.
      if (existsSync(file)) await utimes(file, step, 1_700_000_000 + step * 10);
      await bench.capture();
      for (const { id } of present) expected.add(id);
    }
    const found = (await bench.session(SESSION))?.entries.map(({ id }) => id) ?? [];
    return { ...compareIds([...expected], found), invented: found.filter((id) => !id.includes('-2222-')).length };
  } finally {
    await bench.remove();
  }
}

function lines(cwd: string, random: Random): () => Line {
  let number = 0;
  let time = 1_790_000_000_000;
  return () => {
    number += 1;
    time += random.chance(0.1) ? -23 * 3_600_000 : 1_000;
    const id = `${number.toString(16).padStart(8, '0')}-2222-4222-8222-222222222222`;
    const content = `prompt ${String(number).padStart(8, '0')}`;
    const envelope = { uuid: id, timestamp: new Date(time).toISOString(), sessionId: SESSION, cwd };
    return { id, text: JSON.stringify({ type: 'user', message: { role: 'user', content }, ...envelope }) };
  };
}

const textOf = (present: readonly Line[]): string => present.map(({ text }) => `${text}\n`).join('');

interface Scene {
  readonly file: string;
  readonly present: readonly Line[];
  readonly lineOf: () => Line;
  readonly random: Random;
}

/** Does it to the file, and tells what is whole in it afterwards. */
async function disturb({ file, present, lineOf, random }: Scene): Promise<Line[]> {
  const fresh = Array.from({ length: 1 + random.below(5) }, lineOf);
  const kind = random.pick(KINDS);
  const write = async (content: Line[]): Promise<Line[]> => {
    await writeFile(file, textOf(content));
    return content;
  };
  switch (kind) {
    case 'append':
    case 'backwards':
      await appendFile(file, textOf(fresh));
      return [...present, ...fresh];
    case 'tear':
      await appendFile(file, `${fresh[0]?.text.slice(0, 60)}\n${textOf(fresh.slice(1))}`);
      return [...present, ...fresh.slice(1)];
    case 'repeat':
      await appendFile(file, textOf(present.slice(-3)));
      return [...present];
    case 'truncate': {
      const kept = present.slice(0, random.below(present.length + 1));
      await truncate(file, Buffer.byteLength(textOf(kept))).catch(() => writeFile(file, textOf(kept)));
      return kept;
    }
    case 'rotate':
      await rename(file, `${file}.old`).catch(() => undefined);
      return write(fresh);
    case 'replace':
      await writeFile(`${file}.new`, textOf([...fresh, ...present.slice(fresh.length)]));
      await rename(`${file}.new`, file);
      return [...fresh, ...present.slice(fresh.length)];
    case 'rewrite':
      // As long as before, with another beginning.
      return write(present.map((line, index) => (index === 0 ? lineOf() : line)));
    case 'delete':
      await rm(file, { force: true });
      return [];
  }
}
