import type { CorePorts } from '../../core/ports';
import { listSessions, sessionPath } from '../../core/sessions/sessionFiles';
import { readState, updateState, type LocalState } from '../../core/state/localState';

/** Already dreamt ones first, then the oldest. */
function order(state: LocalState): (a: { id: string; endedAt: string }, b: { id: string; endedAt: string }) => number {
  const rank = (id: string): number => (state.dreamt[id] === undefined ? 1 : 0);
  return (a, b) => rank(a.id) - rank(b.id) || (a.endedAt < b.endedAt ? -1 : 1);
}

function forgetting(state: LocalState, removed: ReadonlySet<string>): LocalState {
  const cursors = Object.entries(state.cursors).map(
    ([file, cursor]) =>
      [file, removed.has(cursor.session) ? { ...cursor, skipped: 'removed' as const } : cursor] as const,
  );
  return { ...state, cursors: Object.fromEntries(cursors) };
}

/**
 * Removes captured sessions until the rest takes at most `maxBytes`: what was dreamt over first, the oldest first. Their
 * logs are not captured again unless they grow. Returns how many were removed.
 */
export async function makeRoom(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger' | 'clock' | 'ids' | 'lock' | 'redactor'>,
  maxBytes: number,
): Promise<number> {
  const sessions = await listSessions(ports);
  const sizes = new Map<string, number>();
  for (const { id } of sessions) sizes.set(id, (await ports.files.stat(sessionPath(id)))?.size ?? 0);
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total <= maxBytes) return 0;
  const state = await readState(ports);
  const removed = new Set<string>();
  for (const { id } of [...sessions].sort(order(state))) {
    if (total <= maxBytes) break;
    await ports.lock.hold('sessions', () => ports.files.remove(sessionPath(id)));
    total -= sizes.get(id) ?? 0;
    removed.add(id);
  }
  await updateState(ports, (current) => forgetting(current, removed));
  ports.logger.info(`${removed.size} captured sessions made room for newer ones`);
  return removed.size;
}
