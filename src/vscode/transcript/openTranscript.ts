import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { readSession } from '../../core/sessions/sessionFiles';
import { toSlugText } from './transcriptName';
import type { App, MemoryFolder } from '../app';
import { renderTranscript } from './renderTranscript';

/** The scheme of captured sessions as documents; read only, never on disk. */
const SCHEME = 'agent-dreams-session';

/** The path carries a name for the tab and the marker that gives the language; the query the ids. */
function transcriptUri(folder: MemoryFolder, session: string, title: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/agent-dreams-session/${toSlugText(title)}`,
    query: new URLSearchParams({ folder: folder.id, session }).toString(),
  });
}

async function read(folder: MemoryFolder, session: string) {
  const captured = await readSession(await folder.ports(), session);
  if (!captured) throw new AgentDreamsError('not-found', `no session ${session}`, { path: session });
  return captured;
}

/** Opens a captured session beside nothing else, at an entry if one is named. Throws `not-found`. */
export async function openTranscriptAt(folder: MemoryFolder, session: string, entry?: string): Promise<void> {
  const captured = await read(folder, session);
  const document = await vscode.workspace.openTextDocument(transcriptUri(folder, session, captured.header.title));
  const line = entry === undefined ? undefined : renderTranscript(captured, vscode.l10n.t).lineOf.get(entry);
  const selection = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...selection });
  if (line !== undefined) {
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenter);
  }
}

/** Serves captured sessions as documents. */
export function registerTranscripts(app: App): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      const query = new URLSearchParams(uri.query);
      const folder = app.folder(query.get('folder') ?? '');
      if (!folder) return vscode.l10n.t('The folder of this session is not open.');
      const captured = await readSession(await folder.ports(), query.get('session') ?? '');
      return captured
        ? renderTranscript(captured, vscode.l10n.t).text
        : vscode.l10n.t('This session is not there any more.');
    },
  });
}
