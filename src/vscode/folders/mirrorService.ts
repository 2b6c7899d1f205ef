import * as vscode from 'vscode';
import path from 'node:path';
import type { FileStore } from '../../core/ports';
import { mirrorLocal, planRestore } from '../../core/state/mirror';
import { createFileStore } from '../../node/fileStore';
import type { MemoryFolder } from '../app';
import { createDebounce, type Debounce } from '../debounce';
import { shellCommands } from '../ids';
import type { Shell } from '../shell';

const QUIET = { delayMs: 2_000, maxMs: 10_000 };

/** Where the copy of a folder's precious files is: in the extension's own storage, which no `git clean` reaches. */
export function mirrorFolder(context: vscode.ExtensionContext, folder: MemoryFolder): string {
  return path.join(context.globalStorageUri.fsPath, 'mirror', folder.id);
}

/** The copy as a store of files. */
export function mirrorStore(context: vscode.ExtensionContext, folder: MemoryFolder): FileStore {
  const root = mirrorFolder(context, folder);
  return createFileStore({ root, localRoot: root });
}

/** Keeps a copy of journal, personal memories and accepted record after every change, and offers Restore once they are gone. */
export class MirrorService implements vscode.Disposable {
  readonly #shell: Shell;
  readonly #subscription: vscode.Disposable;
  readonly #offered = new Set<string>();
  #folders: readonly vscode.Disposable[] = [];
  #debounces: readonly Debounce[] = [];

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#subscription = shell.app.onDidChangeFolders(() => this.#follow());
    this.#follow();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#unfollow();
  }

  #follow(): void {
    this.#unfollow();
    const { app, clock } = this.#shell;
    const debounces: Debounce[] = [];
    this.#folders = app.folders.map((folder) => {
      const changed = createDebounce(clock, QUIET, () => void this.#mirror(folder));
      debounces.push(changed);
      changed.trigger();
      return folder.onDidChange(() => changed.trigger());
    });
    this.#debounces = debounces;
  }

  #unfollow(): void {
    this.#folders.forEach((subscription) => void subscription.dispose());
    this.#debounces.forEach((debounce) => debounce.dispose());
  }

  async #mirror(folder: MemoryFolder): Promise<void> {
    const { app, context } = this.#shell;
    try {
      if (!app.trusted() || !(await folder.initialized())) return;
      const ports = await folder.ports();
      const mirror = mirrorStore(context, folder);
      const done = await mirrorLocal(ports, mirror);
      if (done === 'vanished' && (await planRestore(ports, mirror)) !== undefined) this.#offer(folder);
    } catch (error) {
      // Nothing of the user's work depends on the copy.
      app.logger.error(`The local data of ${folder.name} could not be copied`, error);
    }
  }

  #offer(folder: MemoryFolder): void {
    if (this.#offered.has(folder.id)) return;
    this.#offered.add(folder.id);
    const { t } = vscode.l10n;
    const restore = t('Restore…');
    const message = t(
      'The local data of {0} is gone: journal, personal memories, what you accepted. Agent Dreams has a copy.',
      folder.name,
    );
    void vscode.window.showWarningMessage(message, restore, t('Not Now')).then((picked) => {
      if (picked !== restore) return;
      const target = { kind: 'folder', folder: folder.id };
      void vscode.commands.executeCommand(shellCommands.restoreLocal, target);
    });
  }
}
