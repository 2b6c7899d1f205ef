import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reviewCommands } from '../../src/vscode/ids';
import { reviewUriParts, schemes } from '../../src/vscode/review/reviewUri';
import { CHANGES, dreamId, folderId, readStore } from './reviewStore';
import { actAs, type Answers, type User } from './stubs';
import { until } from './until';

/** A change of the proposal under test. */
export type ChangeName = keyof typeof CHANGES;

/** The ids of a change, as a lens or a row of the view gives them. */
export const ids = (change: ChangeName) => ({ folder: folderId(), dream: dreamId(), change: CHANGES[change] });
const uriOf = (scheme: string, file: string): vscode.Uri =>
  vscode.Uri.from({ scheme, ...reviewUriParts({ folder: folderId(), dream: dreamId() as never, path: file }) });
export const right = (file: string): vscode.Uri => uriOf(schemes.proposed, file);
export const left = (file: string): vscode.Uri => uriOf(schemes.current, file);

export async function run(command: string, answers: Answers = {}, ...args: readonly unknown[]): Promise<User> {
  const user = actAs(answers);
  try {
    await vscode.commands.executeCommand(command, ...args);
    return user;
  } finally {
    user.restore();
  }
}

export async function lensesOf(file: string): Promise<readonly vscode.Command[]> {
  await vscode.workspace.openTextDocument(right(file));
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    right(file),
    50,
  );
  return lenses.flatMap(({ command }) => (command ? [command] : []));
}

export const titles = (lenses: readonly vscode.Command[]): readonly string[] =>
  lenses.map(({ title }) => title.replace(/\$\([a-z-]+\) /, ''));

export async function openUntilShown(change: ChangeName, file: string): Promise<vscode.TextEditor> {
  await run(reviewCommands.openChange, {}, ids(change));
  return await until('the diff', () =>
    vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === right(file).toString()),
  );
}

export async function textBecomes(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await until(`${uri.scheme} shows the text`, () => document.getText() === text);
}

export async function edit(uri: vscode.Uri, from: string, to: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `"${from}" is in the text`);
  const change = new vscode.WorkspaceEdit();
  change.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(change));
  return document;
}

export async function state(): Promise<{ readonly rejected: Readonly<Record<string, { readonly reason: string }>> }> {
  return JSON.parse((await readStore('.local/state.json')) ?? '{"rejected":{}}') as never;
}

/** Runs the command of a lens, as a click does. */
export async function click(lens: vscode.Command | undefined, answers: Answers = {}): Promise<User> {
  assert.ok(lens, 'the lens is there');
  const args: readonly unknown[] = lens.arguments ?? [];
  return await run(lens.command, answers, ...args);
}
