import { refuseCredential } from '../boundary/credential';
import { AgentDreamsError } from '../errors';
import { getObject, putObject } from '../history/objects';
import { applyTransaction } from '../history/transaction';
import type { CorePorts } from '../ports';
import { acceptedIn } from '../state/accepted';
import { readState } from '../state/localState';
import { refuseUnseen } from '../unicode/refuseHidden';
import { isTracked } from './storePath';
import { walkStore } from './walk';

/** A memory file that is not as it was last accepted: written by a person, by git or by an agent. */
export interface OutsideChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** SHA-256 of the file now; null if it is gone. */
  readonly current: string | null;
  /** SHA-256 last accepted; null if it never was. */
  readonly accepted: string | null;
}

/** No memory is that large: the store reports such a file as a problem. */
const MAX_LOOKED_AT = 16 * 1024 * 1024;

/**
 * Every memory and steering file that holds something this user did not accept, or that is gone though they did, in path
 * order. Archived ones count too; what was accepted in another worktree of the repository is accepted.
 */
export async function outsideChanges(ports: CorePorts): Promise<readonly OutsideChange[]> {
  const accepted = acceptedIn(await readState(ports), ports.worktree);
  const missing = new Map(Object.entries(accepted.last));
  const changes: OutsideChange[] = [];
  for (const path of await walkStore(ports.files)) {
    if (!isTracked(path)) continue;
    const known = missing.get(path) ?? null;
    missing.delete(path);
    if (((await ports.files.stat(path))?.size ?? 0) > MAX_LOOKED_AT) continue;
    const bytes = await ports.files.read(path);
    const current = bytes === undefined ? null : ports.hasher.sha256(bytes);
    if (current === null || !accepted.has(path, current))
      changes.push({ path, kind: known === null ? 'added' : 'changed', current, accepted: known });
  }
  for (const [path, known] of missing) changes.push({ path, kind: 'removed', current: null, accepted: known });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function changeAt(ports: CorePorts, path: string): Promise<OutsideChange> {
  const change = (await outsideChanges(ports)).find((one) => one.path === path);
  if (change === undefined) throw new AgentDreamsError('not-found', 'The memory is as it was accepted.', { path });
  return change;
}

/**
 * Accepts the file as it is now, or that it is gone; journalled with whoever made the change. Throws `not-found` if
 * nothing is different, `credential` or `hidden-text` if the change brought a secret or unseen characters in, `conflict` if it changes again meanwhile.
 */
export async function keepOutsideChange(
  ports: CorePorts,
  path: string,
  madeBy: 'user' | 'git' | 'agent' | 'outside' = 'outside',
): Promise<void> {
  const change = await changeAt(ports, path);
  const bytes = change.current === null ? null : ((await ports.files.read(path)) ?? null);
  const was = change.accepted === null ? undefined : await objectOrNothing(ports, change.accepted);
  await ports.redactor.refresh?.();
  const textOf = (content: Uint8Array | null | undefined): string =>
    ports.text.decode(content ?? new Uint8Array()).text;
  refuseCredential(path, textOf(bytes), ports.redactor, textOf(was));
  refuseUnseen(path, textOf(bytes), textOf(was));
  await applyTransaction(ports, {
    writes: [{ path, expected: change.current, bytes, ...(was === undefined ? {} : { was }) }],
    event: { actor: madeBy, action: 'keep', note: change.kind, evidence: [byHand(ports)] },
  });
}

/** A damaged object must not stand in the way of accepting what is there. */
async function objectOrNothing(ports: CorePorts, sha256: string): Promise<Uint8Array | undefined> {
  try {
    return await getObject(ports, sha256);
  } catch (error) {
    ports.logger.warn(`The accepted text ${sha256} cannot be read: ${error instanceof Error ? error.message : ''}`);
    return undefined;
  }
}

/**
 * Goes back to what was accepted last; what is replaced stays as an object and in the snapshot. A file that never was
 * accepted is taken out of the store. Throws `not-found` if nothing is different or the accepted text is not kept.
 */
export async function revertOutsideChange(ports: CorePorts, path: string): Promise<void> {
  const change = await changeAt(ports, path);
  const accepted = change.accepted === null ? null : await getObject(ports, change.accepted);
  if (accepted === undefined) {
    throw new AgentDreamsError('not-found', 'The accepted text is no longer kept on this machine.', { path });
  }
  const present = await ports.files.read(path);
  if (present !== undefined) await putObject(ports, present);
  await applyTransaction(ports, {
    writes: [{ path, expected: change.current, bytes: accepted }],
    event: { actor: 'user', action: 'revert', note: change.kind, evidence: [byHand(ports)] },
  });
}

function byHand(ports: Pick<CorePorts, 'clock'>): { readonly kind: 'by-hand'; readonly at: string } {
  return { kind: 'by-hand', at: new Date(ports.clock.now()).toISOString() };
}
