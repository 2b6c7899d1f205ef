import * as vscode from 'vscode';
import type { Logger } from '../../core/ports';
import { reviewLanguage, schemes } from './reviewUri';

/**
 * Corrects the language of review documents: a user's `files.associations` for `*.md` beats the pattern of the manifest,
 * and without our language there are no lenses.
 */
export function guardReviewLanguage(logger: Logger): vscode.Disposable {
  const ours: readonly string[] = Object.values(schemes);
  const correct = (document: vscode.TextDocument): void => {
    if (!ours.includes(document.uri.scheme) || document.languageId === reviewLanguage) return;
    vscode.languages.setTextDocumentLanguage(document, reviewLanguage).then(undefined, (error: unknown) => {
      logger.warn(`The language of ${document.uri.path} could not be corrected: ${String(error)}`);
    });
  };
  vscode.workspace.textDocuments.forEach(correct);
  return vscode.workspace.onDidOpenTextDocument(correct);
}
