import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { acceptChange, listProposals } from '../../src/core/review/review';
import { confirmationOf } from '../../src/core/review/confirmation';
import { createHasher } from '../../src/node/hasher';
import { connectTo, makeMcpStore, type McpSession, type McpStore } from '../../test/mcp/mcpRig';
import { writeSearchCorpus } from '../search/corpus';

/** What came of serving a large memory to the client of the SDK over real standard input and output. */
export interface ServedMemory {
  readonly tools: number;
  /** Memories that its pages list, each once. */
  readonly listed: number;
  /** Of queries made from a memory's own words, the share whose memory is among the first ten. */
  readonly found: number;
  /** Wrong calls, and those of them that were answered as wrong, with a way on. */
  readonly wrong: { readonly asked: number; readonly told: number };
  /** Answers in which a word stands that nobody may be told: archived, not accepted, another agent's, a file outside. */
  readonly leaks: number;
  /** Of fifty calls at one time. */
  readonly answered: number;
  /** The time of fifty calls at one time over that of one after the other. */
  readonly together: number;
  /** Proposals that wait after fifty clients' calls for thirty different ones; files of memory that changed by them. */
  readonly waiting: number;
  readonly written: number;
  /** A memory that was accepted just now is found by the next call. */
  readonly fresh: boolean;
  /** Standard error: nothing is to be said. */
  readonly said: string;
  readonly ms: { readonly first: number; readonly search: number; readonly read: number };
}

const CANARY = 'zanzibarcanary';
const QUERIES = 60;
const AT_ONCE = 50;

const memory = (name: string, body: string): string => `---\nname: ${name}\ndescription: About ${name}\n---\n${body}\n`;

/** Words that no answer may hold, where an agent should not reach them. */
const HIDDEN = {
  'archive/commands/old.md': memory('old', CANARY),
  'agents/other/pitfalls/theirs.md': memory('theirs', CANARY),
};

export async function serveMemory(bundle: string, memories: number): Promise<ServedMemory> {
  let queries: readonly { readonly text: string; readonly path: string }[] = [];
  const store = await makeMcpStore(HIDDEN, async (folder) => {
    queries = await writeSearchCorpus(folder, memories, QUERIES);
  });
  await writeFile(path.join(store.root, '.agent-memory/facts/strange.md'), memory('strange', CANARY));
  await writeFile(path.join(store.root, 'outside.md'), memory('outside', CANARY));
  const session = await connectTo(bundle, store);
  try {
    return await measure(session, store, queries);
  } finally {
    await session.close();
    await store.remove();
  }
}

async function measure(
  session: McpSession,
  store: McpStore,
  queries: readonly { readonly text: string; readonly path: string }[],
): Promise<ServedMemory> {
  const { tools } = await session.client.listTools();
  const first = await timed(() => session.call('search_memory', { query: 'anything' }));
  const searches = await found(session, queries);
  const listed = await listAll(session);
  const [wrong, leaks] = [await callWrong(session), await tryToReach(session)];
  const together = await atOnce(session, queries);
  const proposals = await proposeAtOnce(session, store);
  return {
    tools: tools.length,
    listed: listed.length,
    found: searches.found,
    wrong,
    leaks,
    answered: together.answered,
    together: together.ratio,
    ...proposals,
    fresh: await isFresh(session, store),
    said: session.log(),
    ms: { first: first.ms, search: median(searches.times), read: together.one },
  };
}

async function found(
  session: McpSession,
  queries: readonly { readonly text: string; readonly path: string }[],
): Promise<{ readonly found: number; readonly times: readonly number[] }> {
  const times: number[] = [];
  let hits = 0;
  for (const { text, path: meant } of queries) {
    const { value, ms } = await timed(() => session.call('search_memory', { query: text }));
    times.push(ms);
    if (value.text.includes(`(${meant}`)) hits += 1;
  }
  return { found: hits / queries.length, times };
}

async function listAll(session: McpSession): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (let from = 1; ;) {
    const { text, isError } = await session.call('list_memories', { from, limit: 500 });
    const page = [...text.matchAll(/^\[(m-[0-9a-f]+)\]/gmu)].map(([, id]) => id ?? '');
    page.forEach((id) => ids.add(id));
    const next = /from (\d+)\.\n/u.exec(text)?.[1];
    if (isError || next === undefined) return [...ids];
    from = Number(next);
  }
}

const WRONG: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['search_memory', {}],
  ['search_memory', { query: '' }],
  ['search_memory', { query: 'x'.repeat(10_000) }],
  ['search_memory', { query: ['x'] }],
  ['search_memory', { query: 'x', limit: 0 }],
  ['search_memory', { query: 'x', limit: 1e9 }],
  ['search_memory', { query: 'x', other: 1 }],
  ['read_memory', { memory: 'm-zzzz' }],
  ['read_memory', { memory: { $ne: null } }],
  ['list_memories', { from: -1 }],
  ['list_memories', { from: 99_999 }],
  ['propose_memory', { reason: 'x' }],
  ['propose_memory', { reason: 'x', action: 'delete' }],
  ['propose_memory', { reason: 'x', action: 'archive' }],
  ['forget_memory', {}],
];

async function callWrong(session: McpSession): Promise<ServedMemory['wrong']> {
  let told = 0;
  for (const [name, given] of WRONG) {
    const answer = await session
      .call(name, given)
      .catch((error: unknown) => ({ isError: true, text: error instanceof Error ? error.message : '' }));
    if (answer.isError && answer.text.length > 20) told += 1;
  }
  return { asked: WRONG.length, told };
}

const PATHS: readonly string[] = [
  '../outside.md',
  '../../../../../../../etc/passwd',
  '/etc/passwd',
  'facts/../../outside.md',
  '.agent-memory/../outside.md',
  '..\\outside.md',
  'file:///etc/passwd',
  '.local/state.json',
  '.local/journal.jsonl',
  'MEMORY.md',
  'facts/strange.md',
  ...Object.keys(HIDDEN),
];

async function tryToReach(session: McpSession): Promise<number> {
  const answers = [
    ...PATHS.map((named) => session.call('read_memory', { memory: named })),
    ...[CANARY, `is:archived ${CANARY}`, 'is:archived'].map((query) => session.call('search_memory', { query })),
    session.call('list_memories', { category: 'pitfalls', limit: 500 }),
  ];
  const texts = (await Promise.all(answers)).map(({ text }) => text.replaceAll(`“${CANARY}”`, ''));
  return texts.filter((text) => text.includes(CANARY) || text.includes('root:') || text.includes('theirs.md)')).length;
}

async function atOnce(
  session: McpSession,
  queries: readonly { readonly path: string }[],
): Promise<{ readonly answered: number; readonly ratio: number; readonly one: number }> {
  const read = (at: number): ReturnType<McpSession['call']> =>
    session.call('read_memory', { memory: queries[at % queries.length]?.path ?? '' });
  const single: number[] = [];
  for (let at = 0; at < 10; at += 1) single.push((await timed(() => read(at))).ms);
  const { value, ms } = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, (_, at) => read(at))));
  const one = median(single);
  return { answered: value.filter(({ isError }) => !isError).length, ratio: ms / (one * AT_ONCE), one };
}

async function proposeAtOnce(
  session: McpSession,
  store: McpStore,
): Promise<{ readonly waiting: number; readonly written: number }> {
  const before = await treeOf(store);
  const propose = (at: number): ReturnType<McpSession['call']> =>
    session.call('propose_memory', {
      category: 'commands',
      name: `target ${at}`,
      description: `Build target ${at} with make target${at}`,
      body: `Run \`make target${at}\`.`,
      reason: 'It worked.',
    });
  await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => propose(at % 30)));
  const open = await listProposals(store.ports);
  const after = await treeOf(store);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  return { waiting: open.reduce((sum, { pending }) => sum + pending, 0), written: changed.length };
}

/** Every file of the store outside of `.local`, by what it holds. */
async function treeOf({ root }: McpStore): Promise<ReadonlyMap<string, string>> {
  const [folder, hasher] = [path.join(root, '.agent-memory'), createHasher()];
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const tree = new Map<string, string>();
  for (const { parentPath, name } of files) {
    const file = path.join(parentPath, name);
    if (!file.includes(`${path.sep}.local${path.sep}`)) tree.set(file, hasher.sha256(await readFile(file)));
  }
  return tree;
}

async function isFresh(session: McpSession, { ports }: McpStore): Promise<boolean> {
  const [open] = await listProposals(ports);
  const change = open?.changes[0]?.change;
  if (open === undefined || change === undefined) return false;
  const [file] = change.files;
  const before = await session.call('read_memory', { memory: file.path });
  await acceptChange(ports, { dream: open.proposal.id, change: change.id }, confirmationOf(change));
  const after = await session.call('read_memory', { memory: file.path });
  return before.isError && !after.isError;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
