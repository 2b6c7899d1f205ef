import * as vscode from 'vscode';
import { writeUserSetting } from '../config/configuration';
import { settingKeys } from '../ids';
import type { Shell } from '../shell';

const FINGERPRINT = /^[0-9a-f]{8}$/;

/**
 * Allow a Fingerprint: from now on the text with this fingerprint counts as no secret. Asked for, or handed over by the
 * message that refused it; then it is confirmed, because a click on a message is soon made.
 */
export async function allowSecret(shell: Shell, args: readonly unknown[]): Promise<void> {
  const [named] = args;
  const given = typeof named === 'string' && FINGERPRINT.test(named) ? named : undefined;
  const fingerprint = given === undefined ? await ask() : (await confirmed(given)) ? given : undefined;
  if (fingerprint === undefined) return;
  const { allow } = shell.app.settings.current().secrets;
  if (!allow.includes(fingerprint)) await writeUserSetting(settingKeys.secretsAllow, [...allow, fingerprint]);
  for (const folder of shell.app.folders) await (await folder.ports()).redactor.refresh();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} counts as no secret from now on. Repeat what was refused.', fingerprint),
  );
}

async function ask(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Allow a Fingerprint'),
    prompt: vscode.l10n.t(
      'The 8 digits behind the rule in [redacted:rule:fingerprint], or in the report of Find Secrets.',
    ),
    validateInput: (text) =>
      FINGERPRINT.test(text.trim()) ? undefined : vscode.l10n.t('A fingerprint has 8 hexadecimal digits.'),
  });
  return typed?.trim();
}

async function confirmed(fingerprint: string): Promise<boolean> {
  const allow = vscode.l10n.t('Allow {0}', fingerprint);
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Is the text with the fingerprint {0} no secret?', fingerprint),
    {
      modal: true,
      detail: vscode.l10n.t('It will be kept and shown as it is: in sessions, proposals, memories and the log.'),
    },
    allow,
  );
  return picked === allow;
}
