import { AgentDreamsError } from '../errors';
import { applyTransaction } from '../history/transaction';
import type { CorePorts } from '../ports';
import { archivePath, placeOf, restoredPath } from './storePath';

/**
 * Moves a memory to the archive, out of the index and of recall; returns where it went. Throws `invalid-path`,
 * `not-found`, or `conflict` if an archived memory of that name exists.
 */
export async function archiveMemory(ports: CorePorts, path: string): Promise<string> {
  const scope = placeOf(path)?.scope;
  if (scope === undefined || scope.kind === 'archive') {
    throw new AgentDreamsError('invalid-path', 'Only a memory outside the archive can be archived.', { path });
  }
  return move(ports, path, archivePath(path), 'archive');
}

/** Moves an archived memory back to where it was; returns where. Throws as `archiveMemory` does. */
export async function restoreMemory(ports: CorePorts, path: string): Promise<string> {
  const target = restoredPath(path);
  if (target === undefined) throw new AgentDreamsError('invalid-path', 'Not an archived memory.', { path });
  return move(ports, path, target, 'restore');
}

async function move(ports: CorePorts, from: string, to: string, action: 'archive' | 'restore'): Promise<string> {
  const bytes = await ports.files.read(from);
  if (bytes === undefined) throw new AgentDreamsError('not-found', 'There is no such memory.', { path: from });
  const at = new Date(ports.clock.now()).toISOString();
  await applyTransaction(ports, {
    writes: [
      { path: to, expected: null, bytes },
      { path: from, expected: ports.hasher.sha256(bytes), bytes: null },
    ],
    event: { actor: 'user', action, evidence: [{ kind: 'by-hand', at }] },
  });
  return to;
}
