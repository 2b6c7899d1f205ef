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

/** What is asked about a preview. */
export interface PreviewQuestion {
  /** Of the editor. */
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  /** The button that agrees. */
  readonly yes: string;
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

  /**
   * Shows the files and asks. A dialog covers the editor, so who wants to look first is asked again by one that leaves it
   * free. After a yes the preview is closed: it would go on to show what was.
   */
  async confirm(files: readonly PreviewedFile[], question: PreviewQuestion): Promise<boolean> {
    const { t } = vscode.l10n;
    const { title, message, detail, yes } = question;
    if (files.length > 0) await this.show(title, files);
    const look = t('Look First');
    const buttons = files.length > 0 ? [yes, look] : [yes];
    let answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
    if (answer === look) answer = await askBeside(message, yes);
    if (answer !== yes) return false;
    await this.#close();
    return true;
  }

  dispose(): void {
    this.#files.dispose();
  }

  /** Closes the editor of the latest preview. */
  async #close(): Promise<void> {
    const latest = this.#shown[0];
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find((one) => sidesOf(one.input).some((uri) => latest?.has(uri.toString()) === true));
    // It may have been closed by hand meanwhile; that is no reason to leave undone what was agreed to.
    if (tab !== undefined) await vscode.window.tabGroups.close(tab, true).then(undefined, () => false);
  }

  #side(side: 'before' | 'after', path: string, text: string | null, texts: Map<string, string>) {
    const name = path.replace(/^[~/\\]{1,8}/u, '').replaceAll('\\', '/');
    const uri = vscode.Uri.from({ scheme: fileSchemes.preview, authority: `${this.#count}.${side}`, path: `/${name}` });
    texts.set(uri.toString(), text ?? '');
    return { uri, there: text === null ? undefined : uri };
  }
}

/** Stays open while the user goes through the editor. */
async function askBeside(message: string, yes: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const picked = await vscode.window.showQuickPick([{ label: yes }, { label: t('Cancel') }], {
    title: message,
    placeHolder: t('Look at every change; this waits.'),
    ignoreFocusOut: true,
  });
  return picked?.label;
}

/** The files that a tab compares. Those of a multi-diff are there at run time, but not in the stable API: read with care. */
function sidesOf(input: unknown): readonly vscode.Uri[] {
  if (typeof input !== 'object' || input === null) return [];
  const diffs =
    'textDiffs' in input && Array.isArray(input.textDiffs) ? (input.textDiffs as readonly unknown[]) : [input];
  return diffs
    .flatMap((diff) => {
      const { original, modified } = (diff ?? {}) as { readonly original?: unknown; readonly modified?: unknown };
      return [original, modified];
    })
    .filter((uri) => uri instanceof vscode.Uri);
}
