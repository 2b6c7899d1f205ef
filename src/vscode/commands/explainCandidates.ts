import * as vscode from 'vscode';
import { wasDreamt, type DreamRecord } from '../../core/dream/dream';
import { listDreams } from '../../core/dream/dreamFiles';
import type { MemoryFolder } from '../app';
import { explanationUri } from '../dream/explanation';
import { formatTime } from '../formatTime';
import { readReviewArguments, type ReviewArguments } from '../review/reviewArguments';
import type { Shell } from '../shell';

/**
 * Explain Candidates: what a dream proposed and why, what it left out and why not. The dream that is named, else the one
 * that the user picks, the latest first.
 */
export async function explainCandidates(shell: Shell, args: readonly unknown[]): Promise<void> {
  const named = readReviewArguments(args[0]);
  if (named !== undefined) {
    await showNamed(shell, named);
    return;
  }
  const folder = await shell.app.pickFolder();
  if (folder === undefined) return;
  const records = (await listDreams(await folder.ports())).filter(
    (record) => record.status === 'completed' && wasDreamt(record),
  );
  if (records.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no dream to explain yet: run Dream Now first.'));
    return;
  }
  const record = await pickDream(records);
  if (record !== undefined) await show(folder, record);
}

async function showNamed({ app }: Shell, named: ReviewArguments): Promise<void> {
  const folder = app.folder(named.folder);
  const records = folder === undefined ? [] : await listDreams(await folder.ports());
  const record = records.find(({ id }) => id === named.dream);
  if (folder !== undefined && record !== undefined) await show(folder, record);
  else void vscode.window.showInformationMessage(vscode.l10n.t('That dream is not there any more.'));
}

async function show(folder: MemoryFolder, record: DreamRecord): Promise<void> {
  const document = await vscode.workspace.openTextDocument(explanationUri(folder, record));
  await vscode.window.showTextDocument(document, { preview: true });
}

async function pickDream(records: readonly DreamRecord[]): Promise<DreamRecord | undefined> {
  const [only, ...others] = records;
  if (others.length === 0) return only;
  const items = records.map((record) => ({
    label: formatTime(record.createdAt),
    description: changeWords(record.changes ?? 0),
    record,
  }));
  const placeHolder = vscode.l10n.t('Which dream? The latest is first.');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.record;
}

function changeWords(count: number): string {
  if (count === 0) return vscode.l10n.t('nothing proposed');
  return count === 1 ? vscode.l10n.t('1 change proposed') : vscode.l10n.t('{0} changes proposed', count);
}
