import * as vscode from 'vscode';
import type { DreamRecord } from '../../core/dream/dream';
import { listDreams, readProposal } from '../../core/dream/dreamFiles';
import { explainDream } from '../../core/dream/explain';
import type { Explanation } from '../../core/dream/explainText';
import { readableTime } from '../../core/review/transcript';
import type { App, MemoryFolder } from '../app';
import { fileSchemes, reviewCommands } from '../ids';
import { ReadOnlyFiles } from '../readOnlyFiles';
import type { SessionArguments } from '../review/reviewArguments';
import { SessionTitles } from '../review/sessionTitles';
import { toSlugText } from '../transcript/transcriptName';

/** The document that explains a dream. The path is what the tab shows; the query has the ids. */
export function explanationUri(folder: MemoryFolder, record: DreamRecord): vscode.Uri {
  const name = toSlugText(readableTime(record.createdAt).replace(/:\d\d UTC$/u, ''));
  return vscode.Uri.from({
    scheme: fileSchemes.explain,
    path: `/${vscode.l10n.t('Candidates')} ${name}.md`,
    query: new URLSearchParams({ folder: folder.id, dream: record.id }).toString(),
  });
}

/** Explanations as read-only Markdown, made from the files of the dream, with live links into the sessions. */
export function registerExplanations(app: App): vscode.Disposable {
  const titles = new SessionTitles();
  const files = new ReadOnlyFiles(async (uri) => (await explained(app, titles, uri))?.explanation.text);
  app.serveFiles('explain', files);
  const links = vscode.languages.registerDocumentLinkProvider(
    { scheme: fileSchemes.explain },
    { provideDocumentLinks: ({ uri }) => linksOf(app, titles, uri) },
  );
  return vscode.Disposable.from(titles, files, links);
}

interface Explained {
  readonly folder: MemoryFolder;
  readonly explanation: Explanation;
}

async function explained(app: App, titles: SessionTitles, uri: vscode.Uri): Promise<Explained | undefined> {
  const query = new URLSearchParams(uri.query);
  const folder = app.folder(query.get('folder') ?? '');
  if (folder === undefined) return undefined;
  const ports = await folder.ports();
  const record = (await listDreams(ports)).find(({ id }) => id === query.get('dream'));
  if (record === undefined) return undefined;
  const proposal = await readProposal(ports, record.id);
  return { folder, explanation: explainDream({ record, proposal, titles: await titles.of(folder) }) };
}

/** The links are beside the text, not in it: whatever a session said, a link runs our one command with ids alone. */
async function linksOf(app: App, titles: SessionTitles, uri: vscode.Uri): Promise<vscode.DocumentLink[]> {
  const found = await explained(app, titles, uri);
  if (found === undefined) return [];
  return found.explanation.links.map(({ line, start, end, session, entry }) => {
    const place: SessionArguments = { folder: found.folder.id, session, entry };
    const query = encodeURIComponent(JSON.stringify([place]));
    const target = vscode.Uri.parse(`command:${reviewCommands.showInSession}?${query}`);
    const link = new vscode.DocumentLink(new vscode.Range(line, start, line, end), target);
    link.tooltip = vscode.l10n.t('Show in session');
    return link;
  });
}
