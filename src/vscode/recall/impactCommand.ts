import * as vscode from 'vscode';
import { impactOf, impactSession, type ImpactSession } from '../../core/recall/impact';
import { readProof } from '../../core/recall/readProof';
import { readUsage } from '../../core/recall/readUsage';
import { listSessions, readingAhead } from '../../core/sessions/sessionFiles';
import { isAgentDreamsError } from '../../core/errors';
import type { App, FolderPorts, MemoryFolder } from '../app';
import { formatTime } from '../formatTime';
import { fileSchemes } from '../ids';
import { ReadOnlyFiles } from '../readOnlyFiles';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { impactReport } from './impactReport';
import { proofWords } from './recallWords';

/** Impact: what memory changed in a folder, as a read-only document. */
export async function showImpact(shell: Shell, args: readonly unknown[]): Promise<void> {
  const target = targetsOf(args).find((one) => one.kind === 'recall');
  const folder = (target && shell.app.folder(target.folder)) ?? (await shell.app.pickFolder());
  if (folder === undefined) return;
  const uri = vscode.Uri.from({
    scheme: fileSchemes.impact,
    path: `/${vscode.l10n.t('Impact')}.md`,
    query: new URLSearchParams({ folder: folder.id, at: String(shell.clock.now()) }).toString(),
  });
  const location = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading sessions') };
  const document = await vscode.window.withProgress(location, () => vscode.workspace.openTextDocument(uri));
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Impact reports as read-only files, made anew from the captured sessions whenever one is opened. */
export function registerImpactReports(app: App): vscode.Disposable {
  // The editor asks for size and text of one document: all sessions are read once for both.
  let last: { readonly uri: string; readonly text: Promise<string> } | undefined;
  const files = new ReadOnlyFiles(async (uri) => {
    const folder = app.folder(new URLSearchParams(uri.query).get('folder') ?? '');
    if (folder === undefined) return undefined;
    if (last?.uri !== uri.toString()) last = { uri: uri.toString(), text: reportOf(folder) };
    return last.text;
  });
  app.serveFiles('impact', files);
  return vscode.Disposable.from(files);
}

async function reportOf(folder: MemoryFolder): Promise<string> {
  const { t } = vscode.l10n;
  const ports = await folder.ports();
  const headers = await listSessions(ports);
  const input = {
    name: folder.name,
    impact: impactOf(
      await readImpact(
        ports,
        headers.map(({ id }) => id),
      ),
    ),
    usage: await readUsage(ports, headers),
    proof: proofWords(await readProof(ports, headers), { t, time: formatTime }).short,
    time: formatTime,
  };
  return impactReport(input, t);
}

/** One session in memory at a time; one too large to hold is left out. */
async function readImpact(ports: FolderPorts, ids: readonly string[]): Promise<readonly ImpactSession[]> {
  const read = readingAhead(ports, ids);
  const found: ImpactSession[] = [];
  for (const id of ids) {
    try {
      const session = await read(id);
      if (session !== undefined) found.push(impactSession(session));
    } catch (error) {
      if (!isAgentDreamsError(error, 'too-large')) throw error;
    }
  }
  return found;
}
