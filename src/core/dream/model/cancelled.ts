import { AgentDreamsError } from '../../errors';
import type { CancelSignal } from '../../ports';

/** Throws `cancelled` once the user has cancelled the dream. */
export function throwIfCancelled(signal: CancelSignal): void {
  if (signal.aborted) throw new AgentDreamsError('cancelled', 'The dream was canceled.');
}
