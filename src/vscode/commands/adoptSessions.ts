import * as vscode from 'vscode';
import { settingKeys } from '../ids';
import { writeUserSetting } from '../config/configuration';
import { discoverFor } from '../capture/discoverFor';
import { plainLabel } from '../plainWords';
import type { Shell } from '../shell';
import { captureCommandFor } from './captureCommand';
import { requireTrust } from './ensureMemory';

/**
 * Adopt Sessions from Old Path…: lists working directories of other logs that look like this folder before it was moved,
 * and maps the chosen ones to it in the user's own settings. Never by itself: a same-named folder may be another project.
 */
export async function adoptSessions(shell: Shell): Promise<void> {
  const { app } = shell;
  const folder = await app.pickFolder();
  if (!folder) return;
  requireTrust(shell);
  const { otherPaths } = await discoverFor(folder, app.settings);
  if (otherPaths.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No other working directory with sessions looks like {0}.', folder.name),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    otherPaths.map(({ path, sessions }) => ({
      label: plainLabel(path),
      description: vscode.l10n.t('{0} sessions', sessions),
      path,
    })),
    {
      title: vscode.l10n.t('Adopt Sessions from Old Path'),
      placeHolder: vscode.l10n.t('Which of these was {0} before?', folder.name),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  if (!picked || picked.length === 0) return;
  const known = app.settings.current().capture.pathMaps.map(({ from, to }) => [from, to] as const);
  const added = picked.map(({ path }) => [path, folder.uri.fsPath] as const);
  await writeUserSetting(settingKeys.capturePathMaps, Object.fromEntries([...known, ...added]));
  await captureCommandFor(shell, folder);
}
