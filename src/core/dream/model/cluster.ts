import type { Memory } from '../../memory/memory';
import { claimOf } from '../memoryText';
import { jaccard, sameTopic } from '../text/similarity';
import { StemIndex } from '../text/stemIndex';
import { compareText, contentStems } from '../text/words';
import type { CheckedFinding } from './check';

/** Findings of related topics and the memories that speak of the same things: what one request is about. */
export interface Cluster {
  readonly findings: readonly CheckedFinding[];
  readonly memories: readonly Memory[];
}

/** More of one thing than this nobody reads well, model or person. */
const MAX_FINDINGS = 24;
const MAX_MEMORIES = 12;
const MEMORIES_PER_TOPIC = 4;
/** Tokens that one of them has at most, as it is told; long ones are cut. */
const FINDING_TOKENS = 350;
const MEMORY_TOKENS = 1_900;

/** Above any likeness. */
const NAMED = 2;

interface Room {
  readonly findings: number;
  readonly memories: number;
}

/**
 * Findings by topic, topics that share a memory kept together, and small topics put into one request as long as there is
 * room. A topic without a single new finding was settled before and is left out, and so is one that only confirms.
 */
export function clustersOf(
  findings: readonly CheckedFinding[],
  memories: readonly Memory[],
  tokens: number,
): readonly Cluster[] {
  const room = roomIn(tokens);
  const live = memories.filter(({ scope }) => scope.kind !== 'archive');
  const known = new MemoryIndex(live);
  const topics = topicsOf(findings)
    .filter((topic) => topic.some(({ isNew, kind }) => isNew && kind !== 'confirm'))
    .flatMap((topic) => inParts(topic, room.findings))
    .map((topic): Cluster => ({ findings: topic, memories: known.near(topic).slice(0, room.memories) }));
  const packed: Cluster[] = [];
  for (const topic of topics) {
    const at = packed.findIndex((pack) => fits(pack, topic, room));
    const pack = packed[at];
    if (pack === undefined) packed.push(topic);
    else packed[at] = joined(pack, topic);
  }
  return packed;
}

/** What fits into a prompt of so many tokens: findings take half of it, memories most of the rest. */
function roomIn(tokens: number): Room {
  const fitting = (part: number, each: number, most: number): number =>
    Math.max(1, Math.min(most, Math.floor((tokens * part) / each)));
  return {
    findings: fitting(0.5, FINDING_TOKENS, MAX_FINDINGS),
    memories: fitting(0.4, MEMORY_TOKENS, MAX_MEMORIES),
  };
}

/** The cluster in two, or undefined if it has a single finding. */
export function halvesOf({ findings, memories }: Cluster): readonly [Cluster, Cluster] | undefined {
  if (findings.length < 2) return undefined;
  const middle = Math.ceil(findings.length / 2);
  return [
    { findings: findings.slice(0, middle), memories },
    { findings: findings.slice(middle), memories },
  ];
}

function topicsOf(findings: readonly CheckedFinding[]): readonly (readonly CheckedFinding[])[] {
  const stems = findings.map(({ statement }) => contentStems(statement));
  const index = new StemIndex();
  const topicOf: number[] = [];
  stems.forEach((own, at) => {
    let topic = at;
    for (const other of index.sharing(own, 2)) {
      const theirs = stems[other];
      if (theirs === undefined || !sameTopic(own, theirs)) continue;
      const joinedTopic = Math.min(topic, topicOf[other] ?? other);
      relabel(topicOf, topicOf[other] ?? other, joinedTopic);
      relabel(topicOf, topic, joinedTopic);
      topic = joinedTopic;
    }
    topicOf[at] = topic;
    index.add(own);
  });
  const topics = new Map<number, CheckedFinding[]>();
  findings.forEach((finding, at) => {
    const topic = topicOf[at] ?? at;
    topics.set(topic, [...(topics.get(topic) ?? []), finding]);
  });
  return [...topics.values()];
}

function relabel(topicOf: number[], from: number, to: number): void {
  if (from === to) return;
  topicOf.forEach((topic, at) => {
    if (topic === from) topicOf[at] = to;
  });
}

/** A topic that everybody speaks of, in parts; what is new stands in front of what is known of it. */
function inParts(topic: readonly CheckedFinding[], most: number): readonly (readonly CheckedFinding[])[] {
  if (topic.length <= most) return [topic];
  const fresh = topic.filter(({ isNew }) => isNew);
  const support = topic.filter(({ isNew }) => !isNew);
  const all = [...fresh, ...support.slice(0, Math.max(0, most - fresh.length))];
  const parts: CheckedFinding[][] = [];
  for (let at = 0; at < all.length; at += most) parts.push(all.slice(at, at + most));
  return parts;
}

function fits(pack: Cluster, topic: Cluster, room: Room): boolean {
  if (pack.findings.length + topic.findings.length > room.findings) return false;
  return new Set([...pack.memories, ...topic.memories]).size <= room.memories;
}

function joined(pack: Cluster, topic: Cluster): Cluster {
  return {
    findings: [...pack.findings, ...topic.findings],
    memories: [...new Set([...pack.memories, ...topic.memories])],
  };
}

class MemoryIndex {
  readonly #memories: readonly Memory[];
  readonly #stems: readonly ReadonlySet<string>[];
  readonly #index = new StemIndex();

  constructor(memories: readonly Memory[]) {
    this.#memories = memories;
    this.#stems = memories.map((memory) => contentStems(`${memory.description} ${claimOf(memory)}`));
    for (const stems of this.#stems) this.#index.add(stems);
  }

  /** The memories that a topic most likely speaks of: those that a finding names, then those of the same words. */
  near(topic: readonly CheckedFinding[]): readonly Memory[] {
    const scores = new Map<Memory, number>();
    for (const { statement, target } of topic) {
      const stems = contentStems(statement);
      for (const at of this.#index.sharing(stems, 2)) {
        const [memory, theirs] = [this.#memories[at], this.#stems[at]];
        if (memory === undefined || theirs === undefined || !sameTopic(stems, theirs)) continue;
        scores.set(memory, Math.max(scores.get(memory) ?? 0, jaccard(stems, theirs)));
      }
      const named = slugIn(target);
      if (named === '') continue;
      for (const memory of this.#memories) if (memory.slug === named) scores.set(memory, NAMED);
    }
    return [...scores]
      .sort(([a, x], [b, y]) => y - x || compareText(a.path, b.path))
      .slice(0, MEMORIES_PER_TOPIC)
      .map(([memory]) => memory);
  }
}

/** A model names a memory with or without its folder and ending. */
function slugIn(target: string): string {
  return target
    .slice(target.lastIndexOf('/') + 1)
    .replace(/\.md$/u, '')
    .trim();
}
