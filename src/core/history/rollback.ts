import { AgentDreamsError } from '../errors';
import { isTracked } from '../memory/storePath';
import { walkStore } from '../memory/walk';
import type { CorePorts } from '../ports';
import { acceptedIn } from '../state/accepted';
import { readState } from '../state/localState';
import type { JournalLine } from './journal';
import { getObject } from './objects';
import { readSnapshot } from './snapshots';
import { applyTransaction, type FileWrite } from './transaction';

/**
 * Brings memories and steering files back to what they were when the snapshot was taken, as a change of its own that can
 * be rolled back in turn; undefined if nothing differs. What came later leaves the tree and stays in the new snapshot.
 *
 * Throws `not-found` for an unknown snapshot or content that is no longer kept, and `conflict` if a file was changed
 * outside since it was accepted: nobody's text is replaced unseen.
 */
export async function rollback(ports: CorePorts, snapshotId: string): Promise<JournalLine | undefined> {
  const writes = await planRollback(ports, snapshotId);
  if (writes.length === 0) return undefined;
  const at = new Date(ports.clock.now()).toISOString();
  const event = { actor: 'user', action: 'rollback', note: snapshotId, evidence: [{ kind: 'by-hand', at }] } as const;
  return applyTransaction(ports, { writes, event });
}

/** What `rollback` would write, in path order; changes nothing. Throws what `rollback` throws. */
export async function planRollback(ports: CorePorts, snapshotId: string): Promise<readonly FileWrite[]> {
  const snapshot = await readSnapshot(ports, snapshotId);
  if (snapshot === undefined) throw new AgentDreamsError('not-found', 'No such snapshot.', { snapshot: snapshotId });
  const wanted = new Map(Object.entries(snapshot.files).filter(([path]) => isTracked(path)));
  const present = (await walkStore(ports.files)).filter(isTracked);
  const accepted = new Map(Object.entries(acceptedIn(await readState(ports), ports.worktree).last));
  const writes: FileWrite[] = [];
  for (const path of [...new Set([...present, ...wanted.keys()])].sort()) {
    const write = await writeBack(ports, { path, wanted: wanted.get(path), accepted: accepted.get(path) });
    if (write !== undefined) writes.push(write);
  }
  return writes;
}

async function writeBack(
  ports: CorePorts,
  file: { readonly path: string; readonly wanted: string | undefined; readonly accepted: string | undefined },
): Promise<FileWrite | undefined> {
  const { path, wanted, accepted } = file;
  const bytes = await ports.files.read(path);
  const expected = bytes === undefined ? null : ports.hasher.sha256(bytes);
  if (expected === (wanted ?? null)) return undefined;
  if (expected !== (accepted ?? null)) {
    throw new AgentDreamsError('conflict', `${path} was changed outside since it was accepted.`, { path });
  }
  if (wanted === undefined) return { path, expected, bytes: null };
  const content = await getObject(ports, wanted);
  if (content === undefined) {
    throw new AgentDreamsError('not-found', `The earlier text of ${path} is no longer kept.`, { path });
  }
  return { path, expected, bytes: content };
}
