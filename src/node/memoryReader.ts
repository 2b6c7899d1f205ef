import { readEffectiveStore } from '../core/memory/effective';
import { agentMemory, type AgentMemory, type Asking } from '../core/recall/agentTools';
import type { NodePorts } from './nodePorts';
import { storeStamp } from './storeStamp';

/** Reads what an agent sees, as it is now. */
export type MemoryReader = () => Promise<AgentMemory>;

interface Kept {
  readonly stamp: string;
  readonly memory: AgentMemory;
}

/**
 * Reads the store afresh whenever one of its files changed; else what was read before is given again. Calls at one time
 * share one look, but never one that began before they did.
 */
export function createMemoryReader(workspaceRoot: string, ports: NodePorts, asking: Asking): MemoryReader {
  let kept: Kept | undefined;
  const look = async (): Promise<AgentMemory> => {
    const stamp = await storeStamp(workspaceRoot, ports.localRoot);
    if (kept?.stamp !== stamp) {
      const memory = agentMemory(await readEffectiveStore(ports), asking, ports.hasher);
      // The stamp is from before the reading: what changed meanwhile is seen at the next look.
      kept = { stamp, memory };
    }
    return kept.memory;
  };
  return shared(look);
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
