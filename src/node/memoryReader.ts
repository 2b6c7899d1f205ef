import { readEffectiveStore, type EffectiveStore } from '../core/memory/effective';
import { agentMemory, type AgentMemory, type Asking } from '../core/recall/agentMemory';
import type { CorePorts } from '../core/ports';
import type { AttachedSource } from './attachedSource';
import { storeStamp } from './storeStamp';

/** A store, read as it is at each call. */
export interface MemoryReader {
  /** What the agent sees of it. */
  readonly read: () => Promise<AgentMemory>;
  /** All of it that is accepted, and what waits. */
  readonly store: () => Promise<EffectiveStore>;
}

/** Where a store is on disk. */
export interface StorePlace {
  readonly workspaceRoot: string;
  /** The store folder that holds `.local`. */
  readonly localRoot: string;
}

interface Kept {
  readonly stamp: string;
  readonly store: EffectiveStore;
  readonly memory: AgentMemory;
}

const NONE: AttachedSource = { stamp: () => Promise.resolve(''), views: () => Promise.resolve([]) };

/**
 * Reads the store afresh whenever one of its files changed, or one of an attached store; else what was read before is given again. Calls at one time
 * share one look, but never one that began before they did.
 */
export function createMemoryReader(
  where: StorePlace,
  ports: CorePorts,
  asking: Asking,
  attached: AttachedSource = NONE,
): MemoryReader {
  let kept: Kept | undefined;
  const look = shared(async (): Promise<Kept> => {
    const stamps = await Promise.all([storeStamp(where.workspaceRoot, where.localRoot), attached.stamp()]);
    const stamp = stamps.join('\n\n');
    if (kept?.stamp !== stamp) {
      const store = await readEffectiveStore(ports);
      // The stamp is from before the reading: what changed meanwhile is seen at the next look.
      kept = { stamp, store, memory: agentMemory(store, asking, ports.hasher, await attached.views()) };
    }
    return kept;
  });
  return { read: async () => (await look()).memory, store: async () => (await look()).store };
}

/** Runs `work` once for all who ask before it begins; one run at a time. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        const mine = next;
        next = undefined;
        running = mine ?? running;
        return work();
      });
    return next;
  };
}
