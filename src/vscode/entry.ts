import * as vscode from 'vscode';
import { contextKeys, reviewCommands, shellCommands, statusItem, views } from './ids';
import { LazyTree } from './lazyTree';
import type * as main from './main';

/** What activation registered and the application takes over. */
export interface Surface {
  readonly context: vscode.ExtensionContext;
  readonly status: vscode.StatusBarItem;
  readonly memory: LazyTree;
  readonly sessions: LazyTree;
  readonly memoryView: vscode.TreeView<unknown>;
  readonly sessionsView: vscode.TreeView<unknown>;
  /** Makes room for the real commands. */
  releaseCommands(): void;
}

function createStatusItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(statusItem, vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('Agent Dreams');
  item.text = '$(clock) Agent Dreams';
  item.command = shellCommands.showMenu;
  item.accessibilityInformation = { label: vscode.l10n.t('Agent Dreams'), role: 'button' };
  item.show();
  return item;
}

/**
 * All of activation: placeholders for every command, the two lazy views, the status bar item. No IO, nothing awaited.
 * The application loads at the first command or view, or once the window has answered its first message.
 */
export function registerEntry(context: vscode.ExtensionContext, loadModule: () => typeof main): void {
  let placeholders: readonly vscode.Disposable[] = [];
  let loaded = false;
  const load = (): void => {
    if (loaded) return;
    loaded = true;
    loadModule().startApp(surface);
  };
  const memory = new LazyTree(load);
  const sessions = new LazyTree(load);
  const surface: Surface = {
    context,
    status: createStatusItem(),
    memory,
    sessions,
    memoryView: vscode.window.createTreeView(views.memory, { treeDataProvider: memory, showCollapseAll: true }),
    sessionsView: vscode.window.createTreeView(views.sessions, { treeDataProvider: sessions, canSelectMany: true }),
    releaseCommands: () => placeholders.forEach((placeholder) => void placeholder.dispose()),
  };
  placeholders = [...Object.values(shellCommands), ...Object.values(reviewCommands)].map((id) =>
    vscode.commands.registerCommand(id, (...args: readonly unknown[]) => {
      load();
      return vscode.commands.executeCommand(id, ...args);
    }),
  );
  context.subscriptions.push(surface.status, surface.memoryView, surface.sessionsView, {
    dispose: () => surface.releaseCommands(),
  });
  void vscode.commands.executeCommand('setContext', contextKeys.ready, false).then(load);
}
