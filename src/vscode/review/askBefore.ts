import * as vscode from 'vscode';
import type { Change } from '../../core/review/proposal';
import { confirmationText } from './confirmationText';
import { plainWords } from '../plainWords';

const MAX_REASON = 500;

function field(args: readonly unknown[], key: string): unknown {
  const [, extra] = args;
  return typeof extra === 'object' && extra !== null ? (extra as Readonly<Record<string, unknown>>)[key] : undefined;
}

/**
 * The reason of a rejection: '' for none, undefined if the user pressed Escape and nothing is to happen. A caller that
 * knows the reason passes `{ reason }` as second argument and nobody is asked.
 */
export async function askReason(title: string, args: readonly unknown[]): Promise<string | undefined> {
  const known = field(args, 'reason');
  if (typeof known === 'string') return known.slice(0, MAX_REASON);
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Reject: {0}', plainWords(title)),
    prompt: vscode.l10n.t('Later dreams do not propose it again without new evidence.'),
    placeHolder: vscode.l10n.t('Reason (optional)'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > MAX_REASON ? vscode.l10n.t('At most {0} characters.', MAX_REASON) : undefined,
  });
  return reason?.trim();
}

/** True if changes that are not on the screen may be accepted together. `{ confirmed: true }` as second argument: yes. */
export async function confirmAcceptAll(count: number, args: readonly unknown[]): Promise<boolean> {
  if (field(args, 'confirmed') === true) return true;
  const accept = vscode.l10n.t('Accept All');
  const message =
    count === 1
      ? vscode.l10n.t('Accept the one open change of this dream?')
      : vscode.l10n.t('Accept all {0} open changes of this dream?', count);
  const detail = vscode.l10n.t(
    'Changes with warnings or conflicts are left for you to decide one by one. Undo Last Decision takes the whole back.',
  );
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, accept)) === accept;
}

/**
 * Asks about a change whose source or text is risky, in one modal that says what and why. Gives the words that go into the
 * journal, '' where nothing had to be asked, or undefined if the user said no. No argument of a command answers for them.
 */
export async function confirmRisky(change: Change): Promise<string | undefined> {
  const text = confirmationText(change, vscode.l10n.t);
  if (text === undefined) return '';
  const accept = vscode.l10n.t('Accept Anyway');
  const options = { modal: true, detail: text.detail };
  return (await vscode.window.showWarningMessage(text.message, options, accept)) === accept ? text.note : undefined;
}
