import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { INDEX_LIMITS } from '../memory/memoryIndex';
import { ifKnown } from './known';

/** The index and what a session gets hold everything, and MEMORY.md is as it should be. */
export function checkIndex({ index, recall }: Pick<DoctorFacts, 'index' | 'recall'>): readonly DoctorFinding[] {
  const inIndex = ifKnown('index', index, ({ dropped, current, lines, bytes }): readonly DoctorFinding[] => [
    ...(dropped > 0
      ? [
          {
            check: 'index' as const,
            kind: 'index-full' as const,
            severity: 'warning' as const,
            about: { count: dropped, lines, bytes, mostLines: INDEX_LIMITS.lines, mostBytes: INDEX_LIMITS.bytes },
            fix: { id: 'openMemory' as const, target: 'MEMORY.md' },
          },
        ]
      : []),
    ...(current
      ? []
      : [
          {
            check: 'index' as const,
            kind: 'index-stale' as const,
            severity: 'warning' as const,
            about: {},
            fix: { id: 'rebuildIndex' as const },
          },
        ]),
  ]);
  if (!recall.known || recall.value.leftOut === 0) return inIndex;
  const { leftOut, tokens, maxTokens } = recall.value;
  return [
    ...inIndex,
    {
      check: 'index',
      kind: 'budget-full',
      severity: 'warning',
      about: { count: leftOut, tokens, maxTokens },
      fix: { id: 'openSetting', target: 'recall.maxTokens' },
    },
  ];
}
