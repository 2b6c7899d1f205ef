import type { Candidate } from '../dream/miner';
import type { FileEdit } from '../review/proposal';
import type { Trust } from '../dream/finding';
import { TrustJudge, type JudgeContext } from './judge';
import { addedLines } from './addedText';
import { sentencesOf } from '../dream/memoryText';
import { contentStems, oneSpace } from '../dream/text/words';
import { inSessions } from '../dream/verify';
import { isBelow, isQuarantined, lowestTrust } from './trustOf';

/** The judge of a candidate's words, or undefined for an edit of known words, which is judged by its files alone. */
export function judgeOf(candidate: Candidate, context: JudgeContext): TrustJudge | undefined {
  if (candidate.kind === 'edit') {
    const evidence = inSessions(candidate.evidence);
    return candidate.bringsWords === true && evidence.length > 0
      ? new TrustJudge({ texts: newSentences(candidate), evidence }, context)
      : undefined;
  }
  const { description, body, evidence } = candidate.finding;
  return new TrustJudge({ texts: [description, body], evidence }, context);
}

/** The candidate with the trust it has, or why it may not be proposed at all. A miner's claim can only lower it. */
export function judgedCandidate(candidate: Candidate, judge: TrustJudge | undefined): Candidate | string {
  if (candidate.kind === 'edit') {
    const words = judge?.conclude().trust ?? editTrust(candidate);
    const trust = lowestTrust([candidate.trust, words]);
    if (candidate.bringsWords === true && isQuarantined(trust))
      return 'what no person said stands beside what a person accepted, never in it';
    return { ...candidate, trust };
  }
  const judged = judge?.conclude();
  if (judged === undefined || judged.onlyRecalled)
    return 'only memory speaks for it, and memory is no evidence for itself';
  const trust = lowestTrust([candidate.finding.trust, judged.trust]);
  return { ...candidate, finding: { ...candidate.finding, trust, quotesTool: judged.quotesTool } };
}

/** Sentences of an edit's files that no memory of it held before. */
function newSentences({ files }: Extract<Candidate, { kind: 'edit' }>): readonly string[] {
  const known = oneSpace(files.map(({ before }) => before ?? '').join('\n'));
  return files
    .flatMap((file) => addedLines(file).split('\n'))
    .flatMap(sentencesOf)
    .filter((sentence) => !known.includes(oneSpace(sentence)));
}

/**
 * Hygiene moves words that are in memory already, and puts in what the workspace shows. It never brings other words in:
 * those would be the agent's, whatever the edit calls itself.
 */
function editTrust({ files, evidence }: Extract<Candidate, { kind: 'edit' }>): Trust {
  const known = contentStems(
    [...files.map(({ before }) => before ?? ''), ...evidence.flatMap((one) => wordsOfEvidence(one))].join('\n'),
  );
  const strange = files.some((file: FileEdit) => [...contentStems(addedLines(file))].some((stem) => !known.has(stem)));
  const spoken = evidence.flatMap((one): Trust[] => (one.kind === 'quote' ? [one.by] : []));
  const trust = lowestTrust(['observed', ...spoken]);
  return strange && isBelow('agent', trust) ? 'agent' : trust;
}

function wordsOfEvidence(evidence: Extract<Candidate, { kind: 'edit' }>['evidence'][number]): readonly string[] {
  switch (evidence.kind) {
    case 'check':
      return [evidence.subject, evidence.detail];
    case 'memory':
      return [evidence.path, evidence.quote];
    case 'by-hand':
      return [];
    case 'usage':
      // How a memory loads is no word of its own.
      return ['load: always, index, on-demand'];
    default:
      return [evidence.quote];
  }
}
