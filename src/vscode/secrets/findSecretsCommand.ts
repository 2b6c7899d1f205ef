import * as vscode from 'vscode';
import { findSecrets } from '../../node/secrets/findSecrets';
import type { SecretReport } from '../../core/secretReport/secretReport';
import { discoverOptionsFor } from '../capture/discoverFor';
import { requireTrust } from '../commands/ensureMemory';
import { settingsSection } from '../ids';
import type { Shell } from '../shell';
import { toWindowProgress } from '../windowProgress';
import { allowSecret } from './allowSecret';
import { openSecretReport } from './secretReportDocument';

/** Find Secrets: what the original logs, the store and `.local` hold, as a report without values. */
export async function findSecretsCommand(shell: Shell): Promise<void> {
  requireTrust(shell);
  const folder = await shell.app.pickFolder();
  if (!folder) return;
  const ports = await folder.ports();
  const report = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Looking for secrets of {0}', folder.name),
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const options = discoverOptionsFor(folder, shell.app.settings);
      return await findSecrets(ports, options, controller.signal, toWindowProgress(progress));
    },
  );
  await openSecretReport(report);
  void shell.app.runCommand(vscode.l10n.t('Find Secrets'), () => tell(shell, report));
}

async function tell(shell: Shell, report: SecretReport): Promise<void> {
  const groups = report.files.flatMap((file) => file.groups);
  const prints = [...new Set(groups.map(({ fingerprint }) => fingerprint))];
  if (prints.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No secrets were found in {0} files.', report.scanned.files),
    );
    return;
  }
  const allow = vscode.l10n.t('Allow a Fingerprint…');
  const rules = vscode.l10n.t('Add a Rule…');
  const words =
    prints.length === 1
      ? vscode.l10n.t('1 secret was found; the report says where.')
      : vscode.l10n.t('{0} secrets were found; the report says where.', prints.length);
  const picked = await vscode.window.showWarningMessage(words, allow, rules);
  if (picked === rules) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.secrets`);
  }
  if (picked !== allow) return;
  const items = prints.map((fingerprint) => {
    const seen = groups.filter((group) => group.fingerprint === fingerprint);
    const count = seen.reduce((sum, group) => sum + group.count, 0);
    return { label: fingerprint, description: seen[0]?.rule ?? '', detail: vscode.l10n.t('Times seen: {0}', count) };
  });
  const placeHolder = vscode.l10n.t('Which of them is no secret?');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (chosen) await allowSecret(shell, [chosen.label]);
}
