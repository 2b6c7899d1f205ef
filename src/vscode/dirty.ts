import * as vscode from 'vscode';
import { AgentDreamsError } from '../core/errors';
import type { MemoryFolder } from './app';

/** Throws `dirty-editor` where a file of the store has unsaved changes in an editor: they would be lost or come back. */
export function refuseDirty(folder: MemoryFolder, path: string): void {
  const uri = folder.fileUri(path).toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open?.isDirty === true) {
    throw new AgentDreamsError('dirty-editor', `${path} has unsaved changes`, { path });
  }
}
