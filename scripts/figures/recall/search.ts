import { findRipgrep } from '../../../bench/search/findRipgrep';
import { measureSearch, percentile } from '../../../bench/search/measure';
import { say } from '../../process';
import { atLeast, atMost, exactly, skipped, type Measurement } from '../figure';

const MEMORIES = 10_000;
const QUERIES = 200;
const AMONG_FIRST = 75;
/** Reading the store and making the index, in runs of ripgrep: paid once for each state of the store. */
const BUILD_RUNS = 60;

/**
 * Must show 5: the 95th percentile of a query over the index (warm, as the server and the quick pick hold it) is not above
 * that of one run of ripgrep (`-il`, its process included) over the same 10,000 files, asked in turns. What the index costs
 * before its first answer is a figure of its own.
 */
export const search: Measurement = {
  name: 'search',
  measure: async () => {
    const ripgrep = await findRipgrep();
    if (ripgrep === undefined) return [skipped('search-p95-to-ripgrep-p95', '<=1x', 'no ripgrep here')];
    const times = await measureSearch(ripgrep, MEMORIES, QUERIES);
    const ours = percentile(times.search, 0.95);
    const theirs = percentile(times.ripgrep, 0.95);
    const typical = percentile(times.ripgrep, 0.5);
    say(`# a query: ${percentile(times.search, 0.5).toFixed(1)} ms, p95 ${ours.toFixed(1)} ms`);
    say(`# ripgrep: ${typical.toFixed(1)} ms, p95 ${theirs.toFixed(1)} ms`);
    say(`# before the first answer: ${times.read.toFixed(0)} ms to read, ${times.build.toFixed(0)} ms to index`);
    return [
      exactly('memories-searched', times.memories, MEMORIES),
      atMost('search-p95-to-ripgrep-p95', ours / theirs, 1, 'x'),
      atMost('reading-and-indexing-to-one-ripgrep', (times.read + times.build) / typical, BUILD_RUNS, 'x'),
      atLeast('meant-memory-among-the-first-20', times.found * 100, AMONG_FIRST, '%'),
    ];
  },
};
