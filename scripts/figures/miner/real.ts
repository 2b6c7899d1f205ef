import { measureReal, type JudgedChange } from '../../../bench/quality/real';
import { shownShare } from '../../../bench/quality/statistics';
import { say } from '../../process';
import { root } from '../../root';
import { atLeast, atMost, exactly, skipped, type Measurement } from '../figure';
import { archives, withTranscripts } from '../transcripts';

const PRECISION = 0.9;

/** Must show 2: nine of ten proposals over real sessions that no miner was tuned on are worth a memory. */
export const real: Measurement = {
  name: 'real',
  measure: async () => {
    if (archives().length === 0) {
      return [skipped('real-test-precision', `>=${PRECISION}`, 'no transcripts beside the checkout')];
    }
    const score = await withTranscripts((folder) => measureReal(root, folder, 'test'));
    const { changes, precision, strict, recall, barren } = score;
    for (const change of [...changes, ...barren.changes]) say(`# ${shown(change)}`);
    say(
      `# precision among the labelled: ${shownShare(precision)}; what nobody labelled taken as wrong: ${shownShare(strict)}`,
    );
    say(`# items worth a memory by themselves that a proposal rests on: ${shownShare(recall)}`);
    return [
      atLeast('real-test-sessions-dreamt-over', score.sessions, 80),
      atLeast('real-test-proposals', changes.length, 1),
      atLeast('real-test-precision', precision.value, PRECISION),
      atLeast('real-test-precision-with-unlabelled-as-wrong', strict.value, PRECISION),
      atMost('real-test-proposals-per-100-prompts', score.per100Prompts, 5),
      exactly('proposals-where-nothing-durable-was-said', barren.changes.length, 0),
    ];
  },
};

function shown({ repo, path, title, verdict }: JudgedChange): string {
  return `${verdict}: ${repo}: ${path}: ${title}`;
}
