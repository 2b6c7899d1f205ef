import type { CorePorts } from '../ports';
import { updateState, type LocalState } from '../state/localState';
import { appendEntry, prepareEntry, withHead, type JournalEntry, type JournalEvent } from './journal';

/**
 * Journals what is no change of this store's own files, and changes the local state in the same step. Call it only while
 * holding the lock `store`. Throws what writing throws.
 */
export async function appendEvent(
  ports: CorePorts,
  event: JournalEvent,
  files: JournalEntry['files'],
  change: (state: LocalState) => LocalState = (state) => state,
): Promise<void> {
  const line = await appendEntry(ports, await prepareEntry(ports, event, files, []));
  await updateState(ports, (state) => ({ ...change(state), ...withHead(state.journal, line, true) }));
}
