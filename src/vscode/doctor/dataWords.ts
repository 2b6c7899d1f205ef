import type { DoctorFinding } from '../../core/doctor/finding';
import type { Translate } from '../translate';
import { fact, type FindingWords } from './words';
import { recallWords } from './recallFindingWords';

/** Words for what is found in logs, memory and settings. */
export function dataWords(finding: DoctorFinding, t: Translate): FindingWords {
  return recallWords(finding, t) ?? logWords(finding, t) ?? autoMemoryWords(finding, t) ?? memoryWords(finding, t);
}

function logWords(finding: DoctorFinding, t: Translate): FindingWords | undefined {
  const about = (name: string): string => fact(finding, name);
  switch (finding.kind) {
    case 'capture-off':
      return {
        title: t('Capture is switched off'),
        meaning: t('Sessions are captured only when you ask for it; Claude Code deletes its logs after a while.'),
        todo: t('Switch it on in the settings.'),
      };
    case 'history-off':
      return {
        title: t('Claude Code writes no logs'),
        meaning:
          about('file') === ''
            ? t('The variable {0} is set where VS Code was started.', about('variable'))
            : t('The variable {0} is set in {1}.', about('variable'), about('file')),
        todo: t('Take it out: without logs there is nothing to remember.'),
      };
    case 'log-unreadable':
      return {
        title: t('Logs that cannot be read: {0}', about('count')),
        meaning: t('The first is {0}. What they hold is not captured.', about('file')),
        todo: t('Look at its permissions; the log of Agent Dreams says more.'),
      };
    case 'not-captured':
      return {
        title: t('Sessions that are not captured: {0}', about('count')),
        meaning: t('The first is {0}. Claude Code deletes logs after a while.', about('file')),
        todo: t('Capture them now.'),
      };
    case 'text-only':
      return {
        title: t('No captured session holds a tool call'),
        meaning: t(
          'In {0} sessions with {1} prompts there is text alone: what was run and how it ended is missing.',
          about('count'),
          about('prompts'),
        ),
        todo: t('Capture again. If it stays so, a program between Claude Code and its logs takes the calls out.'),
      };
    case 'log-damaged':
      return {
        title: t('Sessions with lines that could not be read: {0}', about('count')),
        meaning: t('{0} lines were left out; the first session is {1}.', about('lines'), about('session')),
        todo: t('Nothing has to be done: everything else of them is captured.'),
      };
    case 'moved-sessions':
      return {
        title: t('Sessions of a folder that is gone: {0}', about('count')),
        meaning: t('{0} has the name of this one, and may be where it was before it moved.', about('path')),
        todo: t('Adopt them if it was this project.'),
      };
    case 'retention-short':
      return {
        title: t('Claude Code deletes logs after {0} days', about('days')),
        meaning:
          about('logs') === '0'
            ? t('All logs that are there are captured; one that no capture sees in time is lost.')
            : t('{0} logs are not captured yet; the first is deleted from {1} on.', about('logs'), about('first')),
        todo:
          about('file') === ''
            ? t('Raise cleanupPeriodDays in your settings of Claude Code.')
            : t('{0} says so: raise cleanupPeriodDays, or take it out there.', about('file')),
      };
    case 'retention-invalid':
      return {
        title: t('cleanupPeriodDays is no number of days'),
        meaning: t('{0} says {1}; Claude Code wants a number of at least 1.', about('file'), about('value')),
        todo: t('Take it out, or write a number.'),
      };
    case 'logs-expiring':
      return {
        title: t('Logs that are about to be deleted: {0}', about('count')),
        meaning: t('They are not captured, and Claude Code deletes the first from {0} on.', about('first')),
        todo: t('Capture them now.'),
      };
    default:
      return undefined;
  }
}

function memoryWords(finding: DoctorFinding, t: Translate): FindingWords {
  const about = (name: string): string => fact(finding, name);
  switch (finding.kind) {
    case 'schedule-unsaved':
      return {
        title: t('The schedule is not written down yet'),
        meaning: t('You chose to dream {0}, and nothing of it is owed before it is noted here.', about('cadence')),
        todo: t('Choose the schedule once more.'),
      };
    case 'schedule-failed':
      return {
        title: t('The last scheduled dream failed'),
        meaning: about('said'),
        todo: t('Put the reason right and dream now.'),
      };
    case 'schedule-overdue':
      return {
        title: t('A scheduled dream is overdue'),
        meaning: t('It is owed since {0}, and no window has caught up.', about('since').slice(0, 16).replace('T', ' ')),
        todo: t('Dream now.'),
      };
    case 'waiting':
      return {
        title: t('Files that you have not accepted: {0}', about('count')),
        meaning: t('The first is {0}. Nothing in them is used, by dreams or by agents.', about('path')),
        todo: t('Keep or revert each of them.'),
      };
    case 'memory-unreadable':
      return {
        title: t('Not a readable memory: {0}', about('path')),
        meaning: t('{0}. Nobody is told what it says.', about('reason')),
        todo: t('Open it and put it right.'),
      };
    case 'conflict':
      return {
        title: t('{0} and a memory say different things', about('path')),
        meaning: t('{0}: “{1}”. {2}: “{3}”.', about('memory'), about('sentence'), about('path'), about('said')),
        todo: t('Only you know which is right: change the one that is not. Agents read both.'),
      };
    case 'secrets':
      return {
        title: t('Secrets were found'),
        meaning: t(
          'In the memory {0}, in local files {1}, in logs of Claude Code {2}; first in {3}.',
          about('memory'),
          about('local'),
          about('logs'),
          about('first'),
        ),
        todo: t('Find Secrets shows where and which rule, never the values, and what to do.'),
      };
    case 'store-missing':
      return {
        title: t('The attached store {0} cannot be read', about('name')),
        meaning: t('{0}: nothing of it is told to agents.', about('path')),
        todo: t('Put the folder back, or take it out of the settings.'),
      };
    default:
      return {
        title: t('Files of the attached store {0} wait to be accepted: {1}', about('name'), about('count')),
        meaning: t('Nothing in them is told to agents before.'),
        todo: t('Accept them in the Memory view.'),
      };
  }
}

/** Words for what Claude Code's own memory does. */
function autoMemoryWords(finding: DoctorFinding, t: Translate): FindingWords | undefined {
  const about = (name: string): string => fact(finding, name);
  switch (finding.kind) {
    case 'auto-memory-in-store':
      return {
        title: t('Claude Code writes its own notes into this memory'),
        meaning: t(
          'autoMemoryDirectory leads to {0}: it writes there without asking, past every review.',
          about('directory'),
        ),
        todo: t('Take the setting out, or let Connect point it to the inbox, whose notes are reviewed.'),
      };
    case 'auto-memory-ignored':
      return {
        title: t('Claude Code does not obey autoMemoryDirectory'),
        meaning: t('“{0}” in {1} is no absolute path; it is passed over in silence.', about('value'), about('file')),
        todo: t('Take it out, or write an absolute path or one that begins with ~/.'),
      };
    case 'auto-dream':
      return {
        title: t('Claude Code rewrites its own notes in the background'),
        meaning: t(
          'autoDreamEnabled in {0}: notes in {1} are merged and removed without review.',
          about('file'),
          about('directory'),
        ),
        todo: t('Take the setting out if Agent Dreams is to keep this memory.'),
      };
    case 'auto-memory-overlap':
      return {
        title: t('Notes of Claude Code that say what a memory says: {0}', about('count')),
        meaning: t('{0} and {1}: sessions read both, and only one of them is reviewed.', about('note'), about('path')),
        todo: t('Remove the note if the memory says all of it.'),
      };
    default:
      return undefined;
  }
}
