import { minimatch } from 'minimatch';
import type { Memory } from '../memory/memory';

const WORD = /"([^"]{1,200})"|(\S{1,500})/gu;
const FILTER = /^(agent|in|path|is):(\S{1,300})$/iu;
const LONGEST_QUERY = 2_000;

/** What somebody typed into the search. */
export interface MemoryQuery {
  /** What is looked for, without the filters. */
  readonly words: string;
  /** In quotes: they stand in the memory as they are, but for the case of letters. Lower case. */
  readonly phrases: readonly string[];
  /** The last word may go on. */
  readonly unfinished: boolean;
  /** True for memories that the filters let through; archived ones only where they are asked for. */
  lets(memory: Memory): boolean;
}

/**
 * Reads `agent:reviewer`, `in:conventions`, `path:src/a.ts` (what applies there), `is:pinned`, `is:archived`,
 * `is:personal`, `is:team`, `"exact words"`. Several filters all count; a filter that nobody knows is a word.
 */
export function parseMemoryQuery(query: string): MemoryQuery {
  const filters: ((memory: Memory) => boolean)[] = [];
  const words: string[] = [];
  const phrases: string[] = [];
  let archived = false;
  const typed = query.slice(0, LONGEST_QUERY);
  for (const [, phrase, word = ''] of typed.matchAll(WORD)) {
    if (phrase !== undefined) {
      phrases.push(phrase.toLowerCase());
      words.push(phrase);
      continue;
    }
    const [, key = '', value = ''] = FILTER.exec(word) ?? [];
    const filter = filterOf(key.toLowerCase(), value.toLowerCase(), value);
    if (filter === undefined) words.push(word);
    else filters.push(filter);
    if (key.toLowerCase() === 'is' && value.toLowerCase() === 'archived') archived = true;
  }
  return {
    words: words.join(' '),
    phrases,
    unfinished: /[^\s"]$/u.test(typed),
    lets: (memory) => (memory.scope.kind === 'archive') === archived && filters.every((filter) => filter(memory)),
  };
}

function filterOf(key: string, value: string, asTyped: string): ((memory: Memory) => boolean) | undefined {
  if (key === 'in') return ({ category }) => category.startsWith(value);
  if (key === 'agent') {
    return ({ scope, agents }) =>
      (scope.kind === 'agent' && scope.agent === value) || agents.some((agent) => agent.toLowerCase() === value);
  }
  if (key === 'path') return (memory) => appliesTo(memory, asTyped.replace(/^\.?\/+/u, ''));
  return key === 'is' ? STATES.get(value) : undefined;
}

const STATES: ReadonlyMap<string, (memory: Memory) => boolean> = new Map([
  ['archived', ({ scope }: Memory) => scope.kind === 'archive'],
  ['pinned', ({ pinned }: Memory) => pinned],
  ['personal', ({ scope }: Memory) => scope.kind === 'personal'],
  ['team', ({ scope }: Memory) => scope.kind === 'team'],
]);

/** A memory without globs applies everywhere. */
function appliesTo({ paths }: Memory, path: string): boolean {
  return (
    paths.length === 0 || paths.some((glob) => minimatch(path, glob, { dot: true, nocomment: true, nonegate: true }))
  );
}
