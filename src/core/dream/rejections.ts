import { sessionOfKey } from './evidenceKey';

/** A rejection as `state.json` remembers it. */
export interface Rejection {
  readonly evidence: readonly string[];
}

/**
 * True if a claim was rejected and nothing new speaks for it. New evidence is a key that the rejection did not know,
 * from a session that it did not know: one more statement of the user is enough; what was only observed must be seen in
 * as many new sessions as were rejected, or every session that runs the same command would bring it back; counts of use must have doubled.
 *
 * A claim is the rejected one if the fingerprint is the same, or if it quotes the same words: so a new wording of the
 * title does not bring it back.
 */
export function isRejected(
  claim: { readonly fingerprint: string; readonly keys: readonly string[] },
  rejected: Readonly<Record<string, Rejection>>,
): boolean {
  return Object.entries(rejected).some(([fingerprint, rejection]) => {
    const same = fingerprint === claim.fingerprint || sharesQuote(claim.keys, rejection.evidence);
    return same && !hasNewEvidence(claim.keys, rejection.evidence);
  });
}

function hasNewEvidence(keys: readonly string[], known: readonly string[]): boolean {
  const knownSessions = new Set(known.map(sessionOfKey));
  const fresh = keys.filter((key) => !known.includes(key));
  const freshInNewSession = fresh.filter((key) => {
    const session = sessionOfKey(key);
    return session !== undefined && !knownSessions.has(session);
  });
  if (freshInNewSession.some((key) => key.startsWith('quote:'))) return true;
  const newSessions = new Set(freshInNewSession.map(sessionOfKey)).size;
  if (newSessions > 0) return newSessions >= Math.max(1, knownSessions.size);
  return fresh.some((key) => key.startsWith('check:') || key.startsWith('usage:'));
}

function sharesQuote(keys: readonly string[], known: readonly string[]): boolean {
  return keys.some((key) => key.startsWith('quote:') && known.includes(key));
}
