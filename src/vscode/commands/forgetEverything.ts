import * as vscode from 'vscode';
import path from 'node:path';
import { leftBehindFile } from '../../core/dream/model/leftBehind';
import { AgentDreamsError } from '../../core/errors';
import { deleteFolder, removeHollow, surveyFolder, type Forgettable } from '../../node/forget';
import type { ConnectPlan } from '../../node/claude/connection';
import type { MemoryFolder } from '../app';
import { exportedTo } from '../bridges/exportMemories';
import { connectionToForget, forgetConnection, forgetLines } from '../connect/forgetConnection';
import { STORE_FOLDER } from '../folders/memoryFolder';
import { mirrorFolder } from '../folders/mirrorService';
import { plainWords } from '../plainWords';
import type { Shell } from '../shell';
import { removalLine, serverIsInstalled, takeServerOut } from '../tools/installServer';
import { requireTrust } from './ensureMemory';

/** Something that can be forgotten. */
type Part = FolderPart | KeyPart | ServerPart;

interface FolderPart extends Forgettable {
  /** `accepted`: what was accepted of an attached store, for all folders alike. */
  readonly kind: 'folder' | 'accepted';
  readonly label: string;
  /** No folder above this one is checked for links. */
  readonly within: string;
}

/** The key of an engine, of all folders alike. */
interface KeyPart {
  readonly kind: 'key';
  readonly label: string;
}

/** The memory server that Claude Code starts in this folder. */
interface ServerPart {
  readonly kind: 'server';
  readonly label: string;
}

const KILOBYTE = 1024;

async function partsOf(shell: Shell, folder: MemoryFolder): Promise<readonly Part[]> {
  const { t } = vscode.l10n;
  const root = folder.uri.fsPath;
  await folder.ports();
  const local = folder.fileUri('.local/journal.jsonl').with({ fragment: '' }).fsPath;
  const localFolder = path.dirname(local);
  const mirror = mirrorFolder(shell.context, folder);
  const candidates = [
    {
      label: t('Local data: sessions, proposals, journal, snapshots, personal memories'),
      folder: localFolder,
      within: path.dirname(path.dirname(localFolder)),
    },
    { label: t('The whole memory of this folder'), folder: path.join(root, STORE_FOLDER), within: root },
    {
      label: t('The copy in the storage of the extension'),
      folder: mirror,
      within: shell.context.globalStorageUri.fsPath,
    },
  ];
  const parts: Part[] = [];
  for (const { label, folder: at, within } of candidates) {
    const found = await surveyFolder(at);
    if (found !== undefined) parts.push({ ...found, kind: 'folder', label, within });
  }
  if ((await shell.engines.key.source()) === 'stored') {
    parts.push({ kind: 'key', label: t('The key of the Claude API, for all folders') });
  }
  if (await serverIsInstalled(folder)) {
    parts.push({ kind: 'server', label: t('The memory server that Claude Code starts in this folder') });
  }
  return [...parts, ...(await acceptedParts(shell))];
}

async function acceptedParts({ attached }: Shell): Promise<readonly Part[]> {
  const { t } = vscode.l10n;
  const parts: Part[] = [];
  for (const { folder, store } of await attached.accepted()) {
    const found = await surveyFolder(folder);
    const label =
      store === undefined
        ? t('What you accepted of a store that is attached no more')
        : t('What you accepted of the attached store {0}, for all folders', store);
    if (found !== undefined) parts.push({ ...found, kind: 'accepted', label, within: path.dirname(folder) });
  }
  return parts;
}

const isOnDisk = (part: Part): part is FolderPart => part.kind === 'folder' || part.kind === 'accepted';

const sizeOf = ({ files, bytes }: Forgettable): string =>
  vscode.l10n.t('{0} files, {1} KB', files, Math.ceil(bytes / KILOBYTE));

function placeOf(part: Part): string {
  if (isOnDisk(part)) return part.folder;
  return part.kind === 'server' ? removalLine() : vscode.l10n.t("VS Code's secret storage");
}

/**
 * Forget Everything: lists what there is with its size, asks which of it, asks again with the exact folders, then has the
 * name of the folder typed. What is forgotten is deleted for good; no snapshot keeps it.
 */
export async function forgetEverything(shell: Shell): Promise<void> {
  requireTrust(shell);
  const folder = await shell.app.pickFolder();
  if (!folder) return;
  const { t } = vscode.l10n;
  const parts = await partsOf(shell, folder);
  if (parts.length === 0) {
    void vscode.window.showInformationMessage(t('Agent Dreams keeps nothing of {0}.', folder.name));
    return;
  }
  const items = parts.map((part) => ({
    label: part.label,
    ...(isOnDisk(part) ? { description: sizeOf(part) } : {}),
    detail: placeOf(part),
    part,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: t('Forget Everything'),
    placeHolder: t('What should be deleted for good?'),
  });
  const chosen = (picked ?? []).map(({ part }) => part);
  if (chosen.length === 0) return;
  // Without its record a connection cannot be taken back to the byte, and without the memory it prints nothing.
  const connection = chosen.some(({ kind }) => kind === 'folder') ? await connectionToForget(shell, folder) : undefined;
  const besides = [...forgetLines(connection), ...(await exportLines(shell, folder))];
  if (!(await confirmed(folder, chosen, besides))) return;
  await forget(shell, folder, chosen, connection);
}

/** Exports are files of other tools: they stay, and can be taken back without a memory. */
async function exportLines(shell: Shell, folder: MemoryFolder): Promise<readonly string[]> {
  const files = await exportedTo(shell, folder);
  if (files.length === 0) return [];
  const named = files.slice(0, 5).join(', ');
  return [
    vscode.l10n.t('What was exported stays in {0} files ({1}): Remove Export takes it back.', files.length, named),
  ];
}

async function confirmed(folder: MemoryFolder, chosen: readonly Part[], besides: readonly string[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const go = t('Delete for Good');
  const lines = chosen.map((part) =>
    isOnDisk(part) ? `${part.folder} (${sizeOf(part)})` : `${part.label} (${placeOf(part)})`,
  );
  const detail = [...lines, ...besides, ...(await leftElsewhere(folder)), t('This cannot be undone.')].join('\n');
  const answer = await vscode.window.showWarningMessage(
    t('Delete this data of {0}?', folder.name),
    { modal: true, detail },
    go,
  );
  if (answer !== go) return false;
  const typed = await vscode.window.showInputBox({
    title: t('Forget Everything'),
    prompt: t('Type {0} to delete it for good.', folder.name),
    validateInput: (text) => (text === '' || folder.name.startsWith(text) ? undefined : t('Type {0}.', folder.name)),
  });
  return typed === folder.name;
}

/** What Anthropic's Dreams could not delete is known by a file that is about to go. */
async function leftElsewhere(folder: MemoryFolder): Promise<readonly string[]> {
  const left = await leftBehindFile(await folder.ports()).read();
  if (left.length === 0) return [];
  return [
    vscode.l10n.t(
      '{0} uploads at Anthropic are not deleted yet: dream with that engine once more before, or delete them in the Claude Console.',
      left.length,
    ),
  ];
}

async function forget(
  shell: Shell,
  folder: MemoryFolder,
  chosen: readonly Part[],
  connection: ConnectPlan | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  await forgetConnection(shell, folder, connection);
  // First, so that it is gone even where a file cannot be deleted.
  if (chosen.some(({ kind }) => kind === 'key')) {
    await shell.engines.key.remove();
    await shell.keyChanged();
  }
  // What Claude Code refuses keeps nothing of the rest.
  const refused = chosen.some(({ kind }) => kind === 'server') ? await takeServerOut(shell, folder) : undefined;
  if (refused !== undefined) void vscode.window.showWarningMessage(plainWords(refused));
  const folders = chosen.filter(isOnDisk);
  // Nothing may write into what is being deleted, nor bring a part of it back.
  const left = await folder.closed(async () => {
    const remaining: string[] = [];
    for (const { folder: at, within } of folders) remaining.push(...(await deleteFolder(at, within)));
    return remaining;
  });
  // Who waited for a lock made a folder for it.
  for (const { folder: at } of folders) await removeHollow(at);
  folder.touch();
  if (chosen.some(({ kind }) => kind === 'accepted')) shell.attached.reset();
  if (left.length > 0) {
    throw new AgentDreamsError('io', `Not everything could be deleted: ${left.join(', ')}`, { path: left[0] ?? '' });
  }
  const gone = chosen.filter(({ kind }) => kind !== 'server' || refused === undefined);
  if (gone.length === 0) return;
  void vscode.window.showInformationMessage(t('Forgotten: {0}', gone.map(placeOf).join(', ')));
}
