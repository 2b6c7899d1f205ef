import * as vscode from 'vscode';

/** A tree provider that exists before its data does. Part of the activation bundle. */
export class LazyTree implements vscode.TreeDataProvider<unknown> {
  readonly #changed = new vscode.EventEmitter<unknown>();
  readonly #load: () => void;
  #real: vscode.TreeDataProvider<unknown> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** `load` is expected to call `attach` before it returns. */
  constructor(load: () => void) {
    this.#load = load;
  }

  /** Hands over to the provider with the data. */
  attach(real: vscode.TreeDataProvider<unknown>): void {
    this.#real = real;
    real.onDidChangeTreeData?.((element) => this.#changed.fire(element));
    this.#changed.fire(undefined);
  }

  getTreeItem(element: unknown): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#real?.getTreeItem(element) ?? new vscode.TreeItem('');
  }

  getChildren(element?: unknown): vscode.ProviderResult<unknown[]> {
    if (!this.#real) this.#load();
    return this.#real?.getChildren(element) ?? [];
  }

  getParent(element: unknown): vscode.ProviderResult<unknown> {
    return this.#real?.getParent?.(element);
  }
}
