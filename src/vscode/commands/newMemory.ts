import * as vscode from 'vscode';
import { createMemory } from '../../core/memory/newMemory';
import { toSlug } from '../../core/memory/slug';
import { readStore } from '../../core/memory/store';
import { memoryPath } from '../../core/memory/storePath';
import type { MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { ensureMemory } from './ensureMemory';
import { plainLabel } from '../plainWords';

const MAX_DESCRIPTION = 150;
const MAX_SELECTION = 20_000;

async function pickCategory(
  folder: MemoryFolder,
  title: string,
): Promise<{ readonly name: string; readonly personal: boolean } | undefined> {
  const { schema } = await readStore(await folder.ports());
  const items = schema.categories
    .filter(({ enabled }) => enabled)
    .map(({ name, description, scope }) => ({
      label: name,
      detail: plainLabel(description),
      ...(scope === 'personal' ? { description: vscode.l10n.t('only me') } : {}),
      personal: scope === 'personal',
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('What kind of knowledge is it?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked && { name: picked.label, personal: picked.personal };
}

async function askDescription(title: string, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('One line that says what to know. The agent sees it in the index.'),
    placeHolder: vscode.l10n.t('For example: Install and run scripts with pnpm, never npm'),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('Write what to know.');
      if (text.length > MAX_DESCRIPTION) {
        return vscode.l10n.t('{0} of {1} characters: shorten it.', text.length, MAX_DESCRIPTION);
      }
      return undefined;
    },
  });
  return typed?.trim();
}

async function write(
  shell: Shell,
  folder: MemoryFolder,
  start: { readonly title: string; readonly description: string; readonly body: string },
): Promise<void> {
  if (!(await ensureMemory(shell, folder))) return;
  const category = await pickCategory(folder, start.title);
  if (!category) return;
  const description = await askDescription(start.title, start.description);
  if (description === undefined) return;
  const ports = await folder.ports();
  const at = new Date(shell.clock.now()).toISOString();
  const path = memoryPath(
    category.personal ? { kind: 'personal' } : { kind: 'team' },
    category.name,
    toSlug(description),
  );
  if ((await ports.files.stat(path)) !== undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is a memory of that name already: add to it, or describe the new one differently.'),
    );
    await vscode.window.showTextDocument(folder.fileUri(path));
    return;
  }
  const body = start.body === '' ? `${description}\n` : start.body;
  const draft = { path, description, created: at.slice(0, 10), body };
  const memory = await createMemory(ports, draft, [{ kind: 'by-hand', at }]);
  folder.touch();
  await vscode.window.showTextDocument(folder.fileUri(memory.path));
}

/** New Memory…: category and one line; the file opens to be written on. */
export async function newMemory(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (folder) await write(shell, folder, { title: vscode.l10n.t('New Memory'), description: '', body: '' });
}

function quoted(selection: string): string {
  return selection
    .slice(0, MAX_SELECTION)
    .split(/\r?\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** A line of Markdown or code without the marks that make it a heading, a list item, a quote or a comment. */
function withoutMarks(line: string): string {
  return line.replace(/^[\s#>*/-]{1,20}/, '').trim();
}

/** Remember This…: the selection, as a memory by hand. */
export async function rememberThis(shell: Shell): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selection = editor ? editor.document.getText(editor.selection).trim() : '';
  if (!editor || selection === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select the text to remember first.'));
    return;
  }
  const folder = shell.folderContaining(editor.document.uri) ?? (await shell.app.pickFolder());
  if (!folder) return;
  const firstLine = withoutMarks(selection.split(/\r?\n/, 1)[0] ?? '');
  const source = vscode.workspace.asRelativePath(editor.document.uri, false);
  await write(shell, folder, {
    title: vscode.l10n.t('Remember This'),
    description: firstLine.slice(0, MAX_DESCRIPTION),
    body: `${quoted(selection)}\n\n${vscode.l10n.t('From {0}.', `\`${source}\``)}\n`,
  });
}
