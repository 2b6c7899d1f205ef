import type { Dismissed, Evidence } from './finding';
import type { Candidate } from './miner';

const MAX_SUMMARY = 160;

/** What a candidate rests on. */
export function evidenceOf(candidate: Candidate): readonly Evidence[] {
  return candidate.kind === 'note' ? candidate.finding.evidence : candidate.evidence;
}

/** Where in the sessions a piece of evidence is; nothing for what is not of a session. */
export function placeOf(evidence: Evidence | undefined): Pick<Dismissed, 'session' | 'entry'> {
  if (evidence?.kind !== 'quote' && evidence?.kind !== 'event') return {};
  return { session: evidence.session, entry: evidence.entry };
}

/** A candidate that is not proposed, with the place in the sessions that it came from first. */
export function dismissal(candidate: Candidate, reason: string): Dismissed {
  const first = evidenceOf(candidate).find((one) => one.kind === 'quote' || one.kind === 'event');
  return {
    miner: candidate.kind === 'note' ? candidate.finding.miner : candidate.miner,
    summary: candidate.title.slice(0, MAX_SUMMARY),
    reason,
    ...placeOf(first),
    ...(candidate.kind === 'note' ? { score: candidate.finding.score } : {}),
  };
}
