import { appendEvent } from '../history/appendEvent';
import type { CorePorts } from '../ports';
import type { BridgeId } from './bridge';
import type { FileChange } from './planExport';

/** What was written into files of another tool. */
export interface CarriedOut {
  readonly kind: 'export' | 'remove';
  readonly bridge: BridgeId;
  readonly files: readonly FileChange[];
  /** Paths of the memories that the files tell now. */
  readonly told: readonly string[];
}

/**
 * Journals an export or its removal, so that it can be told when another agent was given a memory: each file as
 * `<bridge>:<path>` with its hashes, and the memories by their paths. No text of the files is kept. Holds the lock `store`;
 * changes nothing else. Throws what writing throws.
 */
export async function journalExport(ports: CorePorts, { kind, bridge, files, told }: CarriedOut): Promise<void> {
  const hashOf = (text: string | null): string | null =>
    text === null ? null : ports.hasher.sha256(ports.text.encode(text));
  const event = {
    actor: 'user',
    action: kind === 'export' ? 'bridge-export' : 'bridge-remove',
    ...(told.length === 0 ? {} : { note: told.join('\n') }),
    evidence: [],
  } as const;
  const changed = files.map(({ path, before, after }) => {
    return { path: `${bridge}:${path}`, before: hashOf(before), after: hashOf(after) };
  });
  await ports.lock.hold('store', () => appendEvent(ports, event, changed));
}
