import type { ModelFailure, ModelReply, ModelRequest } from '../../model/languageModel';
import type { Hasher } from '../../ports';
import type { Dismissed } from '../finding';
import { CONSOLIDATE_PROMPT } from '../prompts/consolidate';
import { oneSpace } from '../text/words';
import type { Asking, Task } from './asking';
import { MODEL_MINER, type CheckedFinding } from './check';
import { halvesOf, type Cluster } from './cluster';
import { indented } from './condense';
import { system, type SharedContext } from './extractContext';
import type { Kept, KeptFindings } from './keptFindings';
import { workKey, type KeyContext } from './keys';
import { marked } from './marked';
import { readChanges, type RawChange } from './schemas';

/** What a model would change, and the cluster whose findings and memories it speaks of. */
export interface Draft {
  readonly raw: RawChange;
  readonly cluster: Cluster;
}

export interface ConsolidateOptions {
  readonly asking: Asking;
  readonly kept: KeptFindings;
  readonly hasher: Hasher;
  readonly key: KeyContext;
  readonly system: string;
  readonly schema: ModelRequest['schema'];
  readonly maxOutputTokens: number;
}

const MESSAGE = 'Asking the model what should change';
const MAX_DEPTH = 4;
const MAX_MEMORY_TEXT = 6_000;

/** The shared beginning of every request about changes. */
export function consolidateSystem(context: SharedContext, hasher: Hasher): string {
  return system(CONSOLIDATE_PROMPT, context, [], hasher);
}

/** One request for each cluster; returns the changes in the order of the clusters, and what could not be read. */
export async function consolidate(
  clusters: readonly Cluster[],
  options: ConsolidateOptions,
): Promise<{ readonly drafts: readonly Draft[]; readonly dismissed: readonly Dismissed[] }> {
  const tasks: Task[] = [];
  for (const cluster of clusters)
    for (const leaf of await leavesOf(cluster, 0, options))
      if (leaf.kept === undefined) tasks.push(taskOf(leaf, options, 0));
  await options.asking.each(tasks, MESSAGE);
  const drafts: Draft[] = [];
  const dismissed: Dismissed[] = [];
  for (const cluster of clusters) {
    for (const leaf of await leavesOf(cluster, 0, options)) {
      const read = leaf.kept?.kind === 'answer' ? readChanges(leaf.kept.value) : undefined;
      drafts.push(...(read?.items ?? []).map((raw): Draft => ({ raw, cluster: leaf.cluster })));
      const reasons = leaf.kept?.kind === 'dismissed' ? [leaf.kept.reason] : (read?.problems ?? []);
      dismissed.push(...reasons.map((reason) => dismissedCluster(leaf.cluster, reason)));
    }
  }
  return { drafts, dismissed };
}

interface Leaf {
  readonly cluster: Cluster;
  readonly prompt: string;
  readonly key: string;
  readonly depth: number;
  readonly kept: Kept | undefined;
}

async function leavesOf(cluster: Cluster, depth: number, options: ConsolidateOptions): Promise<readonly Leaf[]> {
  const prompt = promptOf(cluster, options.hasher);
  const key = workKey(options.key, prompt, options.hasher);
  const kept = (await options.kept.read(key))?.outcome;
  const parts = kept?.kind === 'split' ? halvesOf(cluster) : undefined;
  if (parts === undefined) return [{ cluster, prompt, key, depth, kept }];
  return [...(await leavesOf(parts[0], depth + 1, options)), ...(await leavesOf(parts[1], depth + 1, options))];
}

function taskOf(leaf: Leaf, options: ConsolidateOptions, unread: number): Task {
  const request: ModelRequest = {
    key: `consolidate-${leaf.key.slice(0, 40)}`,
    role: 'consolidate',
    system: options.system,
    prompt: leaf.prompt,
    schema: options.schema,
    maxOutputTokens: options.maxOutputTokens,
  };
  return { request, settle: (reply) => settle(leaf, reply, options, unread) };
}

async function settle(
  leaf: Leaf,
  reply: ModelReply | ModelFailure,
  options: ConsolidateOptions,
  unread: number,
): Promise<readonly Task[]> {
  const keep = async (kept: Kept): Promise<readonly Task[]> => {
    await options.kept.keep(leaf.key, kept);
    return [];
  };
  if (reply.kind === 'answer' && readChanges(reply.value) !== undefined)
    return keep({ kind: 'answer', value: reply.value });
  if (reply.kind === 'refused') return keep({ kind: 'dismissed', reason: refusal(reply.reason) });
  if (reply.kind === 'truncated') {
    if (leaf.depth >= MAX_DEPTH || halvesOf(leaf.cluster) === undefined)
      return keep({
        kind: 'dismissed',
        reason: 'the answer was too long, and the findings cannot be split any further',
      });
    await keep({ kind: 'split' });
    const parts = await leavesOf(leaf.cluster, leaf.depth, options);
    return parts.filter(({ kept }) => kept === undefined).map((part) => taskOf(part, options, 0));
  }
  if (unread === 0) return [taskOf(leaf, options, 1)];
  return keep({ kind: 'dismissed', reason: 'the model’s answer could not be read, twice' });
}

function refusal(reason: string): string {
  return `the model would not answer: ${reason.slice(0, 400)}`;
}

function dismissedCluster({ findings }: Cluster, reason: string): Dismissed {
  const [first] = findings;
  return {
    miner: MODEL_MINER,
    summary: `${findings.length} findings, such as “${first?.statement.slice(0, 100) ?? ''}”`,
    reason,
  };
}

function promptOf({ findings, memories }: Cluster, hasher: Hasher): string {
  const documents = [
    { source: 'findings', text: findings.map(findingText).join('\n\n') },
    {
      source: 'memories on these topics',
      text: memories.length === 0 ? '(none)' : memories.map(memoryText).join('\n\n'),
    },
  ];
  return `${marked(documents, hasher)}\n\n${CONSOLIDATE_PROMPT.question}`;
}

function findingText(finding: CheckedFinding, index: number): string {
  const { kind, statement, category, scope, target, evidence } = finding;
  const about = target === '' ? '' : ` about ${oneSpace(target).slice(0, 80)}`;
  const said = evidence.map((one) => {
    const who = one.kind === 'quote' ? one.by : `${one.event} call`;
    return ` - ${who}, ${one.at.slice(0, 10)}: “${oneSpace(one.quote).slice(0, 600)}”`;
  });
  return [`[f${index + 1}] ${kind}${about}, ${category}, ${scope}`, ` ${statement}`, ...said].join('\n');
}

function memoryText({ category, slug, description, body, pinned }: Cluster['memories'][number], index: number): string {
  const text = indented(body.slice(0, MAX_MEMORY_TEXT));
  return `[m${index + 1}] ${category}/${slug}${pinned ? ', pinned' : ''}\n ${oneSpace(description)}\n ${text}`;
}
