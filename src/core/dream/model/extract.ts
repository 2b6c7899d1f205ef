import type { ModelFailure, ModelReply, ModelRequest } from '../../model/languageModel';
import type { Hasher } from '../../ports';
import { EXTRACT_PROMPT } from '../prompts/extract';
import type { Asking, Task } from './asking';
import { halves, type Chunk } from './chunks';
import type { BatchFile } from './keptBatch';
import type { Kept, KeptFindings } from './keptFindings';
import { workKey, type KeyContext } from './keys';
import { marked } from './marked';
import { readFindings, type RawFinding } from './schemas';

/** What was found in one chunk, or why nothing was. */
export interface ChunkFindings {
  readonly session: string;
  readonly findings: readonly RawFinding[];
  /** No completed dream has used them. */
  readonly isNew: boolean;
  /** What of the answer could not be read, or why there is none. */
  readonly problems: readonly string[];
}

export interface ExtractOptions {
  readonly asking: Asking;
  readonly kept: KeptFindings;
  readonly batch: BatchFile;
  readonly hasher: Hasher;
  readonly key: KeyContext;
  readonly system: string;
  readonly schema: ModelRequest['schema'];
  readonly maxOutputTokens: number;
}

const MESSAGE = 'Asking the model what sessions hold';
/** A chunk is cut in two at most so often: eight parts of one request. */
const MAX_DEPTH = 3;

/** One request for each chunk that nobody has answered yet; returns what is known of all of them, in their order. */
export async function extract(chunks: readonly Chunk[], options: ExtractOptions): Promise<readonly ChunkFindings[]> {
  const waiting = await openLeaves(chunks, options);
  // The latest first: where the cap ends a dream, it has read what matters most.
  const tasks = [...waiting].reverse().map((leaf) => taskOf(leaf, options, { unread: 0, failed: 0 }));
  await options.asking.many(tasks, MESSAGE, options.batch);
  const found: ChunkFindings[] = [];
  for (const chunk of chunks) found.push(...(await findingsOf(chunk, options)));
  return found;
}

/** How many requests a dream would send for these chunks, and which. */
export async function unanswered(chunks: readonly Chunk[], options: LeafOptions): Promise<readonly Chunk[]> {
  return (await openLeaves(chunks, options)).map(({ chunk }) => chunk);
}

type LeafOptions = Pick<ExtractOptions, 'kept' | 'hasher' | 'key'>;

/** Each text once: a session that was forked holds what its origin holds. */
async function openLeaves(chunks: readonly Chunk[], options: LeafOptions): Promise<readonly Leaf[]> {
  const leaves = new Map<string, Leaf>();
  for (const chunk of chunks) for (const leaf of await leavesOf(chunk, 0, options)) leaves.set(leaf.key, leaf);
  return [...leaves.values()].filter(({ kept }) => kept === undefined);
}

interface Leaf {
  readonly chunk: Chunk;
  readonly key: string;
  readonly depth: number;
  readonly kept: Kept | undefined;
  readonly used: boolean;
}

/** The chunk, or the parts that it was cut into when it was asked before. */
async function leavesOf(chunk: Chunk, depth: number, options: LeafOptions): Promise<readonly Leaf[]> {
  const key = workKey(options.key, chunk.text, options.hasher);
  const known = await options.kept.read(key);
  const parts = known?.outcome.kind === 'split' ? halves(chunk) : undefined;
  if (parts === undefined) return [{ chunk, key, depth, kept: known?.outcome, used: known?.used ?? false }];
  return [...(await leavesOf(parts[0], depth + 1, options)), ...(await leavesOf(parts[1], depth + 1, options))];
}

interface Tries {
  readonly unread: number;
  readonly failed: number;
}

function taskOf(leaf: Leaf, options: ExtractOptions, tries: Tries): Task {
  return { request: requestOf(leaf, options), settle: (reply) => settle(leaf, reply, options, tries) };
}

function requestOf({ chunk, key }: Leaf, options: ExtractOptions): ModelRequest {
  return {
    // Short enough for every provider, long enough to name one of any number of chunks.
    key: `extract-${key.slice(0, 40)}`,
    role: 'extract',
    system: options.system,
    prompt: promptFor(chunk, options.hasher),
    schema: options.schema,
    maxOutputTokens: options.maxOutputTokens,
  };
}

/** What is asked about a chunk: its text as a marked document, then the question. */
export function promptFor({ text }: Chunk, hasher: Hasher): string {
  return `${marked([{ source: 'part of a session', text }], hasher)}\n\n${EXTRACT_PROMPT.question}`;
}

/** Keeps what an answer says about a chunk; what has to be asked again is returned. */
async function settle(
  leaf: Leaf,
  reply: ModelReply | ModelFailure,
  options: ExtractOptions,
  tries: Tries,
): Promise<readonly Task[]> {
  const dismiss = async (reason: string): Promise<readonly Task[]> => {
    await options.kept.keep(leaf.key, { kind: 'dismissed', reason });
    return [];
  };
  switch (reply.kind) {
    case 'answer':
      if (readFindings(reply.value) === undefined) return unread(leaf, options, tries, dismiss);
      await options.kept.keep(leaf.key, { kind: 'answer', value: reply.value });
      return [];
    case 'unreadable':
      return unread(leaf, options, tries, dismiss);
    case 'refused':
      return dismiss(`the model would not answer: ${reply.reason.slice(0, 400)}`);
    case 'truncated':
      return split(leaf, options, dismiss);
    case 'failed':
      // Not kept as dismissed: it is the provider that failed, and the next dream may ask again.
      return tries.failed === 0 ? [taskOf(leaf, options, { ...tries, failed: 1 })] : [];
  }
}

type Dismiss = (reason: string) => Promise<readonly Task[]>;

function unread(leaf: Leaf, options: ExtractOptions, tries: Tries, dismiss: Dismiss): Promise<readonly Task[]> {
  if (tries.unread > 0) return dismiss('the model’s answer could not be read, twice');
  return Promise.resolve([taskOf(leaf, options, { ...tries, unread: 1 })]);
}

async function split(leaf: Leaf, options: ExtractOptions, dismiss: Dismiss): Promise<readonly Task[]> {
  const parts = leaf.depth < MAX_DEPTH ? halves(leaf.chunk) : undefined;
  if (parts === undefined) return dismiss('the answer was too long, and the session cannot be cut any shorter');
  await options.kept.keep(leaf.key, { kind: 'split' });
  const tasks: Task[] = [];
  for (const chunk of parts) {
    const key = workKey(options.key, chunk.text, options.hasher);
    const half: Leaf = { chunk, key, depth: leaf.depth + 1, kept: undefined, used: false };
    if ((await options.kept.read(key)) === undefined) tasks.push(taskOf(half, options, { unread: 0, failed: 0 }));
  }
  return tasks;
}

async function findingsOf(chunk: Chunk, options: ExtractOptions): Promise<readonly ChunkFindings[]> {
  const leaves = await leavesOf(chunk, 0, options);
  return leaves.map(({ kept, used }): ChunkFindings => {
    const common = { session: chunk.session, isNew: !used };
    if (kept?.kind === 'dismissed') return { ...common, findings: [], problems: [kept.reason] };
    const read = kept?.kind === 'answer' ? readFindings(kept.value) : undefined;
    if (read === undefined)
      return { ...common, findings: [], problems: ['the provider gave no answer; the next dream asks again'] };
    return { ...common, findings: read.items, problems: read.problems };
  });
}
