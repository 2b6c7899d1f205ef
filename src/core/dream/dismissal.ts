import type { Dismissed, Evidence } from './finding';
import type { Candidate } from './miner';

const MAX_SUMMARY = 160;

/** What a candidate rests on. */
export function evidenceOf(candidate: Candidate): readonly Evidence[] {
  return candidate.kind === 'note' ? candidate.finding.evidence : candidate.evidence;
}

/** A candidate that is not proposed, with the place in the sessions that it came from first. */
export function dismissal(candidate: Candidate, reason: string): Dismissed {
  const first = evidenceOf(candidate).find((one) => one.kind === 'quote' || one.kind === 'event');
  return {
    miner: candidate.kind === 'note' ? candidate.finding.miner : candidate.miner,
    summary: candidate.title.slice(0, MAX_SUMMARY),
    reason,
    ...(first === undefined ? {} : { session: first.session, entry: first.entry }),
    ...(candidate.kind === 'note' ? { score: candidate.finding.score } : {}),
  };
}
