import type { Hasher } from '../ports';
import { isNegative, valueSlots } from './text/slots';
import { compareText, contentStems } from './text/words';

/**
 * What a rejection is remembered by: the claim as a set of stems with its values and whether it forbids; independent of
 * word order, politeness, tense and the miner that found it.
 */
export function claimFingerprint(claim: string, hasher: Hasher): string {
  const stems = [...contentStems(claim)].sort(compareText);
  const slots = [...valueSlots(claim)].sort(compareText);
  return hasher.sha256(JSON.stringify(['claim', isNegative(claim), stems, slots])).slice(0, 32);
}

/** The fingerprint of an operation on files (merge, archive …): the same files in the same state, the same operation. */
export function operationFingerprint(operation: string, parts: readonly string[], hasher: Hasher): string {
  return hasher.sha256(JSON.stringify([operation, ...[...parts].sort(compareText)])).slice(0, 32);
}
