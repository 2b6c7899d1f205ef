import * as vscode from 'vscode';
import type { FoundChange } from './reviewModel';
import { schemes } from './reviewUri';
import { plainWords } from '../plainWords';

/**
 * True if no file that accepting would write has unsaved edits in an editor. Otherwise the user is asked: Save goes on,
 * Show opens the file, and nothing is written behind their back.
 */
export async function targetsAreClean(changes: readonly FoundChange[]): Promise<boolean> {
  for (const { change } of changes) {
    const paths = change.files.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path]));
    for (const path of [...paths, 'MEMORY.md']) {
      const dirty = vscode.workspace.textDocuments.find((document) => document.isDirty && isFile(document.uri, path));
      if (dirty !== undefined && !(await settle(dirty, path))) return false;
    }
  }
  return true;
}

/** By the end of the path, because in a linked worktree personal memories stand in another checkout. */
function isFile(uri: vscode.Uri, path: string): boolean {
  const ours: readonly string[] = Object.values(schemes);
  return !ours.includes(uri.scheme) && uri.path.endsWith(`/.agent-memory/${path}`);
}

async function settle(document: vscode.TextDocument, path: string): Promise<boolean> {
  const save = vscode.l10n.t('Save');
  const show = vscode.l10n.t('Show');
  const message = vscode.l10n.t(
    '{0} has unsaved changes in an editor. Save them, then the change is fitted to them.',
    plainWords(path),
  );
  const picked = await vscode.window.showWarningMessage(message, save, show);
  if (picked === show) await vscode.window.showTextDocument(document, { preview: false });
  return picked === save && (await document.save());
}

/** Saves the edits of the right sides, so that a decision is about what the user sees. */
export async function saveDrafts(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && document.uri.scheme === schemes.proposed) await document.save();
  }
}
