import { readStore } from '../memory/store';
import type { CorePorts } from '../ports';
import type { SessionHeader } from '../sessions/session';
import { entryIds } from './entryId';
import { readRecallReport } from './recallReport';
import { usageOf, type MemoryUsage } from './usage';

/**
 * How the memories of this store, and of those attached to it, were used in these sessions; by path. Reads the store and
 * what was rendered last; writes nothing.
 */
export async function readUsage(
  ports: CorePorts,
  sessions: Iterable<SessionHeader>,
): Promise<ReadonlyMap<string, MemoryUsage>> {
  const { memories } = await readStore(ports);
  const report = await readRecallReport(ports);
  const ids = new Map(
    entryIds(
      ports.hasher,
      memories.map(({ path }) => path),
    ),
  );
  // What agents were told counts: it knows attached stores too.
  for (const { entries } of report?.views ?? []) for (const { path, id } of entries) ids.set(path, id);
  return usageOf(sessions, ids);
}
