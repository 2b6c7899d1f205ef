import * as vscode from 'vscode';
import { isHiddenCharacter } from '../../core/unicode/inspectText';
import type { TextFinding } from '../../core/unicode/textFinding';
import { reviewCommands } from '../ids';
import { cleanable, hiddenIn, isCleanable } from './hiddenDocuments';
import { hiddenTitle } from './hiddenWords';

/** A lens that counts what a draft or memory hides, and one that removes the characters among it. */
class HiddenLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const findings = hiddenIn(document);
    const [first] = findings;
    const title = hiddenTitle(findings, vscode.l10n.t);
    if (first === undefined || title === undefined) return [];
    const line = Math.min(first.line, document.lineCount - 1);
    const range = new vscode.Range(line, 0, line, 0);
    const told = new vscode.CodeLens(range, { title: `$(warning) ${title}`, command: '' });
    if (!findings.some(isHiddenCharacter)) return [told];
    const remove = {
      title: vscode.l10n.t('Remove Hidden Characters'),
      command: reviewCommands.removeHidden,
      arguments: [document.uri.toString()],
    };
    return [told, new vscode.CodeLens(range, remove)];
  }
}

/** The same as a quick fix, on every line that holds one. */
class HiddenFixes implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const characters = hiddenIn(document).filter(isHiddenCharacter);
    if (!characters.some(({ line }) => line >= range.start.line && line <= range.end.line)) return [];
    const action = new vscode.CodeAction(vscode.l10n.t('Remove hidden characters'), vscode.CodeActionKind.QuickFix);
    action.edit = editOf(document, characters);
    action.isPreferred = true;
    return [action];
  }
}

function editOf(document: vscode.TextDocument, characters: readonly TextFinding[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { kind, offset, length } of characters) {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    edit.replace(document.uri, range, kind === 'separator' ? '\n' : '');
  }
  return edit;
}

/** The open document that an argument names or that is in front; only drafts and memories can be cleaned. */
function documentOf(argument: unknown): vscode.TextDocument | undefined {
  const named = typeof argument === 'string' ? argument : vscode.window.activeTextEditor?.document.uri.toString();
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === named && isCleanable(uri));
}

/** Remove Hidden Characters: of the draft or memory that is named, else of the one in front. Saving is left to the user. */
export async function removeHiddenCommand(argument: unknown): Promise<void> {
  const document = documentOf(argument);
  const characters = document === undefined ? [] : hiddenIn(document).filter(isHiddenCharacter);
  if (document === undefined || characters.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no hidden character to remove here.'));
    return;
  }
  await vscode.workspace.applyEdit(editOf(document, characters));
}

/** Registers the lenses and the quick fix. */
export function registerHiddenActions(): vscode.Disposable {
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(cleanable, new HiddenLenses()),
    vscode.languages.registerCodeActionsProvider(cleanable, new HiddenFixes(), kinds),
  );
}
