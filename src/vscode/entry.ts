import * as vscode from 'vscode';
import { contextKeys, fileSchemes, reviewCommands, shellCommands, statusItem, views } from './ids';
import { LazyFiles } from './lazyFiles';
import { LazyOffers } from './lazyOffers';
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
  readonly files: Readonly<Record<keyof typeof fileSchemes, LazyFiles>>;
  readonly offers: LazyOffers;
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

function registerFiles(context: vscode.ExtensionContext, load: () => void): Surface['files'] {
  const register = (scheme: keyof typeof fileSchemes): LazyFiles => {
    const files = new LazyFiles(load);
    const options = { isCaseSensitive: true, isReadonly: scheme !== 'proposed' };
    context.subscriptions.push(vscode.workspace.registerFileSystemProvider(fileSchemes[scheme], files, options));
    return files;
  };
  return {
    current: register('current'),
    proposed: register('proposed'),
    base: register('base'),
    session: register('session'),
    skill: register('skill'),
    explain: register('explain'),
    costs: register('costs'),
    doctor: register('doctor'),
    preview: register('preview'),
    impact: register('impact'),
  };
}

/**
 * All of activation: placeholders for every command, lazy views and virtual files, the status bar item. No IO, nothing awaited.
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
    files: registerFiles(context, load),
    offers: new LazyOffers(load),
    releaseCommands: () => placeholders.forEach((placeholder) => void placeholder.dispose()),
  };
  placeholders = [...Object.values(shellCommands), ...Object.values(reviewCommands)].map((id) =>
    vscode.commands.registerCommand(id, (...args: readonly unknown[]) => {
      load();
      return vscode.commands.executeCommand(id, ...args);
    }),
  );
  context.subscriptions.push(surface.status, surface.memoryView, surface.sessionsView, surface.offers.register(), {
    dispose: () => surface.releaseCommands(),
  });
  void vscode.commands.executeCommand('setContext', contextKeys.ready, false).then(load);
}
