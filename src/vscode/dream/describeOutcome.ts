import type { DreamOutcome } from '../../core/dream/runDream';
import { costOutcome } from '../engines/estimateWords';
import { modelMessage } from '../errors/modelWords';
import type { Translate } from '../translate';

/** One sentence about how a dream ended, for messages, the tooltip and the schedule's memory. */
export function describeOutcome(outcome: DreamOutcome, t: Translate): string {
  const ended = endWords(outcome, t);
  const cost = outcome.kind === 'nothing-new' ? '' : costOutcome(outcome.record, t);
  return cost === '' ? ended : `${ended} ${cost}`;
}

function endWords(outcome: DreamOutcome, t: Translate): string {
  switch (outcome.kind) {
    case 'completed': {
      const count = outcome.proposal.changes.length;
      if (count === 1) return t('1 change proposed.');
      if (count > 1) return t('{0} changes proposed.', count);
      return t(
        'No change proposed: {0} sessions were read, and the memory already holds what they teach, or the evidence is too thin.',
        outcome.record.sessions.length,
      );
    }
    case 'nothing-new':
      return t('Nothing to dream yet, {0} of {1} new sessions.', outcome.have, outcome.need);
    case 'canceled':
      return outcome.record.engine === 'offline'
        ? t('The dream was cancelled.')
        : t('The dream was cancelled. What was found so far is kept, and is not paid for again.');
    case 'failed':
      return modelMessage(outcome.error, t) ?? t('The dream failed: {0}', outcome.error.message);
  }
}
