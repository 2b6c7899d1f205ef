import type { SessionHeader } from '../sessions/session';
import { isEntryId } from './recalledText';

/** What sessions say about one memory. Counts of sessions, but for `success` and `corrected`, which are beats. */
export interface MemoryUsage {
  /** Sessions whose context it was put into, whole or as a line of the index. */
  readonly loaded: number;
  /** Those of them in which there was nothing of it but that line. */
  readonly listed: number;
  /** ISO 8601 UTC; missing if it never was, or no log says when. */
  readonly lastLoadedAt?: string;
  /** Sessions in which an agent opened it. */
  readonly read: number;
  /** Sessions in which an agent named it by its id. */
  readonly cited: number;
  /** When an agent last opened or named it: the end of that session. */
  readonly lastUsedAt?: string;
  /** Beats in which it was opened or named and that ended well, and those that the user corrected. */
  readonly success: number;
  readonly corrected: number;
}

/** Of a memory that no session knows. */
export const NO_USAGE: MemoryUsage = { loaded: 0, listed: 0, read: 0, cited: 0, success: 0, corrected: 0 };

type UsedSession = Pick<SessionHeader, 'recalled' | 'memoryUse' | 'memoriesRead' | 'endedAt'>;
type Names = ReadonlyMap<string, string>;
const IN_STORE = /(?:^|[\\/])\.agent-memory[\\/]/u;

/**
 * What the sessions say about each memory, by its path in the store. `ids` are those of all memories, by path (see
 * `entryIds`); what names none of them is left out. Headers are enough: nothing of the sessions is read. Memories that no
 * session knows are not in the result. Pure.
 */
export function usageOf(
  sessions: Iterable<UsedSession>,
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, MemoryUsage> {
  const usage = new Map<string, MemoryUsage>();
  const byId = new Map([...ids].map(([path, id]) => [id, path]));
  for (const session of sessions) {
    for (const [path, here] of usageIn(session, byId, ids)) {
      usage.set(path, plus(usage.get(path) ?? NO_USAGE, here));
    }
  }
  return usage;
}

/** The path of a memory by its id, or by what an agent wrote to open it; undefined for the index and anything else. */
export function memoryNamed(named: string, byId: Names, paths: Names): string | undefined {
  const id = named.replace(/^\[|\]$/gu, '');
  if (isEntryId(id)) return byId.get(id);
  const path = (named.split(IN_STORE).at(-1) ?? '').replaceAll('\\', '/').replace(/^\.\//u, '');
  return paths.has(path) ? path : undefined;
}

function usageIn(session: UsedSession, byId: Names, paths: Names): ReadonlyMap<string, MemoryUsage> {
  const usage = new Map<string, MemoryUsage>();
  const change = (path: string | undefined, how: (before: MemoryUsage) => MemoryUsage): void => {
    if (path !== undefined) usage.set(path, how(usage.get(path) ?? NO_USAGE));
  };
  const whole = new Set(
    session.recalled.flatMap(({ entries, listed = [] }) => entries.filter((id) => !listed.includes(id))),
  );
  for (const { at, entries } of session.recalled) {
    for (const id of entries)
      change(byId.get(id), (before) => ({
        ...before,
        loaded: 1,
        listed: whole.has(id) ? 0 : 1,
        ...(at === '' ? {} : { lastLoadedAt: later(before.lastLoadedAt, at) }),
      }));
  }
  const used = session.endedAt === '' ? {} : { lastUsedAt: session.endedAt };
  for (const { memory, read, cited, success, corrected } of session.memoryUse) {
    change(memoryNamed(memory, byId, paths), (before) => ({
      ...before,
      ...used,
      read: Math.max(before.read, Math.min(read, 1)),
      cited: Math.max(before.cited, Math.min(cited, 1)),
      success: before.success + success,
      corrected: before.corrected + corrected,
    }));
  }
  // Sessions captured before beats were counted say only that it was opened.
  for (const path of session.memoriesRead)
    change(memoryNamed(path, byId, paths), (before) => ({ ...before, ...used, read: 1 }));
  return usage;
}

function plus(a: MemoryUsage, b: MemoryUsage): MemoryUsage {
  const loadedAt = later(a.lastLoadedAt, b.lastLoadedAt);
  const usedAt = later(a.lastUsedAt, b.lastUsedAt);
  return {
    loaded: a.loaded + b.loaded,
    listed: a.listed + b.listed,
    ...(loadedAt === undefined ? {} : { lastLoadedAt: loadedAt }),
    read: a.read + b.read,
    cited: a.cited + b.cited,
    ...(usedAt === undefined ? {} : { lastUsedAt: usedAt }),
    success: a.success + b.success,
    corrected: a.corrected + b.corrected,
  };
}

/** Times of one form: their text orders them. */
function later(a: string | undefined, b: string): string;
function later(a: string | undefined, b: string | undefined): string | undefined;
function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? b : a;
}
