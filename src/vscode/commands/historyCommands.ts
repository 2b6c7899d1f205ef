import * as vscode from 'vscode';
import { readJournal, verifyJournal, type JournalLine } from '../../core/history/journal';
import { planRollback, rollback } from '../../core/history/rollback';
import { listSnapshots, readSnapshot } from '../../core/history/snapshots';
import type { FileWrite } from '../../core/history/transaction';
import type { CorePorts } from '../../core/ports';
import type { MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { requireTrust } from './ensureMemory';

const MAX_LISTED = 20;
const MAX_SNAPSHOTS = 200;

interface SnapshotItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Roll Back Store: brings the memories back to what they were before a change, shown before it is done. */
export async function rollBackStore(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const folder = await folderOf(shell, args);
  if (folder === undefined) return;
  const { t } = vscode.l10n;
  const ports = await folder.ports();
  const items = await snapshotItems(ports);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing was changed in the memory of {0} yet.', folder.name));
    return;
  }
  const title = t('Roll Back Store');
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: t('Go back to the store before …') });
  if (item === undefined) return;
  const writes = await planRollback(ports, item.id);
  if (writes.length === 0) {
    void vscode.window.showInformationMessage(t('The memories are as they were then.'));
    return;
  }
  const goBack = t('Roll Back');
  const detail = [...writes.slice(0, MAX_LISTED).map(describe), ...moreThan(writes.length)].join('\n');
  const question = t('Go back to the store of {0}?', item.label);
  const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, goBack);
  if (picked !== goBack) return;
  await rollback(ports, item.id);
  folder.touch();
  void vscode.window.showInformationMessage(
    t('{0} files are as they were. This can be rolled back too.', writes.length),
  );
}

/** Verify Journal: says whether every line of the audit log follows from the one before, and none is missing. */
export async function verifyJournalCommand(shell: Shell, args: readonly unknown[]): Promise<void> {
  const folder = await folderOf(shell, args);
  if (folder === undefined) return;
  const { t } = vscode.l10n;
  const ports = await folder.ports();
  const { lines, problems } = await readJournal(ports);
  if (await verifyJournal(ports)) {
    void vscode.window.showInformationMessage(t('The journal of {0} is intact: {1} lines.', folder.name, lines.length));
    return;
  }
  const [first] = problems;
  const message =
    first === undefined
      ? t('The journal of {0} is not intact: words that belong to a line were changed.', folder.name)
      : t('The journal of {0} is not intact: line {1} ({2}).', folder.name, first.line, first.reason);
  void vscode.window.showWarningMessage(message);
}

async function folderOf(shell: Shell, args: readonly unknown[]): Promise<MemoryFolder | undefined> {
  const [target] = targetsOf(args);
  const named = target?.kind === 'folder' ? shell.app.folder(target.folder) : undefined;
  return named ?? shell.app.pickFolder();
}

/** The latest snapshots, newest first, each with the change that it was taken before. */
async function snapshotItems(ports: CorePorts): Promise<readonly SnapshotItem[]> {
  const { lines } = await readJournal(ports);
  const items: SnapshotItem[] = [];
  let later: string | undefined;
  for (const id of (await listSnapshots(ports)).slice(-MAX_SNAPSHOTS).reverse()) {
    const at = (await readSnapshot(ports, id))?.at;
    if (at === undefined) continue;
    const line = lines.find((one) => one.at >= at && (later === undefined || one.at < later));
    later = at;
    if (line === undefined) continue;
    items.push({ id, label: new Date(at).toLocaleString(), description: line.action, detail: filesOf(line) });
  }
  return items;
}

function filesOf({ files }: JournalLine): string {
  const names = files
    .map(({ path }) => path)
    .filter((path) => path !== 'MEMORY.md' && !path.startsWith('.local/dreams/'));
  return [...names.slice(0, 3), ...(names.length > 3 ? ['…'] : [])].join(', ');
}

function describe({ path, expected, bytes }: FileWrite): string {
  const { t } = vscode.l10n;
  if (bytes === null) return t('{0} leaves the store; its text is kept', path);
  return expected === null ? t('{0} comes back', path) : t('{0} gets its earlier text', path);
}

function moreThan(count: number): readonly string[] {
  return count > MAX_LISTED ? [vscode.l10n.t('and {0} more', count - MAX_LISTED)] : [];
}
