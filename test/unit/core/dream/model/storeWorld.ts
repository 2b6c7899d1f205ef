import { storeEngine } from '../../../../../src/core/dream/model/storeMiner';
import { runDream, type DreamOutcome } from '../../../../../src/core/dream/runDream';
import type { StoreDreamer, StoreDreamRequest, StoreFile } from '../../../../../src/core/model/storeDreamer';
import type { World } from '../dreamWorld';

export interface FakeStoreDreamer extends StoreDreamer {
  readonly requests: readonly StoreDreamRequest[];
}

/** Dreams at once, by this function. */
export function createFakeStoreDreamer(
  dream: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>,
  used = { input: 1_000, output: 100, cacheRead: 0, cacheWrite: 0 },
): FakeStoreDreamer {
  const requests: StoreDreamRequest[] = [];
  return {
    engine: 'managed',
    requests,
    dream: async (request, { onUsage }) => {
      requests.push(request);
      await onUsage('consolidate', 'claude-sonnet-5', used);
      const made = dream(new Map(request.files.map(({ path, text }) => [path, text])));
      return [...made].map(([path, text]): StoreFile => ({ path: `/${path}`, text }));
    },
    cleanUp: async () => await Promise.resolve([]),
  };
}

/** A dream over a store elsewhere; offline miners stay out. */
export async function dreamOverStore(world: World, dreamer: StoreDreamer, capUsd = 5): Promise<DreamOutcome> {
  const request = { trigger: 'command', minSessions: 0, engine: storeEngine({ dreamer, capUsd }) } as const;
  return await runDream(world, request, { aborted: false }, undefined, []);
}
