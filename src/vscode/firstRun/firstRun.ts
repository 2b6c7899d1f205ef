import * as vscode from 'vscode';
import { dreamFor } from '../commands/dreamCommands';
import type { Overview } from '../overview';
import type { Shell } from '../shell';

const DISMISSED = 'firstRun.dismissed';

/**
 * The first-run moment: one message for the first open folder that has sessions and no memory. Looks only; nothing is
 * written before the user says yes.
 */
export async function offerFirstDream(shell: Shell, overview: Overview): Promise<void> {
  const { app, context } = shell;
  if (!app.trusted() || context.globalState.get(DISMISSED) === true) return;
  const folder = app.folders.find(
    (candidate) => !overview.of(candidate).initialized && overview.of(candidate).logs > 0,
  );
  if (!folder) return;
  const { logs } = overview.of(folder);
  const { t } = vscode.l10n;
  const [yes, never] = [t('Dream Now'), t("Don't Show Again")];
  const found =
    logs === 1
      ? t('1 session of this project found. Dream now?')
      : t('{0} sessions of this project found. Dream now?', logs);
  const picked = await vscode.window.showInformationMessage(
    app.folders.length === 1 ? found : `${folder.name}: ${found}`,
    yes,
    t('Not Now'),
    never,
  );
  if (picked === yes) await app.runCommand(yes, () => dreamFor(shell, folder, {}));
  if (picked === never) await context.globalState.update(DISMISSED, true);
}
