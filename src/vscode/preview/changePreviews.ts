import * as vscode from 'vscode';
import type { App } from '../app';
import { fileSchemes } from '../ids';
import { ReadOnlyFiles } from '../readOnlyFiles';

/** One file beside the store as it is and as it would be; null = there is none. */
export interface PreviewedFile {
  /** As a person finds it. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** So many previews stay readable: their editors may be open. */
const KEPT = 5;

/** What would be written to files of people, in the native diff editor. Nothing is written by it. */
export class ChangePreviews implements vscode.Disposable {
  readonly #shown: ReadonlyMap<string, string>[] = [];
  readonly #files: ReadOnlyFiles;
  #count = 0;

  constructor({ serveFiles }: Pick<App, 'serveFiles'>) {
    this.#files = new ReadOnlyFiles((uri) => {
      const texts = this.#shown.find((one) => one.has(uri.toString()));
      return Promise.resolve(texts?.get(uri.toString()));
    });
    serveFiles('preview', this.#files);
  }

  /** Opens every file in one multi-diff, or the only one in its own diff. */
  async show(title: string, files: readonly PreviewedFile[]): Promise<void> {
    this.#count += 1;
    const texts = new Map<string, string>();
    const sides = files.map(({ path, before, after }) => ({
      before: this.#side('before', path, before, texts),
      after: this.#side('after', path, after, texts),
    }));
    this.#shown.unshift(texts);
    this.#shown.splice(KEPT);
    const [first] = sides;
    if (first !== undefined && sides.length === 1)
      await vscode.commands.executeCommand('vscode.diff', first.before.uri, first.after.uri, title, { preview: false });
    else {
      const rows = sides.map(({ before, after }) => [after.uri, before.there, after.there]);
      await vscode.commands.executeCommand('vscode.changes', title, rows);
    }
  }

  dispose(): void {
    this.#files.dispose();
  }

  #side(side: 'before' | 'after', path: string, text: string | null, texts: Map<string, string>) {
    const name = path.replace(/^[~/\\]{1,8}/u, '').replaceAll('\\', '/');
    const uri = vscode.Uri.from({ scheme: fileSchemes.preview, authority: `${this.#count}.${side}`, path: `/${name}` });
    texts.set(uri.toString(), text ?? '');
    return { uri, there: text === null ? undefined : uri };
  }
}
