import path from 'node:path';
import { serveMemory } from '../../../bench/mcp/measure';
import { mustRun, say } from '../../process';
import { root } from '../../root';
import { atLeast, atMost, exactly, type Measurement } from '../figure';

const MEMORIES = 10_000;
/** Fifty calls at one time share the look at the store: well below fifty one after the other. */
const TOGETHER = 1;
const AMONG_FIRST = 65;

/**
 * Must show 5: the server as it ships, over real standard input and output, to the client of the official SDK: its tools,
 * wrong calls, 10,000 memories, calls at one time, what it must not tell, and that a proposal is no write.
 */
export const mcp: Measurement = {
  name: 'mcp',
  measure: async () => {
    await mustRun(process.execPath, ['build/esbuild.mjs', '--only=agent,mcp'], { cwd: root });
    const served = await serveMemory(path.join(root, 'dist/mcp.js'), MEMORIES);
    const { first, search, read } = served.ms;
    say(`# first answer ${first.toFixed(0)} ms, then a search ${search.toFixed(0)} ms, a read ${read.toFixed(0)} ms`);
    if (served.said !== '') say(`# it said: ${served.said.slice(0, 500)}`);
    return [
      exactly('tools', served.tools, 4),
      exactly('memories-listed', served.listed, MEMORIES),
      atLeast('meant-memory-among-the-first-10', served.found * 100, AMONG_FIRST, '%'),
      exactly('wrong-calls-told', served.wrong.told, served.wrong.asked),
      exactly('leaks', served.leaks, 0),
      exactly('answered-of-50-at-once', served.answered, 50),
      atMost('50-at-once-to-one-by-one', served.together, TOGETHER, 'x'),
      exactly('waiting-of-50-proposals-at-once', served.waiting, 20),
      exactly('memory-files-written-by-proposals', served.written, 0),
      exactly('accepted-memory-found-by-the-next-call', served.fresh ? 1 : 0, 1),
      exactly('words-on-standard-error', served.said.length, 0),
    ];
  },
};
