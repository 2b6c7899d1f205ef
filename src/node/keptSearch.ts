import { setImmediate } from 'node:timers/promises';
import { readEffectiveStore } from '../core/memory/effective';
import type { Memory } from '../core/memory/memory';
import type { CorePorts } from '../core/ports';
import type { AttachedView } from '../core/recall/sessionText';
import { buildMemorySearch, type MemorySearch } from '../core/search/memorySearch';
import type { AttachedSource } from './attachedSource';
import type { StorePlace } from './memoryReader';
import { storeStamp } from './storeStamp';

/** What a person can look for in a store. */
export interface SearchedStore {
  readonly search: MemorySearch;
  /** Paths whose content this user has not accepted. */
  readonly waiting: ReadonlySet<string>;
}

/** What a person can look for in attached stores: what they accepted. */
export interface SearchedAttached {
  readonly search: MemorySearch;
  /** The store of each memory, by its path. */
  readonly storeOf: ReadonlyMap<string, AttachedView>;
}

/** All memories of the store, accepted or not; the index is kept while no file changes. */
export function keepStoreSearch(where: StorePlace, ports: CorePorts): () => Promise<SearchedStore> {
  return kept(
    () => storeStamp(where.workspaceRoot, where.localRoot),
    async () => {
      const { memories, waiting } = await readEffectiveStore(ports);
      return {
        search: await buildMemorySearch([...memories, ...waiting], pause),
        waiting: new Set(waiting.map(({ path }) => path)),
      };
    },
  );
}

/** The accepted memories of attached stores; the index is kept while no file of them changes. */
export function keepAttachedSearch(source: AttachedSource): () => Promise<SearchedAttached> {
  return kept(
    () => source.stamp(),
    async () => {
      const storeOf = new Map<string, AttachedView>();
      const memories: Memory[] = [];
      for (const view of await source.views()) {
        view.memories.forEach(({ path }) => storeOf.set(path, view));
        memories.push(...view.memories);
      }
      return { search: await buildMemorySearch(memories, pause), storeOf };
    },
  );
}

/** Lets everything else that waits have its turn: an index of many memories takes a second. */
const pause = (): Promise<unknown> => setImmediate();

/** Makes it once for each stamp; who asks while it is made gets the same. */
function kept<T>(stamp: () => Promise<string>, make: () => Promise<T>): () => Promise<T> {
  let last: { readonly stamp: string; readonly made: Promise<T> } | undefined;
  return async () => {
    // From before the reading: what changes meanwhile is seen the next time.
    const now = await stamp();
    if (last?.stamp !== now) {
      const next = { stamp: now, made: make() };
      last = next;
      next.made.catch(() => {
        if (last === next) last = undefined;
      });
    }
    return last.made;
  };
}
