import * as vscode from 'vscode';
import type { Evidence } from '../../core/dream/finding';
import { readSession } from '../../core/sessions/sessionFiles';
import type { MemoryFolder } from '../app';
import { transcriptUri } from '../transcript/openTranscript';
import { locateQuote, renderTranscript } from '../../core/review/transcript';
import type { ReviewModel } from './reviewModel';
import { hunkUnder } from './whyHover';

type SessionEvidence = Extract<Evidence, { kind: 'quote' | 'event' }>;

/** All evidence of a hunk, for the editor's own peek (Shift+F12): it stays inside the diff, unlike `showReferences`. */
export class EvidenceReferences implements vscode.ReferenceProvider {
  readonly #model: ReviewModel;

  constructor(model: ReviewModel) {
    this.#model = model;
  }

  async provideReferences(document: vscode.TextDocument, { line }: vscode.Position): Promise<vscode.Location[]> {
    const found = await this.#model.locate(document.uri);
    if (found === undefined || (await hunkUnder(this.#model, found, document, line)) === undefined) return [];
    const quoted = found.change.change.evidence.filter(
      (evidence): evidence is SessionEvidence => evidence.kind === 'quote' || evidence.kind === 'event',
    );
    const sessions = [...new Set(quoted.map(({ session }) => session))];
    const locations = await Promise.all(
      sessions.map((session) =>
        locationsIn(
          found.folder,
          session,
          quoted.filter((evidence) => evidence.session === session),
        ),
      ),
    );
    return locations.flat();
  }
}

async function locationsIn(
  folder: MemoryFolder,
  session: string,
  evidence: readonly SessionEvidence[],
): Promise<readonly vscode.Location[]> {
  const captured = await readSession(await folder.ports(), session);
  if (captured === undefined) return [];
  const transcript = renderTranscript(captured);
  const uri = transcriptUri(folder, session, captured.header.title);
  return evidence.flatMap(({ entry, quote }) => {
    const lines = locateQuote(transcript, entry, quote);
    return lines === undefined ? [] : [new vscode.Location(uri, new vscode.Range(lines.start, 0, lines.end, 0))];
  });
}
