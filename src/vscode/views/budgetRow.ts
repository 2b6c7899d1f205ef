import type { Memory } from '../../core/memory/memory';
import { INDEX_LIMITS } from '../../core/memory/memoryIndex';
import type { Translate } from '../translate';
import type { ViewNode } from './viewNode';

/** The index as the view shows it. */
export interface BudgetInput {
  readonly lines: number;
  readonly bytes: number;
  /** Memories that did not fit into the index. */
  readonly dropped: readonly string[];
}

/** How much of an agent's context the memory takes when a session starts. */
export interface ToldInput {
  readonly tokens: number;
  readonly maxTokens: number;
  /** Memories that are printed whole, as a line, and not at all. */
  readonly whole: number;
  readonly lines: number;
  readonly left: number;
}

interface BudgetRowInput {
  readonly memories: readonly Memory[];
  readonly budget: BudgetInput;
  readonly told?: ToldInput;
}

/** Kilobytes with one decimal, without depending on the locale. */
function kilobytes(bytes: number): string {
  return (Math.round((bytes / 1024) * 10) / 10).toFixed(1);
}

function toldWords(told: ToldInput | undefined, t: Translate): readonly string[] {
  if (told === undefined) return [];
  const { tokens, maxTokens, whole, lines, left } = told;
  return [
    t('A session starts with about {0} of at most {1} tokens of memory', tokens, maxTokens),
    t('{0} memories whole, {1} as a line, {2} only counted', whole, lines, left),
  ];
}

/** The first row of a folder: the index, and what a session starts with. */
export function budgetRow(input: BudgetRowInput, folder: string, t: Translate): ViewNode {
  const { lines, bytes, dropped } = input.budget;
  const full = dropped.length > 0;
  const always = input.memories.filter(({ load, scope }) => load === 'always' && scope.kind !== 'archive');
  const scoped = input.memories.filter(({ paths, agents }) => paths.length + agents.length > 0);
  const description = t(
    '{0} of {1} lines, {2} of {3} KB',
    lines,
    INDEX_LIMITS.lines,
    kilobytes(bytes),
    INDEX_LIMITS.bytes / 1024,
  );
  const { told } = input;
  const facts = [
    description,
    ...toldWords(told, t),
    t('{0} load always, {1} are scoped to paths or agents', always.length, scoped.length),
    ...(full ? [t('Not in the index for lack of room: {0}', dropped.join(', '))] : []),
  ];
  return {
    id: `${folder}/budget`,
    label: t('Index'),
    description: [
      ...(told === undefined ? [] : [t('{0} of {1} tokens', told.tokens, told.maxTokens)]),
      description,
      ...(full ? [t('{0} left out', dropped.length)] : []),
    ].join(' · '),
    tooltip: facts.join('\n'),
    icon: full ? { name: 'warning', color: 'list.warningForeground' } : { name: 'list-unordered' },
    accessibleLabel: [t('Index'), ...facts].join(', '),
    contextValue: 'budget',
    target: { kind: 'memory', folder, path: 'MEMORY.md' },
    children: [],
  };
}
