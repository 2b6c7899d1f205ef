import { keptOverall, measureTokens, type ProjectTokens } from '../../../bench/engines/tokens';
import { say } from '../../process';
import { atLeast, atMost, exactly, skipped, type Figure, type Measurement } from '../figure';
import { archives, withTranscripts } from '../transcripts';

const MAX_PERCENT = 6;
/** Below, the rules that every request begins with weigh more than the sessions; they are cached, and cost little. */
const ENOUGH_BYTES = 1_000_000;
const WHAT = ['prompts', 'corrections', 'denials', 'failures', 'failedCommands', 'lastWords'] as const;

/** Must show 5: little is sent, and everything that counts is in it, as a reader of the raw lines finds. */
export const tokens: Measurement = {
  name: 'tokens',
  measure: async () => {
    if (archives().length === 0)
      return [skipped('sent-of-raw-bytes', `<=${MAX_PERCENT}%`, 'no transcripts beside the checkout')];
    const projects = await withTranscripts(measureTokens);
    for (const one of projects) {
      say(
        `# ${one.name}: ${one.sessions} sessions, ${one.rawBytes} bytes of logs; sent ${one.sentBytes} in ${one.requests} requests ` +
          `(${percent(one.sentBytes, one.rawBytes)} %), texts of sessions alone ${percent(one.textBytes, one.rawBytes)} %`,
      );
    }
    const prompts = keptOverall(projects, 'prompts');
    const large = projects.filter(({ rawBytes }) => rawBytes >= ENOUGH_BYTES);
    return [
      atLeast('sent-sessions', sum(projects, 'sessions'), 100),
      atMost('sent-of-raw-bytes', share(projects, 'sentBytes'), MAX_PERCENT, '%'),
      atMost('sent-texts-of-raw-bytes', share(projects, 'textBytes'), MAX_PERCENT, '%'),
      atMost(
        'sent-of-raw-bytes-in-the-worst-project-over-1MB',
        Math.max(...large.map((one) => share([one], 'sentBytes'))),
        MAX_PERCENT,
        '%',
      ),
      // A plan or a log that somebody pasted is cut; what they typed around it is not.
      atLeast('sent-prompts-whole', (100 * prompts.whole) / prompts.all, 95, '%'),
      ...WHAT.flatMap((what) => keptFigures(what, projects)),
    ];
  },
};

function keptFigures(what: (typeof WHAT)[number], projects: readonly ProjectTokens[]): readonly Figure[] {
  const { all, whole, cut, long, missing } = keptOverall(projects, what);
  say(
    `# ${what}: ${all}, of which ${whole} are whole and ${cut} have head and tail (${long} of these are longer than 16,000 characters)`,
  );
  for (const text of missing.slice(0, 5)) say(`#   missing: ${text.slice(0, 160)}`);
  const name = what.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return [atLeast(`sent-${name}`, all, 1), exactly(`sent-${name}-missing`, missing.length, 0)];
}

function sum(projects: readonly ProjectTokens[], field: 'sessions' | 'rawBytes' | 'sentBytes' | 'textBytes'): number {
  return projects.reduce((total, one) => total + one[field], 0);
}

function share(projects: readonly ProjectTokens[], field: 'sentBytes' | 'textBytes'): number {
  return (100 * sum(projects, field)) / sum(projects, 'rawBytes');
}

function percent(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(2);
}
