import * as vscode from 'vscode';
import { schemes } from './reviewUri';

interface TextDiff {
  readonly modified?: unknown;
}

/** The diffs of a multi-diff tab. They are there at run time, but not in the stable API: read with care. */
function textDiffs(input: unknown): readonly TextDiff[] {
  if (typeof input !== 'object' || input === null || !('textDiffs' in input)) return [];
  const { textDiffs: diffs } = input;
  return Array.isArray(diffs) ? (diffs as readonly TextDiff[]) : [];
}

function isProposed(uri: unknown): uri is vscode.Uri {
  return uri instanceof vscode.Uri && uri.scheme === schemes.proposed;
}

/** The right sides that a tab shows; empty for a tab that is none of ours. */
export function proposedIn(tab: vscode.Tab | undefined): readonly vscode.Uri[] {
  if (tab === undefined) return [];
  if (tab.input instanceof vscode.TabInputTextDiff) return isProposed(tab.input.modified) ? [tab.input.modified] : [];
  if (tab.input instanceof vscode.TabInputText) return isProposed(tab.input.uri) ? [tab.input.uri] : [];
  return textDiffs(tab.input)
    .map(({ modified }) => modified)
    .filter(isProposed);
}

/** True for a tab with several diffs, as far as can be told. */
export function isMultiDiff(tab: vscode.Tab | undefined): boolean {
  if (tab === undefined) return false;
  const { input } = tab;
  const known =
    input instanceof vscode.TabInputTextDiff ||
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputNotebook ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputWebview ||
    input instanceof vscode.TabInputTerminal ||
    input instanceof vscode.TabInputNotebookDiff;
  return !known;
}

/** The tab that the user is in. */
export function activeTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.activeTabGroup.activeTab;
}

/** Closes a tab that is still there; never one with unsaved edits. */
export async function closeTab(tab: vscode.Tab): Promise<void> {
  const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).includes(tab);
  if (open && !tab.isDirty) await vscode.window.tabGroups.close(tab, true);
}
