import type { StatusState } from './statusFor';

/** Everything the status depends on. */
export interface StatusInputs {
  readonly folders: number;
  readonly trusted: boolean;
  readonly dreaming?: { readonly message: string; readonly done: number; readonly total: number };
  readonly capturing?: { readonly done: number; readonly total: number };
  /** Why the last dream failed; gone with the next one that does not. */
  readonly failure?: string;
  readonly pending: number;
  readonly nextRunAt?: number;
}

/** A capture of fewer logs is over before anybody has read the status. */
const LONG_CAPTURE = 20;

/** The most urgent thing to say. */
export function deriveStatus(inputs: StatusInputs): StatusState {
  const { dreaming, capturing, failure, pending, nextRunAt } = inputs;
  if (inputs.folders === 0) return { kind: 'off', reason: 'no-folder' };
  if (!inputs.trusted) return { kind: 'off', reason: 'untrusted' };
  if (dreaming) return { kind: 'dreaming', ...dreaming };
  if (capturing && capturing.total >= LONG_CAPTURE) return { kind: 'capturing', ...capturing };
  if (failure !== undefined) return { kind: 'error', message: failure };
  if (pending > 0) return { kind: 'review', pending };
  return nextRunAt === undefined ? { kind: 'manual' } : { kind: 'scheduled', nextRunAt };
}
