import * as vscode from 'vscode';
import type { Shell } from '../shell';
import { KEY_VARIABLE } from './engineKey';

/** Remove Key: forgets the entered key, and that the one of the environment may be used. */
export async function removeKey(shell: Shell): Promise<void> {
  const { t } = vscode.l10n;
  const { key } = shell.engines;
  const source = await key.source();
  if (source === undefined) {
    void vscode.window.showInformationMessage(t('Agent Dreams has no key.'));
    return;
  }
  const remove = t('Remove Key');
  const message = source === 'stored' ? t('Remove the key of the Claude API?') : t('No longer use {0}?', KEY_VARIABLE);
  const detail = t(
    'Dreams with the Claude API then ask for a key again. The key itself stays valid: revoke it in the Claude Console if somebody else may know it.',
  );
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;
  await key.remove();
  await shell.keyChanged();
  void vscode.window.showInformationMessage(t('The key was removed.'));
}
