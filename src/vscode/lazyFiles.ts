import * as vscode from 'vscode';

/**
 * Virtual files that exist before their content does: an editor restored with the window asks for them before the
 * application is loaded. Part of the activation bundle.
 */
export class LazyFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #load: () => void;
  #real: vscode.FileSystemProvider | undefined;

  readonly onDidChangeFile = this.#changed.event;

  /** `load` is expected to call `attach` before it returns. */
  constructor(load: () => void) {
    this.#load = load;
  }

  /** Hands over to the provider with the content. */
  attach(real: vscode.FileSystemProvider): void {
    this.#real = real;
    real.onDidChangeFile((events) => this.#changed.fire(events));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat | Thenable<vscode.FileStat> {
    return this.#provider(uri).stat(uri);
  }

  readFile(uri: vscode.Uri): Uint8Array | Thenable<Uint8Array> {
    return this.#provider(uri).readFile(uri);
  }

  writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): void | Thenable<void> {
    return this.#provider(uri).writeFile(uri, content, options);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #provider(uri: vscode.Uri): vscode.FileSystemProvider {
    if (!this.#real) this.#load();
    if (!this.#real) throw vscode.FileSystemError.Unavailable(uri);
    return this.#real;
  }
}
