import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { runProgram } from '../../scripts/process';
import { readStore } from '../../src/core/memory/store';
import { createMemorySearch, type MemorySearch } from '../../src/core/search/memorySearch';
import { createNodePorts } from '../../src/node/nodePorts';
import { silentLogger } from '../../src/node/lineLogger';
import { writeSearchCorpus, type PlantedQuery } from './corpus';

/** Times in milliseconds. */
export interface SearchTimes {
  readonly memories: number;
  readonly queries: number;
  /** Reading all files of the store. */
  readonly read: number;
  /** Making the index of what was read. */
  readonly build: number;
  /** Of one query each, over the index; and of one run of ripgrep over the tree. */
  readonly search: readonly number[];
  readonly ripgrep: readonly number[];
  /** Share of the queries that show the memory they were made of among the first 20. */
  readonly found: number;
}

/**
 * Asks our search and ripgrep the same queries of the same tree, in turns. ripgrep lists the files that have any of the
 * words (`-il`), which is the least it can be asked for, started anew for each query as people and agents start it.
 */
export async function measureSearch(ripgrep: string, memories: number, queries: number): Promise<SearchTimes> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'agent-dreams-search-'));
  try {
    const ports = await createNodePorts({
      workspaceRoot: scratch,
      logger: silentLogger,
      userFolder: path.join(scratch, 'user'),
    });
    const tree = path.join(scratch, '.agent-memory');
    const planted = await writeSearchCorpus(tree, memories, queries);
    const start = performance.now();
    const store = await readStore(ports);
    const read = performance.now();
    const search = createMemorySearch(store.memories);
    const built = performance.now();
    const asked = await askBoth(search, ripgrep, tree, planted);
    return { memories: store.memories.length, queries, read: read - start, build: built - read, ...asked };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function askBoth(
  search: MemorySearch,
  ripgrep: string,
  tree: string,
  queries: readonly PlantedQuery[],
): Promise<Pick<SearchTimes, 'search' | 'ripgrep' | 'found'>> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let found = 0;
  for (const { text, path: wanted } of queries) {
    const start = performance.now();
    const hits = search.search(text, 20);
    ours.push(performance.now() - start);
    if (hits.some((hit) => hit.path === wanted)) found += 1;
    theirs.push(await ripgrepOnce(ripgrep, tree, text));
  }
  return { search: ours, ripgrep: theirs, found: found / queries.length };
}

async function ripgrepOnce(ripgrep: string, tree: string, query: string): Promise<number> {
  const words = query.split(' ').flatMap((word) => ['-e', word]);
  const start = performance.now();
  const { code, output } = await runProgram(ripgrep, ['--no-config', '-ilF', ...words, tree], { quiet: true });
  const took = performance.now() - start;
  if (code > 1) throw new Error(`ripgrep ended with ${code}: ${output.slice(0, 500)}`);
  return took;
}

/** The time below which `share` of them are. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
