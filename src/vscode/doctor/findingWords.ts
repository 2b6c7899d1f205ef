import type { DoctorFinding } from '../../core/doctor/finding';
import { causeWords } from '../recall/recallWords';
import type { Translate } from '../translate';
import { checkName } from './checkWords';
import { dataWords } from './dataWords';
import { isCheckName } from './isCheckName';
import { fact, type FindingWords } from './words';

/** Words for whatever the doctor finds. */
export function findingWords(finding: DoctorFinding, t: Translate): FindingWords {
  return connectionWords(finding, t) ?? hookWords(finding, t) ?? dataWords(finding, t);
}

function connectionWords(finding: DoctorFinding, t: Translate): FindingWords | undefined {
  switch (finding.kind) {
    case 'unknown':
      return unknownWords(finding, t);
    case 'no-store':
      return {
        title: t('There is no memory in this folder'),
        meaning: t('Sessions are not remembered, and agents are told nothing.'),
        todo: t('Initialize the memory; you choose whether git shares it.'),
      };
    case 'not-connected':
      return {
        title: t('Claude Code is not connected'),
        meaning: t('The memory exists, and no session is told of it.'),
        todo: t('Connect Claude Code. You see every file before it changes, and Disconnect takes all of it back.'),
      };
    case 'connection-problem':
      return problemWords(finding, t);
    case 'not-loaded':
      return {
        title: t('The latest session did not get the memory'),
        meaning: [
          t('What is likely:'),
          ...(finding.causes ?? []).map((cause) => causeWords(cause, t)),
          ...((finding.causes ?? []).length === 0 ? [t('nothing that can be seen from here.')] : []),
        ].join(' '),
        todo: t('Put right what is likely and start a session; or run Recall Test, which starts one and looks.'),
      };
    case 'loaded-stale':
      return {
        title: t('The latest session got an older text'),
        meaning: t('It began after the memory was written anew, and was given what stood there before.'),
        todo: t('Connect again: the hooks may read another folder.'),
      };
    default:
      return undefined;
  }
}

function unknownWords(finding: DoctorFinding, t: Translate): FindingWords {
  const checks = (fact(finding, 'checks') || finding.check).split(' ').filter(isCheckName);
  const names = checks.map((check) => checkName(check, t)).join(', ');
  if (fact(finding, 'why') === 'untrusted') {
    return {
      title: t('Not looked at in an untrusted workspace: {0}', names),
      meaning: t('Nothing of an untrusted workspace is run, and its local data is not believed.'),
      todo: t('Trust the workspace if you know where it comes from.'),
    };
  }
  const slow = fact(finding, 'why') === 'too-slow';
  return {
    title: t('Could not be looked at: {0}', names),
    meaning: slow ? t('There is more to look through than this check has time for.') : fact(finding, 'said'),
    todo: slow ? t('Run Find Secrets, which takes the time it needs.') : t('Put the reason right and check again.'),
  };
}

function problemWords(finding: DoctorFinding, t: Translate): FindingWords {
  const [kind = '', ...rest] = fact(finding, 'problem').replace(':', '').split(' ');
  const file = rest.join(' ');
  const again = t('Connect again: you see what is put right before it is written.');
  const told = (title: string, meaning: string, todo = again): FindingWords => ({ title, meaning, todo });
  switch (kind) {
    case 'missing':
      return told(
        t('Part of the connection is gone'),
        t('Of what Connect wrote, nothing stands in {0} any more.', file),
      );
    case 'altered':
      return told(t('The connection was altered'), t('What Connect wrote into {0} was changed since.', file));
    case 'outdated':
      return told(
        t('The connection is of an older version'),
        t('What stands in {0} would be written in another way now: agents, settings or the extension changed.', file),
      );
    case 'moved':
      return told(
        t('The folder has moved'),
        t('It was connected as {0}. Hooks that name that place find nothing there.', file),
      );
    case 'not-plain-json':
      return told(
        t('Claude Code passes over its settings'),
        t(
          '{0} has comments or trailing commas, or is no JSON: Claude Code reads nothing of it, and says nothing.',
          file,
        ),
        t('Take the comments out of the file, then check again.'),
      );
    default:
      return told(
        t('The connection is not as it was made'),
        t('{0}: nothing tells any more what stood there before.', file === '' ? fact(finding, 'problem') : file),
      );
  }
}

function hookWords(finding: DoctorFinding, t: Translate): FindingWords | undefined {
  const about = (name: string): string => fact(finding, name);
  switch (finding.kind) {
    case 'hook-failed':
      return {
        title: t('A hook fails: {0}', about('event')),
        meaning: t(
          'In {0}, “{1}” ended with: {2}. A session goes on without what it should print.',
          about('folder'),
          about('command'),
          about('said') === 'timeout' ? t('no answer in time') : about('said'),
        ),
        todo: t('Write what hooks print anew; if that does not help, connect again.'),
      };
    case 'hook-slow':
      return {
        title: t('A hook is slow: {0}', about('event')),
        meaning: t('It took {0} ms; every session waits for it.', about('ms')),
        todo: t('Check again when the machine is idle; if it stays so, connect by rules.'),
      };
    case 'hook-output':
      return {
        title: t('A hook prints what Claude Code does not take: {0}', about('event')),
        meaning: t('It began with “{0}”.', about('said')),
        todo: t('Write what hooks print anew.'),
      };
    case 'hook-too-long':
      return {
        title: t('A hook prints too much: {0}', about('event')),
        meaning: t(
          '{0} characters; of more than {1} Claude Code shows the beginning only.',
          about('characters'),
          about('most'),
        ),
        todo: t('Write what hooks print anew: it is then cut into parts.'),
      };
    case 'hooks-disabled':
      return {
        title: t('Hooks are switched off'),
        meaning: t('{0} in {1} keeps Claude Code from running them.', about('setting'), about('file')),
        todo:
          about('layer') === 'managed'
            ? t('Your organisation decides that. Connect by rules instead: they need no hooks.')
            : t('Take the setting out, or connect by rules: they need no hooks.'),
      };
    case 'hooks-managed-only':
      return {
        title: t('Only hooks of your organisation run'),
        meaning:
          about('layer') === 'managed'
            ? t('{0} in {1} allows no others.', about('setting'), about('file'))
            : t('{0} stands in {1}, where Claude Code does not obey it.', about('setting'), about('file')),
        todo:
          about('layer') === 'managed'
            ? t('Connect by rules instead: they need no hooks.')
            : t('Take the setting out: it says what does not hold.'),
      };
    case 'settings-invalid':
      return {
        title: t('Claude Code cannot read one of its settings files'),
        meaning:
          about('state') === 'comments'
            ? t(
                '{0} has comments or trailing commas: Claude Code passes over all of it, hooks included.',
                about('file'),
              )
            : t('{0} is not JSON that can be read: nothing in it is obeyed.', about('file')),
        todo: t('Open the file and put it right.'),
      };
    default:
      return undefined;
  }
}
