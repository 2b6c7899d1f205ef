import * as vscode from 'vscode';
import { planRestore, restoreLocal } from '../../core/state/mirror';
import { mirrorStore } from '../folders/mirrorService';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { requireTrust } from './ensureMemory';

const MAX_LISTED = 20;

/** Restore Local Data: shows what the copy would bring back, then brings it back. Overwrites nothing. */
export async function restoreLocalData(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const [target] = targetsOf(args);
  const named = target?.kind === 'folder' ? shell.app.folder(target.folder) : undefined;
  const folder = named ?? (await shell.app.pickFolder());
  if (!folder) return;
  const { t } = vscode.l10n;
  const ports = await folder.ports();
  const mirror = mirrorStore(shell.context, folder);
  const plan = await planRestore(ports, mirror);
  if (plan === undefined) {
    void vscode.window.showInformationMessage(t('Nothing of the local data of {0} is missing.', folder.name));
    return;
  }
  const lines = [
    t('Copied {0}. These come back:', plan.at),
    ...plan.files.slice(0, MAX_LISTED).map(({ path, bytes }) => t('{0} ({1} bytes)', path, bytes)),
    ...(plan.files.length > MAX_LISTED ? [t('and {0} more', plan.files.length - MAX_LISTED)] : []),
    ...(plan.kept.length > 0 ? [t('{0} files are there and stay as they are.', plan.kept.length)] : []),
  ];
  const restore = t('Restore');
  const options = { modal: true, detail: lines.join('\n') };
  const picked = await vscode.window.showWarningMessage(
    t('Restore the local data of {0}?', folder.name),
    options,
    restore,
  );
  if (picked !== restore) return;
  const back = await restoreLocal(ports, mirror);
  folder.touch();
  void vscode.window.showInformationMessage(t('{0} files of {1} came back.', back.length, folder.name));
}
