import * as vscode from 'vscode';
import { renderTranscript } from '../../core/review/transcript';
import { readSession } from '../../core/sessions/sessionFiles';
import type { App } from '../app';

/** Captured sessions as read-only files, so that an open one survives a reload of the window. */
export class TranscriptFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(app: App) {
    this.#app = app;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { length } = await this.readFile(uri);
    const { File } = vscode.FileType;
    // A session only grows: its size is its version.
    return { type: File, ctime: 0, mtime: length, size: length, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const query = new URLSearchParams(uri.query);
    const folder = this.#app.folder(query.get('folder') ?? '');
    const captured = folder && (await readSession(await folder.ports(), query.get('session') ?? ''));
    if (!captured) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(renderTranscript(captured).text);
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
