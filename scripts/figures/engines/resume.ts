import { runResume, type ResumeReport } from '../../../bench/engines/resume';
import type { KillPoint } from '../../../bench/engines/resumeServer';
import { say } from '../../process';
import { atMost, exactly, type Figure, type Measurement } from '../figure';

const SESSIONS = 20;
/** Requests that the engine has under way at once: a kill can cost no more. */
const AT_ONCE = 6;

const answers = (count: number): KillPoint => ({ at: 'answers', count });
const kept = (count: number): KillPoint => ({ at: 'kept', count });
const looks = (count: number): KillPoint => ({ at: 'looks', count });

/** Must show 3: a process that dreams is killed, again and again, and the dream goes on where it stood. */
export const resume: Measurement = {
  name: 'resume',
  measure: async () => [
    ...told('in-the-middle', await runResume(SESSIONS, 'claude', [answers(0), answers(1), answers(7), answers(6)])),
    ...told(
      'anywhere',
      await runResume(SESSIONS, 'claude', [kept(5), { at: 'requests', count: 6, laterMs: 11 }, kept(13)]),
    ),
    ...told('before-changes', await runResume(SESSIONS, 'claude', [{ at: 'changes' }])),
    ...told(
      'batch',
      await runResume(SESSIONS, 'claude-batch', [looks(1), looks(2), kept(3), kept(12), { at: 'changes' }]),
      1,
    ),
  ],
};

function told(name: string, report: ResumeReport, batches = 0): readonly Figure[] {
  const { kills, sent, sentTwice, underWay, kept: onDisk, changes, sameProposal } = report;
  say(
    `# ${name}: ${kills} kills with ${onDisk.join(', ')} answers on the disk; ${sent} requests for ${SESSIONS} sessions, ` +
      `${underWay} of them once more because a kill met them under way; ${changes} changes`,
  );
  return [
    exactly(`resumed-${name}-sessions-sent-twice`, sentTwice, 0),
    batches === 0
      ? atMost(`resumed-${name}-sent-again-from-under-way-per-kill`, underWay / kills, AT_ONCE)
      : exactly(`resumed-${name}-batches`, report.batches, batches),
    exactly(`resumed-${name}-sessions-sent-besides`, sent - underWay, SESSIONS),
    exactly(`resumed-${name}-proposal-as-undisturbed`, sameProposal && changes > 0 ? 'yes' : 'no', 'yes'),
  ];
}
