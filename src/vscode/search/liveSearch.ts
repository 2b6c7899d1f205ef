import * as vscode from 'vscode';

/** A row of a live search, and what it stands for. */
export interface FoundItem<T> extends vscode.QuickPickItem {
  readonly found: T;
}

/** A button in the title that adds a filter to what is typed, or takes it away. */
export interface FilterButton extends vscode.QuickInputButton {
  readonly filter: string;
}

export interface LiveSearch<T> {
  readonly title: string;
  readonly placeholder: string;
  /** What is looked for first. */
  readonly value: string;
  /** Shown where nothing was found. */
  readonly nothing: string;
  readonly filters: readonly FilterButton[];
  /** Asked again for every change of what is typed; the answer to a query that is no longer there is dropped. */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly FoundItem<T>[]>;
  /** Makes ready what is searched; `again` shows what can be found by now, `step` says how far it is. */
  readonly prepare: (parts: {
    readonly signal: AbortSignal;
    readonly again: () => void;
    readonly step: (words: string) => void;
  }) => Promise<void>;
  readonly open: (found: T) => Promise<void>;
  /** A button of a row. */
  readonly press?: (button: vscode.QuickInputButton, found: T) => Promise<void>;
  /** Runs what the user asked for under the one error handler. */
  readonly run: (work: () => Promise<void>) => void;
}

type Pick<T> = vscode.QuickPick<FoundItem<T> | vscode.QuickPickItem>;

function isFound<T>(item: FoundItem<T> | vscode.QuickPickItem | undefined): item is FoundItem<T> {
  return item !== undefined && 'found' in item;
}

function toggled(value: string, filter: string): string {
  const words = value.split(' ').filter((word) => word !== '');
  const others = words.filter((word) => word !== filter);
  return (others.length < words.length ? others : [...words, filter]).map((word) => `${word} `).join('');
}

/** Asks the search one query at a time, always the last that was typed. */
function createAsking<T>(pick: Pick<T>, live: LiveSearch<T>, gone: AbortSignal): () => Promise<void> {
  let current: AbortController | undefined;
  return async () => {
    current?.abort();
    const own = new AbortController();
    current = own;
    const items = await live.search(pick.value, own.signal);
    if (own.signal.aborted || gone.aborted) return;
    const [active] = pick.activeItems;
    pick.items = items.length > 0 ? items : [{ label: live.nothing, alwaysShow: true }];
    // Looked up by its words: items are made anew for every answer.
    const same = active && pick.items.find(({ label, detail }) => label === active.label && detail === active.detail);
    if (same !== undefined) pick.activeItems = [same];
  };
}

/** Shows the search until something is opened or it is dismissed. Resolves when it is shown and ready. */
export async function showLiveSearch<T>(live: LiveSearch<T>): Promise<void> {
  const pick: Pick<T> = vscode.window.createQuickPick<FoundItem<T> | vscode.QuickPickItem>();
  const gone = new AbortController();
  pick.title = live.title;
  pick.placeholder = live.placeholder;
  pick.value = live.value;
  pick.buttons = [...live.filters];
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // Our order, not that of the labels. The property is there in every version, and not in the typings.
  Object.assign(pick, { sortByLabel: false });
  const ask = createAsking(pick, live, gone.signal);
  const askNow = (): void => live.run(ask);
  pick.onDidChangeValue(askNow);
  pick.onDidTriggerButton((button) => {
    const filter = live.filters.find((one) => one === button)?.filter;
    if (filter === undefined) return;
    pick.value = toggled(pick.value, filter);
    askNow();
  });
  pick.onDidTriggerItemButton(({ button, item }) => {
    const { press } = live;
    if (isFound(item) && press !== undefined) live.run(() => press(button, item.found));
  });
  pick.onDidAccept(() => {
    const [item] = pick.activeItems;
    if (!isFound(item)) return;
    pick.hide();
    live.run(() => live.open(item.found));
  });
  pick.onDidHide(() => {
    gone.abort();
    pick.dispose();
  });
  pick.busy = true;
  pick.show();
  const step = (words: string): void => {
    if (!gone.signal.aborted) pick.title = words === '' ? live.title : `${live.title} (${words})`;
  };
  await live.prepare({ signal: gone.signal, again: askNow, step });
  if (gone.signal.aborted) return;
  step('');
  pick.busy = false;
  await ask();
}
