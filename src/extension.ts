import { createRequire } from 'node:module';
import type * as vscode from 'vscode';
import { registerEntry } from './vscode/entry';
import type * as main from './vscode/main';

/** Registers what VS Code needs to know at once; everything else is in `app.js`, loaded at first use. Awaits nothing. */
export function activate(context: vscode.ExtensionContext): void {
  registerEntry(context, () => createRequire(__filename)('./app.js') as typeof main);
}
