import { measureDreams } from '../../../bench/dreamSpeed/measure';
import { say } from '../../process';
import { atMost, exactly, type Measurement } from '../figure';

const SIZES = [250, 500, 1_000] as const;
const MEMORIES = 5_000;
const TIMES = 20;
/** Headers of the sessions and what the miners count grow; the sessions themselves must not stay. */
const GROWTH_MB = 120;

/** Must show 6: a dream is not much slower than reading what it is over, and its memory does not grow with it. */
export const speed: Measurement = {
  name: 'speed',
  measure: async () => {
    const runs = await measureDreams(SIZES, MEMORIES);
    const last = runs.at(-1);
    if (last === undefined) return [];
    const parse = last.parses.reduce((a, b) => a + b, 0) / last.parses.length;
    for (const { sessions, dream, maxRssMb } of runs) {
      say(`# ${sessions} sessions: ${dream.toFixed(1)} s of processor time, ${maxRssMb.toFixed(0)} MB at most`);
    }
    say(
      `# ${(last.bytes / 1_000_000).toFixed(0)} MB read and parsed in ${parse.toFixed(2)} s, ${last.parses.length} times`,
    );
    const least = runs[0]?.maxRssMb ?? 0;
    return [
      exactly('sessions-dreamt-over', last.sessions, 1_000),
      atMost('dream-time-to-reading-time', last.dream / parse, TIMES, 'x'),
      atMost('memory-growth-from-250-to-1000-sessions', last.maxRssMb - least, GROWTH_MB, 'MB'),
    ];
  },
};
