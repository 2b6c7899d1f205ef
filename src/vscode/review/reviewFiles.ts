import * as vscode from 'vscode';
import { isAgentDreamsError } from '../../core/errors';
import { editDraft } from '../../core/review/review';
import type { App } from '../app';
import type { FoundFile, ReviewModel } from './reviewModel';
import { shellCommands } from '../ids';
import { credentialWords } from '../secrets/credentialWords';
import { parseReviewUri, schemes, type ReviewScheme } from './reviewUri';

/** What a side of the diff shows. */
function textOf(scheme: ReviewScheme, { file }: FoundFile): string {
  switch (scheme) {
    case schemes.current:
      return file.current;
    case schemes.proposed:
      return file.draft;
    case schemes.base:
      return file.base ?? '';
  }
}

/**
 * One side of the review as a tree of virtual files. Versions only grow, because the workbench skips a reload when time
 * and size are the same; and a change is never announced for a document with unsaved edits, because the next save of it
 * would fail as a conflict.
 */
export class ReviewFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #scheme: ReviewScheme;
  readonly #model: ReviewModel;
  readonly #app: App;
  readonly #events = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** What the workbench was last given, by URI, with the version it was given as. */
  readonly #given = new Map<string, { readonly text: string; readonly version: number }>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #lastVersion = Date.now();

  readonly onDidChangeFile = this.#events.event;

  constructor(scheme: ReviewScheme, model: ReviewModel, app: App) {
    this.#scheme = scheme;
    this.#model = model;
    this.#app = app;
    this.#subscriptions = [
      model.onDidChange(() => this.#announce()),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#announce();
      }),
    ];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, version } = await this.#give(uri);
    const size = new TextEncoder().encode(text).length;
    const readOnly = this.#scheme !== schemes.proposed || !this.#app.trusted();
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: version,
      size,
      ...(readOnly ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#give(uri)).text);
  }

  /** Keeps an edit of the draft. Saving in a multi-diff writes every file of it, so equal content is ignored. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const found = await this.#find(uri);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
    const given = this.#given.get(uri.toString());
    if (text === (given?.text ?? textOf(this.#scheme, found))) return;
    try {
      const ports = await found.folder.ports();
      await editDraft(ports, { dream: found.proposal.proposal.id, path: found.file.path, text });
    } catch (error) {
      this.#app.logger.error(`The draft of ${found.file.path} could not be kept`, error);
      offerAllowing(error);
      throw vscode.FileSystemError.NoPermissions(saveWords(error));
    }
    this.#given.set(uri.toString(), { text, version: this.#nextVersion() });
    await this.#model.refresh(found.folder);
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

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#events.dispose();
  }

  async #find(uri: vscode.Uri): Promise<FoundFile> {
    const found = parseReviewUri(uri) && (await this.#model.locate(uri));
    if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  }

  async #give(uri: vscode.Uri): Promise<{ readonly text: string; readonly version: number }> {
    const text = textOf(this.#scheme, await this.#find(uri));
    const given = this.#given.get(uri.toString());
    if (given?.text === text) return given;
    const fresh = { text, version: this.#nextVersion() };
    this.#given.set(uri.toString(), fresh);
    return fresh;
  }

  #nextVersion(): number {
    this.#lastVersion += 1;
    return this.#lastVersion;
  }

  #announce(): void {
    const changed: vscode.FileChangeEvent[] = [];
    for (const [key, given] of this.#given) {
      const uri = vscode.Uri.parse(key, true);
      const found = this.#model.find(uri);
      if (found === undefined) continue;
      const text = textOf(this.#scheme, found);
      if (text === given.text || isDirty(uri)) continue;
      this.#given.set(key, { text, version: this.#nextVersion() });
      changed.push({ type: vscode.FileChangeType.Changed, uri });
    }
    if (changed.length > 0) this.#events.fire(changed);
  }
}

function isDirty(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === key);
}

/** Beside the message of the failed save, which has no buttons: the way to say that it is no secret. */
function offerAllowing(error: unknown): void {
  if (!isAgentDreamsError(error, 'credential')) return;
  const allow = vscode.l10n.t('It Is No Secret…');
  void vscode.window.showWarningMessage(credentialWords(error.details, vscode.l10n.t), allow).then((picked) => {
    if (picked === allow) void vscode.commands.executeCommand(shellCommands.allowSecret, error.details['fingerprint']);
  });
}

function saveWords(error: unknown): string {
  if (isAgentDreamsError(error, 'credential')) return credentialWords(error.details, vscode.l10n.t);
  if (isAgentDreamsError(error, 'untrusted-workspace')) {
    return vscode.l10n.t('This workspace is not trusted, so the proposal cannot be edited.');
  }
  if (isAgentDreamsError(error, 'too-large')) return vscode.l10n.t('The text is too long for a memory.');
  return vscode.l10n.t('The edit could not be kept. The log of Agent Dreams says why.');
}
