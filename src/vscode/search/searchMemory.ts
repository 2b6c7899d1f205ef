import * as vscode from 'vscode';
import { compareText } from '../../core/dream/text/words';
import { readEffectiveStore } from '../../core/memory/effective';
import { createMemorySearch, type MemoryHit, type MemorySearch } from '../../core/search/memorySearch';
import type { MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { showLiveSearch, type FoundItem } from './liveSearch';
import { memoryWords } from './memoryItems';

const SHOWN = 50;

interface Searched {
  readonly folder: MemoryFolder;
  readonly search: MemorySearch;
  /** Paths whose content this user has not accepted. */
  readonly waiting: ReadonlySet<string>;
}

interface Found {
  readonly folder: MemoryFolder;
  readonly path: string;
  /** 0-based. */
  readonly line: number;
}

/** What is there now, accepted or not: a person looks for what waits too, and is told so. */
async function open(folder: MemoryFolder): Promise<readonly Searched[]> {
  if (!(await folder.initialized())) return [];
  const { memories, waiting } = await readEffectiveStore(await folder.ports());
  const search = createMemorySearch([...memories, ...waiting]);
  return [{ folder, search, waiting: new Set(waiting.map(({ path }) => path)) }];
}

function itemOf(hit: MemoryHit, { folder, waiting }: Searched, several: boolean): FoundItem<Found> {
  const state = { waiting: waiting.has(hit.path), ...(several ? { folder: folder.name } : {}) };
  const { icon, ...words } = memoryWords(hit, state, vscode.l10n.t);
  return {
    ...words,
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon(icon),
    buttons: [
      { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') },
      { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Reveal in Explorer View') },
    ],
    found: { folder, path: hit.path, line: hit.line.number - 1 },
  };
}

function find(searched: readonly Searched[], query: string): readonly FoundItem<Found>[] {
  return searched
    .flatMap((one) => one.search.search(query, SHOWN).map((hit) => ({ one, hit })))
    .sort((a, b) => b.hit.score - a.hit.score || compareText(a.hit.path, b.hit.path))
    .slice(0, SHOWN)
    .map(({ one, hit }) => itemOf(hit, one, searched.length > 1));
}

async function show({ folder, path, line }: Found, column?: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(folder.fileUri(path));
  const selection = document.validateRange(new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER));
  await vscode.window.showTextDocument(document, {
    selection,
    ...(column === undefined ? {} : { viewColumn: column }),
  });
}

/**
 * Search Memory: the memories of all folders while somebody types, best first. The first argument may be what is looked
 * for.
 */
export async function searchMemory(shell: Shell, [value]: readonly unknown[]): Promise<void> {
  let searched: readonly Searched[] = [];
  const t = vscode.l10n.t;
  await showLiveSearch<Found>({
    title: t('Search Memory'),
    placeholder: t('Words, "exact words", in:category, agent:name, path:src/file.ts, is:pinned'),
    value: typeof value === 'string' ? value : '',
    nothing: t('No memory has that'),
    filters: [
      { iconPath: new vscode.ThemeIcon('archive'), tooltip: t('Archived Memories'), filter: 'is:archived' },
      { iconPath: new vscode.ThemeIcon('pinned'), tooltip: t('Pinned Memories'), filter: 'is:pinned' },
    ],
    prepare: async () => {
      searched = (await Promise.all(shell.app.folders.map((folder) => open(folder)))).flat();
    },
    search: (query) => Promise.resolve(find(searched, query)),
    open: (found) => show(found),
    press: async (button, found) => {
      const { iconPath } = button;
      const isReveal = iconPath instanceof vscode.ThemeIcon && iconPath.id === 'list-tree';
      if (isReveal) await vscode.commands.executeCommand('revealInExplorer', found.folder.fileUri(found.path));
      else await show(found, vscode.ViewColumn.Beside);
    },
    run: (work) => void shell.app.runCommand(t('Search Memory'), work),
  });
}
