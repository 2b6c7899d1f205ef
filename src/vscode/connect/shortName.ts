import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/** A path as a person reads it: from the workspace folder or from home on, where it is in one of them. */
export function shortName(file: string): string {
  const relative = vscode.workspace.asRelativePath(file);
  const home = homedir();
  return relative.startsWith(home + path.sep) ? `~${relative.slice(home.length)}` : relative;
}
