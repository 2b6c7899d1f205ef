import * as vscode from 'vscode';
import { archiveMemory as archive, restoreMemory as restore } from '../../core/memory/archive';
import { keepOutsideChange, outsideChanges, revertOutsideChange } from '../../core/memory/outside';
import type { MemoryFolder } from '../app';
import { refuseDirty } from '../dirty';
import { actorsOf } from '../folders/acceptance';
import { STORE_FOLDER } from '../folders/memoryFolder';
import { plainLabel } from '../plainWords';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { requireTrust } from './ensureMemory';

/** A file of a store. */
interface StoreFile {
  readonly folder: MemoryFolder;
  /** Relative to the store. */
  readonly path: string;
}

/** The store file that an editor shows, if it shows one. */
function activeStoreFile(shell: Shell): StoreFile | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const folder = uri && shell.folderContaining(uri);
  if (!folder) return undefined;
  const root = `${vscode.Uri.joinPath(folder.uri, STORE_FOLDER).path}/`;
  return uri.path.startsWith(root) ? { folder, path: uri.path.slice(root.length) } : undefined;
}

function fromArguments(shell: Shell, args: readonly unknown[], kind: 'memory' | 'outside'): readonly StoreFile[] {
  return targetsOf(args).flatMap((target) => {
    if (target.kind !== kind) return [];
    const folder = shell.app.folder(target.folder);
    return folder ? [{ folder, path: target.path }] : [];
  });
}

/** The rows, or the memory in the editor; empty, and said, where there is neither. */
function chosenMemories(shell: Shell, args: readonly unknown[]): readonly StoreFile[] {
  const active = activeStoreFile(shell);
  const rows = fromArguments(shell, args, 'memory');
  const files = rows.length > 0 ? rows : active ? [active] : [];
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a memory in the editor, or choose one in the Memory view.'),
    );
  }
  return files;
}

/** Archive Memory: the row, or the memory in the editor. It leaves the index and can be restored. */
export async function archiveMemory(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  for (const { folder, path } of chosenMemories(shell, args)) {
    refuseDirty(folder, path);
    await archive(await folder.ports(), path);
    folder.touch();
  }
}

/** Restore Memory: takes an archived memory back to where it was. */
export async function restoreMemory(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  for (const { folder, path } of chosenMemories(shell, args)) {
    refuseDirty(folder, path);
    await restore(await folder.ports(), path);
    folder.touch();
  }
}

async function pickOutside(shell: Shell, placeHolder: string): Promise<readonly StoreFile[]> {
  const folder = await shell.app.pickFolder();
  if (!folder) return [];
  const changes = (await folder.initialized()) ? await outsideChanges(await folder.ports()) : [];
  if (changes.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing in the memory of {0} was changed outside.', folder.name),
    );
    return [];
  }
  const actors = await actorsOf(shell.app, folder, changes);
  const items = changes.map(({ path, kind }) => ({
    label: plainLabel(path),
    description: `${kind} · ${actors.get(path) ?? ''}`,
    path,
  }));
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  return (picked ?? []).map(({ path }) => ({ folder, path }));
}

/** Keep Outside Change: accepts the file as it is now. */
export async function keepOutside(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const rows = fromArguments(shell, args, 'outside');
  const files = rows.length > 0 ? rows : await pickOutside(shell, vscode.l10n.t('Which changes do you keep?'));
  for (const folder of new Set(files.map((file) => file.folder))) {
    const ports = await folder.ports();
    const actors = await actorsOf(shell.app, folder, await outsideChanges(ports));
    for (const { path } of files.filter((file) => file.folder === folder)) {
      refuseDirty(folder, path);
      await keepOutsideChange(ports, path, actors.get(path) ?? 'outside');
    }
    folder.touch();
  }
}

/** Revert Outside Change: goes back to what was accepted last. What is replaced stays in a snapshot. */
export async function revertOutside(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const rows = fromArguments(shell, args, 'outside');
  const files = rows.length > 0 ? rows : await pickOutside(shell, vscode.l10n.t('Which changes do you revert?'));
  for (const { folder, path } of files) {
    refuseDirty(folder, path);
    await revertOutsideChange(await folder.ports(), path);
    folder.touch();
  }
}
