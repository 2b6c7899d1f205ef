import * as vscode from 'vscode';
import type { App } from '../app';
import { lensesFor } from './lensesFor';
import { argumentsOf, type ReviewModel } from './reviewModel';

/** Lenses on the right side, made from the text in the editor so that they are never behind the typing. */
export class ReviewLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #app: App;
  readonly #model: ReviewModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(app: App, model: ReviewModel) {
    this.#app = app;
    this.#model = model;
    const changed = (): void => this.#changed.fire();
    this.#subscriptions = [model.onDidChange(changed), app.settings.onDidChange(changed)];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const found = await this.#model.locate(document.uri);
    if (found === undefined || !this.#app.trusted()) return [];
    const lenses = lensesFor(
      {
        enabled: this.#app.settings.current(found.folder.uri).review.codeLens,
        change: found.change,
        path: found.file.path,
        hunks: await this.#model.hunks(found, document.getText()),
        lineCount: document.lineCount,
        target: argumentsOf(found),
      },
      vscode.l10n.t,
    );
    return lenses.map(({ line, title, command, arguments: args, tooltip }) => {
      const lens = { title, command, arguments: [...args], ...(tooltip === undefined ? {} : { tooltip }) };
      return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), lens);
    });
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#changed.dispose();
  }
}
