import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { locateQuote, renderTranscript } from '../../core/review/transcript';
import { readSession } from '../../core/sessions/sessionFiles';
import type { CapturedSession } from '../../core/sessions/session';
import type { MemoryFolder } from '../app';
import { fileSchemes } from '../ids';
import { toSlugText } from './transcriptName';

/**
 * The document of a session. The path carries a name for the tab and the marker that gives the language; the query the
 * ids.
 */
export function transcriptUri(folder: MemoryFolder, session: string, title: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: fileSchemes.session,
    path: `/agent-dreams-session/${toSlugText(title)}`,
    query: new URLSearchParams({ folder: folder.id, session }).toString(),
  });
}

/** The session as it is on disk. Throws `not-found`. */
async function read(folder: MemoryFolder, session: string): Promise<CapturedSession> {
  const captured = await readSession(await folder.ports(), session);
  if (!captured) throw new AgentDreamsError('not-found', `no session ${session}`, { path: session });
  return captured;
}

/** Where in a session to go: an entry, and in it the words of a quote. */
export interface TranscriptPlace {
  readonly entry?: string | undefined;
  readonly quote?: string | undefined;
}

/** Opens a captured session, at a place if one is given. Throws `not-found`. */
export async function openTranscriptAt(
  folder: MemoryFolder,
  session: string,
  { entry, quote = '' }: TranscriptPlace = {},
): Promise<void> {
  const captured = await read(folder, session);
  const document = await vscode.workspace.openTextDocument(transcriptUri(folder, session, captured.header.title));
  const lines = entry === undefined ? undefined : locateQuote(renderTranscript(captured), entry, quote);
  const range =
    lines && document.validateRange(new vscode.Range(lines.start, 0, lines.end - 1, Number.MAX_SAFE_INTEGER));
  const selection = range === undefined ? {} : { selection: range };
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...selection });
  if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
}
