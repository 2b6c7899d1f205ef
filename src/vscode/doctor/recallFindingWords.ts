import type { DoctorFinding } from '../../core/doctor/finding';
import type { Translate } from '../translate';
import { fact, type FindingWords } from './words';

/** Words for what is found in the texts that agents are given. */
export function recallWords(finding: DoctorFinding, t: Translate): FindingWords | undefined {
  const about = (name: string): string => fact(finding, name);
  const again = t('Write them anew.');
  switch (finding.kind) {
    case 'recall-missing':
      return {
        title: t('Texts for agents are missing: {0}', about('count')),
        meaning: t('{0} is not there; whoever should get it gets nothing.', about('file')),
        todo: again,
      };
    case 'recall-invalid':
      return {
        title: t('Texts for agents cannot be read: {0}', about('count')),
        meaning: t('{0} is damaged, too long, or no file.', about('file')),
        todo: again,
      };
    case 'recall-stale':
      return {
        title: t('Texts for agents are not of the memory as it is now: {0}', about('count')),
        meaning: t('{0} says what was accepted before.', about('file')),
        todo: again,
      };
    case 'command-missing':
      return {
        title: t('The command of Agent Dreams is gone'),
        meaning: t('{0} is not there: the end of a session captures nothing while VS Code is closed.', about('file')),
        todo: t('Have it written anew: it leads to the extension as it is now.'),
      };
    case 'command-failed':
      return {
        title: t('The command of Agent Dreams does not work'),
        meaning: t('{0}: {1}', about('file'), about('said') || t('it may not be started.')),
        todo: t('Have it written anew: it leads to the extension as it is now.'),
      };
    case 'index-full':
      return {
        title: t('Memories that do not fit into the index: {0}', about('count')),
        meaning: t('MEMORY.md holds {0} lines at most, and {1} bytes.', about('mostLines'), about('mostBytes')),
        todo: t('Archive or merge what is worth least; a dream proposes it, too.'),
      };
    case 'index-stale':
      return {
        title: t('MEMORY.md is not as it should be'),
        meaning: t('Its list does not name the memories that are there.'),
        todo: t('Have it written anew; your own words in it stay.'),
      };
    case 'budget-full':
      return {
        title: t('Memories that sessions are not told of: {0}', about('count')),
        meaning: t('The text for a session takes {0} of {1} tokens.', about('tokens'), about('maxTokens')),
        todo: t('Raise the limit, archive what is worth least, or load it on demand.'),
      };
    default:
      return undefined;
  }
}
