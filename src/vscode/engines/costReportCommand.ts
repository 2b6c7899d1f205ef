import * as vscode from 'vscode';
import { listDreams } from '../../core/dream/dreamFiles';
import type { MemoryFolder } from '../app';
import { formatTime } from '../formatTime';
import { fileSchemes } from '../ids';
import { ReadOnlyFiles } from '../readOnlyFiles';
import type { Shell } from '../shell';
import { costReport } from './costReport';

/** Cost Report: what the dreams of a folder cost, as a read-only document. */
export async function showCostReport(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (folder === undefined) return;
  const uri = vscode.Uri.from({
    scheme: fileSchemes.costs,
    path: `/${vscode.l10n.t('Cost Report')}.md`,
    query: new URLSearchParams({ folder: folder.id, at: String(shell.clock.now()) }).toString(),
  });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

/** Cost reports as read-only files, made anew from the dreams on disk whenever one is opened. */
export function registerCostReports(shell: Shell): vscode.Disposable {
  const files = new ReadOnlyFiles(async (uri) => {
    const folder = shell.app.folder(new URLSearchParams(uri.query).get('folder') ?? '');
    return folder && (await reportOf(shell, folder));
  });
  shell.app.serveFiles('costs', files);
  return vscode.Disposable.from(files);
}

async function reportOf({ engines }: { readonly engines: Shell['engines'] }, folder: MemoryFolder): Promise<string> {
  const dreams = await listDreams(await folder.ports());
  const { asOf } = engines.prices();
  return costReport({ name: folder.name, dreams, pricesAsOf: asOf, time: formatTime }, vscode.l10n.t);
}
