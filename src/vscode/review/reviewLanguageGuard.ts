import * as vscode from 'vscode';
import { reviewLanguage, schemes } from './reviewUri';

/**
 * Corrects the language of review documents: a user's `files.associations` for `*.md` beats the pattern of the manifest,
 * and without our language there are no lenses.
 */
export function guardReviewLanguage(): vscode.Disposable {
  const ours: readonly string[] = Object.values(schemes);
  const correct = (document: vscode.TextDocument): void => {
    if (!ours.includes(document.uri.scheme) || document.languageId === reviewLanguage) return;
    void vscode.languages.setTextDocumentLanguage(document, reviewLanguage);
  };
  vscode.workspace.textDocuments.forEach(correct);
  return vscode.workspace.onDidOpenTextDocument(correct);
}
