import * as vscode from 'vscode';
import { createSessionSearch, type SessionHit, type SessionSearch } from '../../core/search/sessionSearch';
import type { FolderPorts, MemoryFolder } from '../app';
import { formatTime } from '../formatTime';
import type { Shell } from '../shell';
import { openTranscriptAt } from '../transcript/openTranscript';
import { showLiveSearch, type FoundItem } from './liveSearch';
import { sessionWords } from './sessionItems';

const SHOWN = 30;
/** What was read so far is shown again after so many more sessions. */
const AGAIN_AFTER = 25;

interface Searched {
  readonly folder: MemoryFolder;
  readonly search: SessionSearch;
}

interface Found {
  readonly folder: MemoryFolder;
  readonly session: string;
  readonly entry?: string | undefined;
  readonly quote?: string | undefined;
}

/** Lives as long as the ports of a folder, so that a second search reads only what is new. */
const searches = new WeakMap<FolderPorts, SessionSearch>();

async function searchOf(folder: MemoryFolder): Promise<readonly Searched[]> {
  if (!(await folder.initialized())) return [];
  const ports = await folder.ports();
  const search = searches.get(ports) ?? createSessionSearch(ports);
  searches.set(ports, search);
  return [{ folder, search }];
}

function itemOf(hit: SessionHit, folder: MemoryFolder, several: boolean): FoundItem<Found> {
  const words = { t: vscode.l10n.t, time: formatTime };
  const { icon, ...texts } = sessionWords(hit, several ? folder.name : undefined, words);
  return {
    ...texts,
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon(icon),
    found: { folder, session: hit.session.id, entry: hit.line?.entry, quote: hit.quote },
  };
}

/**
 * Search Sessions: what was said in the captured sessions of all folders, while somebody types; a session opens at the
 * entry that answers. The first argument may be what is looked for. Sessions that are new since the last search are read while the first answers are shown.
 */
export async function searchSessions(shell: Shell, [value]: readonly unknown[]): Promise<void> {
  let searched: readonly Searched[] = [];
  const t = vscode.l10n.t;
  await showLiveSearch<Found>({
    title: t('Search Sessions'),
    placeholder: t('Words, by:me, by:agent, agent:name, after:2026-11-01, is:corrected, is:private'),
    value: typeof value === 'string' ? value : '',
    nothing: t('No captured session has that'),
    filters: [
      { iconPath: new vscode.ThemeIcon('account'), tooltip: t('What You Said'), filter: 'by:me' },
      { iconPath: new vscode.ThemeIcon('lock'), tooltip: t('Sessions Excluded from Dreams'), filter: 'is:private' },
    ],
    prepare: async ({ signal, again, step }) => {
      searched = (await Promise.all(shell.app.folders.map((folder) => searchOf(folder)))).flat();
      again();
      for (const { search } of searched) {
        await search.refresh(signal, (done, total) => {
          step(t('reading {0} of {1}', done + 1, total));
          if (done % AGAIN_AFTER === AGAIN_AFTER - 1) again();
        });
      }
    },
    search: async (query, signal) => {
      const found = await Promise.all(
        searched.map(async ({ folder, search }) =>
          (await search.search(query, SHOWN, signal)).map((hit) => ({ folder, hit })),
        ),
      );
      return found
        .flat()
        .sort((a, b) => b.hit.score - a.hit.score)
        .slice(0, SHOWN)
        .map(({ folder, hit }) => itemOf(hit, folder, searched.length > 1));
    },
    open: ({ folder, session, entry, quote }) => openTranscriptAt(folder, session, { entry, quote }),
    run: (work) => void shell.app.runCommand(t('Search Sessions'), work),
  });
}
