import path from 'node:path';
import * as vscode from 'vscode';
import { compareText } from '../../core/dream/text/words';
import type { MemoryHit, MemorySearch } from '../../core/search/memorySearch';
import type { AttachedSource } from '../../node/attachedSource';
import { keepAttachedSearch, keepStoreSearch, type SearchedAttached, type SearchedStore } from '../../node/keptSearch';
import type { FolderPorts, MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { showLiveSearch, type FoundItem } from './liveSearch';
import { memoryWords, type MemoryState } from './memoryItems';

const SHOWN = 50;

/** One thing to search: the memory of a folder, or the attached stores. */
interface Searched {
  readonly search: MemorySearch;
  readonly about: (path: string) => Found & MemoryState;
}

interface Found {
  readonly uri: vscode.Uri;
  /** Attached stores are not in the Explorer. */
  readonly inWorkspace: boolean;
}

interface FoundLine extends Found {
  /** 0-based. */
  readonly line: number;
}

/** Live as long as the ports of a folder, so that the next search begins with a finished index. */
const ofFolders = new WeakMap<FolderPorts, () => Promise<SearchedStore>>();
const ofAttached = new WeakMap<AttachedSource, () => Promise<SearchedAttached>>();

/** What is there now, accepted or not: a person looks for what waits too, and is told so. */
async function openFolder(folder: MemoryFolder, several: boolean): Promise<readonly Searched[]> {
  if (!(await folder.initialized())) return [];
  const ports = await folder.ports();
  const localRoot = path.dirname(path.dirname(folder.fileUri('.local/state.json').fsPath));
  const look = ofFolders.get(ports) ?? keepStoreSearch({ workspaceRoot: folder.uri.fsPath, localRoot }, ports);
  ofFolders.set(ports, look);
  const { search, waiting } = await look();
  const about = (file: string): Found & MemoryState => ({
    uri: folder.fileUri(file),
    inWorkspace: true,
    waiting: waiting.has(file),
    ...(several ? { folder: folder.name } : {}),
  });
  return [{ search, about }];
}

/** What this user accepted of attached stores. */
async function openAttached(source: AttachedSource): Promise<readonly Searched[]> {
  const look = ofAttached.get(source) ?? keepAttachedSearch(source);
  ofAttached.set(source, look);
  const { search, storeOf } = await look();
  if (storeOf.size === 0) return [];
  const about = (file: string): Found & MemoryState => {
    const { folder = '', name } = storeOf.get(file) ?? { name: '' };
    const below = file.slice(file.indexOf('/') + 1);
    return { uri: vscode.Uri.file(path.join(folder, below)), inWorkspace: false, waiting: false, folder: name };
  };
  return [{ search, about }];
}

function itemOf(hit: MemoryHit, { about }: Searched): FoundItem<FoundLine> {
  const { uri, inWorkspace, ...state } = about(hit.path);
  const { icon, ...words } = memoryWords(hit, state, vscode.l10n.t);
  const reveal = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Reveal in Explorer View') };
  return {
    ...words,
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon(icon),
    buttons: [
      { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') },
      ...(inWorkspace ? [reveal] : []),
    ],
    found: { uri, inWorkspace, line: hit.line.number - 1 },
  };
}

function find(searched: readonly Searched[], query: string): readonly FoundItem<FoundLine>[] {
  return searched
    .flatMap((one) => one.search.search(query, SHOWN).map((hit) => ({ one, hit })))
    .sort((a, b) => b.hit.score - a.hit.score || compareText(a.hit.path, b.hit.path))
    .slice(0, SHOWN)
    .map(({ one, hit }) => itemOf(hit, one));
}

async function show({ uri, line }: FoundLine, column?: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = document.validateRange(new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER));
  await vscode.window.showTextDocument(document, {
    selection,
    ...(column === undefined ? {} : { viewColumn: column }),
  });
}

/**
 * Search Memory: the memories of all folders and of attached stores while somebody types, best first. The first argument
 * may be what is looked for.
 */
export async function searchMemory(shell: Shell, [value]: readonly unknown[]): Promise<void> {
  let searched: readonly Searched[] = [];
  const t = vscode.l10n.t;
  await showLiveSearch<FoundLine>({
    title: t('Search Memory'),
    placeholder: t('Words, "exact words", in:category, agent:name, path:src/file.ts, is:pinned'),
    value: typeof value === 'string' ? value : '',
    nothing: t('No memory has that'),
    filters: [
      { iconPath: new vscode.ThemeIcon('archive'), tooltip: t('Archived Memories'), filter: 'is:archived' },
      { iconPath: new vscode.ThemeIcon('pinned'), tooltip: t('Pinned Memories'), filter: 'is:pinned' },
    ],
    prepare: async () => {
      const { folders } = shell.app;
      const all = folders.map((folder) => openFolder(folder, folders.length > 1));
      searched = (await Promise.all([...all, openAttached(shell.attached.source)])).flat();
    },
    search: (query) => Promise.resolve(find(searched, query)),
    open: (found) => show(found),
    press: async (button, found) => {
      const { iconPath } = button;
      const isReveal = iconPath instanceof vscode.ThemeIcon && iconPath.id === 'list-tree';
      if (isReveal) await vscode.commands.executeCommand('revealInExplorer', found.uri);
      else await show(found, vscode.ViewColumn.Beside);
    },
    run: (work) => void shell.app.runCommand(t('Search Memory'), work),
  });
}
