import { idsNamedIn } from '../recall/recalledText';
import { openedMemories } from './openedMemories';
import type { MemoryUse, Outcome, SessionEntry } from './session';

/** Folds the entries of a session into which memories its agents turned to, and how those beats ended. */
export interface MemoryUseTally {
  add(entry: SessionEntry): void;
  /** The beat is over, and ended so. */
  endBeat(grade: Outcome): void;
  /** All until now; the open beat counts as if it ended so. */
  soFar(grade: Outcome): readonly MemoryUse[];
}

const MOST = 300;

export function createMemoryUse(): MemoryUseTally {
  let closed: ReadonlyMap<string, MemoryUse> = new Map();
  let open = new Map<string, { read: number; cited: boolean }>();

  const touch = (memory: string, how: 'read' | 'cited'): void => {
    if (!open.has(memory) && open.size >= MOST) return;
    const before = open.get(memory) ?? { read: 0, cited: false };
    open.set(memory, how === 'read' ? { ...before, read: before.read + 1 } : { ...before, cited: true });
  };
  const withOpen = (grade: Outcome): ReadonlyMap<string, MemoryUse> => {
    if (open.size === 0) return closed;
    const all = new Map(closed);
    for (const [memory, { read, cited }] of open) {
      const before = all.get(memory) ?? { memory, read: 0, cited: 0, success: 0, corrected: 0 };
      if (!all.has(memory) && all.size >= MOST) continue;
      all.set(memory, {
        memory,
        read: before.read + read,
        cited: before.cited + (cited ? 1 : 0),
        success: before.success + (grade === 'success' ? 1 : 0),
        corrected: before.corrected + (grade === 'corrected' ? 1 : 0),
      });
    }
    return all;
  };

  return {
    add(entry) {
      if (entry.kind === 'call') for (const path of openedMemories(entry)) touch(path, 'read');
      if (entry.kind === 'assistant') for (const id of idsNamedIn(entry.text)) touch(id, 'cited');
    },
    endBeat(grade) {
      closed = withOpen(grade);
      open = new Map();
    },
    soFar: (grade) => [...withOpen(grade).values()],
  };
}
