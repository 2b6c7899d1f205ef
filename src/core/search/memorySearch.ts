import { compareText } from '../dream/text/words';
import type { Memory } from '../memory/memory';
import { FieldIndex } from './fieldIndex';
import { bestLine, type HitLine } from './hitLine';
import { parseMemoryQuery, type MemoryQuery } from './memoryQuery';
import { anyOf } from './vocabulary';

export interface MemoryHit {
  readonly memory: Memory;
  readonly path: string;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** The line that answers best. */
  readonly line: HitLine;
}

export interface MemorySearch {
  /**
   * Best first; equal scores in path order. At most `limit` (default 20). What can be typed: `parseMemoryQuery`. Archived
   * memories only with `is:archived`. Filters alone list all that they let through, pinned first.
   */
  search(query: string, limit?: number): readonly MemoryHit[];
}

/** Name, description, category, agents and paths, text. */
const FIELD_WEIGHTS: readonly number[] = [3, 2.5, 1, 1, 1];
const DEFAULT_LIMIT = 20;

/**
 * A search over exactly these memories: it adds none and knows nothing of whether they are accepted. Built once for a
 * state of the store; the same memories and query give the same answer on every machine.
 */
export function createMemorySearch(memories: readonly Memory[]): MemorySearch {
  const steps = indexSteps(memories);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return searchIn(memories, step.value);
  }
}

/** The same, made a few memories at a time: `pause` resolves when others had their turn. */
export async function buildMemorySearch(
  memories: readonly Memory[],
  pause: () => Promise<unknown>,
): Promise<MemorySearch> {
  const steps = indexSteps(memories);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return searchIn(memories, step.value);
    await pause();
  }
}

function indexSteps(memories: readonly Memory[]): ReturnType<typeof FieldIndex.steps> {
  const documents = memories.map(({ slug, description, category, agents, paths, scope, body }) => [
    slug,
    description,
    category,
    [...agents, ...paths, scope.kind === 'agent' ? scope.agent : ''].join(' '),
    body,
  ]);
  return FieldIndex.steps(documents, FIELD_WEIGHTS);
}

function searchIn(memories: readonly Memory[], index: FieldIndex): MemorySearch {
  return {
    search: (query, limit = DEFAULT_LIMIT) => {
      const asked = parseMemoryQuery(query);
      const wanted = index.wanted(asked.words, asked.unfinished);
      const scored = asked.words === '' ? listed(memories, asked) : ranked(memories, asked, index.score(wanted));
      return scored.slice(0, limit).map(({ memory, score }) => ({
        memory,
        path: memory.path,
        score,
        line: bestLine(memory, anyOf(wanted), (text) => index.termsOf(text)),
      }));
    },
  };
}

interface Scored {
  readonly memory: Memory;
  readonly score: number;
}

function ranked(
  memories: readonly Memory[],
  asked: MemoryQuery,
  scores: ReadonlyMap<number, number>,
): readonly Scored[] {
  const found: Scored[] = [];
  for (const [number, score] of scores) {
    const memory = memories[number];
    if (memory === undefined || score <= 0 || !asked.lets(memory)) continue;
    if (!hasAll(memory, asked.phrases)) continue;
    found.push({ memory, score });
  }
  return found.sort((a, b) => b.score - a.score || compareText(a.memory.path, b.memory.path));
}

function listed(memories: readonly Memory[], asked: MemoryQuery): readonly Scored[] {
  return memories
    .filter((memory) => asked.lets(memory))
    .map((memory) => ({ memory, score: memory.pinned ? 2 : 1 }))
    .sort((a, b) => b.score - a.score || compareText(a.memory.path, b.memory.path));
}

function hasAll({ slug, description, body }: Memory, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return true;
  const text = `${slug}\n${description}\n${body}`.toLowerCase();
  return phrases.every((phrase) => text.includes(phrase));
}
