import type { DecisionResult } from '../../core/review/decision';
import { credentialWords } from '../secrets/credentialWords';
import { hiddenWords } from '../hidden/hiddenWords';
import type { Translate } from '../translate';

/** What a person is told about a decision; undefined where the diff itself shows it. */
export interface DecisionWords {
  readonly severity: 'information' | 'warning';
  readonly message: string;
}

/** The words for what a decision came to. */
export function describeDecision(result: DecisionResult, t: Translate): DecisionWords | undefined {
  switch (result.kind) {
    case 'done':
      return leftWords(result.left.length, t);
    case 'nothing':
      return (
        leftWords(result.left.length, t) ?? { severity: 'information', message: t('Nothing is open there any more.') }
      );
    case 'conflict':
      return {
        severity: 'warning',
        message: t('{0} changed meanwhile in the same place. Nothing was written.', result.path),
      };
    case 'withdrawn':
      return { severity: 'information', message: t('Undone: {0} is as it was before.', result.path) };
    case 'refused':
      return { severity: 'warning', message: refusalWords(result, t) };
  }
}

function leftWords(left: number, t: Translate): DecisionWords | undefined {
  if (left === 0) return undefined;
  const message =
    left === 1
      ? t('1 change was left: it carries a warning or a conflict. Decide it on its own.')
      : t('{0} changes were left: they carry warnings or conflicts. Decide them one by one.', left);
  return { severity: 'information', message };
}

function refusalWords(refusal: Extract<DecisionResult, { kind: 'refused' }>, t: Translate): string {
  switch (refusal.reason) {
    case 'hidden-text':
      return hiddenWords(refusal, t);
    case 'credential':
      return credentialWords(refusal, t);
    case 'invalid-memory':
      return t(
        'With this part {0} would not be a readable memory: {1}. Nothing was written. Edit the right side, then accept.',
        refusal.path,
        refusal.detail,
      );
    case 'unconfirmed':
      return t(
        '{0} has to be confirmed: look at its warnings and accept it on its own. Nothing was written.',
        refusal.path,
      );
    case 'unresolvable':
      return t(
        '{0} cannot be reviewed against the current memory. Reject the change, or move the file away.',
        refusal.path,
      );
  }
}
