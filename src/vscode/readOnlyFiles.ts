import * as vscode from 'vscode';

/**
 * Texts that are made when they are asked for, as read-only files: an open one survives a reload of the window. `text`
 * gives undefined for what is not there.
 */
export class ReadOnlyFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #text: (uri: vscode.Uri) => Promise<string | undefined>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(text: (uri: vscode.Uri) => Promise<string | undefined>) {
    this.#text = text;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { length } = await this.readFile(uri);
    const { File } = vscode.FileType;
    // What is shown only grows: its size is its version.
    return { type: File, ctime: 0, mtime: length, size: length, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const text = await this.#text(uri);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
