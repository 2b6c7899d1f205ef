import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { shellCommands, viewContainer } from '../ids';
import { STORE_FOLDER } from '../folders/memoryFolder';
import type { Shell } from '../shell';
import { createStore, ensureMemory } from './ensureMemory';

/** Initialize Memory…: asks how it is kept, makes it and says where it is. */
export async function initializeMemory(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (!folder) return;
  if (await folder.initialized()) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has a memory already.', folder.name));
    return;
  }
  if (!(await createStore(shell, folder))) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The memory of {0} is ready. Dream Now proposes what to put in it.', folder.name),
  );
}

/** Open Schema: the file that says which categories are worth remembering. */
export async function openSchema(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (!folder) return;
  if (!(await folder.initialized()) && !(await ensureMemory(shell, folder))) return;
  const uri = vscode.Uri.joinPath(folder.uri, STORE_FOLDER, 'schema.md');
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    throw new AgentDreamsError('not-found', 'the schema file is missing', { path: 'schema.md' }, { cause: error });
  }
  await vscode.window.showTextDocument(uri);
}

/** Open Settings, filtered to this extension. */
export async function openSettings(shell: Shell): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${shell.context.extension.id}`);
}

/** Show Log. */
export function showLog(shell: Shell): Promise<void> {
  shell.channel.show();
  return Promise.resolve();
}

/** Refresh: reads everything that is shown anew. */
export function refresh(shell: Shell): Promise<void> {
  shell.refresh();
  return Promise.resolve();
}

/** Show Actions…: what the status bar item opens when there is nothing to review. */
export async function showMenu(shell: Shell): Promise<void> {
  const item = (icon: string, label: string, command: string) => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command,
  });
  const { t } = vscode.l10n;
  const items = [
    ...(shell.dreams.current
      ? [item('debug-stop', t('Cancel Dream'), shellCommands.cancelDream)]
      : [
          item('sparkle', t('Dream Now'), shellCommands.dreamNow),
          item('edit', t('Dream with Instructions…'), shellCommands.dreamWithInstructions),
        ]),
    item('git-pull-request', t('Show Proposals'), `workbench.view.extension.${viewContainer}`),
    item('cloud-download', t('Capture Sessions'), shellCommands.captureSessions),
    item('clock', t('Change Schedule…'), shellCommands.changeSchedule),
    item('server-process', t('Choose Engine…'), shellCommands.chooseEngine),
    item('credit-card', t('Cost Report'), shellCommands.costReport),
    item('graph-line', t('Impact'), shellCommands.showImpact),
    item('search', t('Search Memory…'), shellCommands.searchMemory),
    item('plug', t('Connect Claude Code'), shellCommands.connectClaudeCode),
    item('checklist', t('Check Memory Setup'), shellCommands.checkMemorySetup),
    item('gear', t('Open Settings'), shellCommands.openSettings),
    item('output', t('Show Log'), shellCommands.showLog),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: t('Agent Dreams') });
  if (picked) await vscode.commands.executeCommand(picked.command);
}
