import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import type { MemoryFolder } from '../app';
import { createMemoryFolder, type FolderParts, type ManagedFolder } from './memoryFolder';

/** The workspace folders of this window that can have a store, kept in step with VS Code. */
export class Folders implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #parts: FolderParts;
  #folders: readonly ManagedFolder[] = [];

  /** Folders were added or removed, or trust was granted. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: FolderParts) {
    this.#parts = parts;
    this.#update();
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#update();
        this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#folders.forEach((folder) => folder.reset());
        this.#changed.fire();
      }),
    ];
  }

  get all(): readonly MemoryFolder[] {
    return this.#folders;
  }

  byId(id: string): MemoryFolder | undefined {
    return this.#folders.find((folder) => folder.id === id);
  }

  /** The folder that holds a file, if any. */
  containing(uri: vscode.Uri): MemoryFolder | undefined {
    const owner = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    return this.#folders.find((folder) => folder.uri.toString() === owner);
  }

  /** The only folder, or the one the user picks; undefined when dismissed. Throws `no-workspace`. */
  async pick(): Promise<MemoryFolder | undefined> {
    const [only, ...more] = this.#folders;
    if (!only) throw new AgentDreamsError('no-workspace', 'no folder is open');
    if (more.length === 0) return only;
    const items = this.#folders.map((folder) => ({
      label: folder.name,
      description: folder.uri.fsPath,
      iconPath: new vscode.ThemeIcon('root-folder'),
      folder,
    }));
    const title = vscode.l10n.t('Agent Dreams');
    const picked = await vscode.window.showQuickPick(items, {
      title,
      placeHolder: vscode.l10n.t('Which folder?'),
      matchOnDescription: true,
    });
    return picked?.folder;
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#folders.forEach((folder) => folder.dispose());
    this.#changed.dispose();
  }

  #update(): void {
    const known = new Map(this.#folders.map((folder) => [folder.uri.toString(), folder]));
    const present = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    this.#folders = present.map((folder) => {
      const key = folder.uri.toString();
      const kept = known.get(key);
      known.delete(key);
      return kept ?? createMemoryFolder(folder, this.#parts);
    });
    for (const gone of known.values()) gone.dispose();
  }
}
