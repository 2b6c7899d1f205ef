import * as vscode from 'vscode';
import path from 'node:path';
import { applyTransaction } from '../../core/history/transaction';
import { AgentDreamsError } from '../../core/errors';
import { listSetAside, takeBack, type SetAsideLocal } from '../../node/takeBack';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { requireTrust } from './ensureMemory';

interface SetAsideItem extends vscode.QuickPickItem {
  readonly found: SetAsideLocal;
}

/** Take Back What Was Set Aside: for a user whose key was lost, and whose own local data was therefore not believed. */
export async function takeBackLocal(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const [target] = targetsOf(args);
  const named = target?.kind === 'folder' ? shell.app.folder(target.folder) : undefined;
  const folder = named ?? (await shell.app.pickFolder());
  if (!folder) return;
  const { t } = vscode.l10n;
  const { owner, ...rest } = await folder.ports();
  if (owner === undefined) throw new AgentDreamsError('permission-denied', 'there is no key of this user');
  const localRoot = path.dirname(folder.fileUri('.local').fsPath);
  const items = (await listSetAside(localRoot)).map(itemOf);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing of {0} was set aside.', folder.name));
    return;
  }
  const title = t('Take Back What Was Set Aside');
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: t('Which of these is yours?') });
  if (item === undefined) return;
  const take = t('It Is Mine, Take It Back');
  const detail = [
    item.detail ?? '',
    t(
      'Only do this if you know that this data is your own, for example because your container was rebuilt or your key was deleted. Whoever gave you the folder may have made it: its memories would count as accepted by you, and its journal as yours.',
    ),
    t('What is there now is set aside in turn. Close other windows of this folder first.'),
  ].join('\n\n');
  const question = t('Take back the local data of {0}?', folder.name);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, take)) !== take) return;
  const { replaced } = await takeBack({ ...rest, owner }, { localRoot, name: item.found.name });
  folder.reset();
  await applyTransaction(await folder.ports(), {
    writes: [],
    event: {
      actor: 'user',
      action: 'restore',
      note: `took back the local data that was set aside as ${item.found.name}; what was there is ${replaced}`,
      evidence: [],
    },
  });
  folder.touch();
  void vscode.window.showInformationMessage(t('The local data of {0} is yours again.', folder.name));
}

function itemOf(found: SetAsideLocal): SetAsideItem {
  const { t } = vscode.l10n;
  return {
    found,
    label: found.name,
    description: t('{0} files, {1} bytes', found.files, found.bytes),
    detail: t(
      '{0} sessions, {1} dreams, {2} personal memories, {3} journal lines',
      found.sessions,
      found.dreams,
      found.personal,
      found.journal,
    ),
  };
}
