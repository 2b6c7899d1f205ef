import * as vscode from 'vscode';
import { AgentDreamsError, isAgentDreamsError } from '../../core/errors';
import type { Memory } from '../../core/memory/memory';
import { acceptAttached, copyIntoAttached, readAttached, type WaitingFile } from '../../core/recall/attached';
import type { AttachedView } from '../../core/recall/sessionText';
import { writeAttachedList } from '../../node/attachedList';
import { createAttachedSource, type AttachedSource } from '../../node/attachedSource';
import {
  acceptedFolder,
  acceptedFolders,
  openAttachedStore,
  type AttachedStore,
  type StoreSetting,
} from '../../node/attachedStores';
import { STORE_FOLDER } from '../../node/nodePorts';
import type { App } from '../app';
import { createDebounce, type Debounce } from '../debounce';
import type { Clock } from '../../core/ports';

const QUIET = { delayMs: 500, maxMs: 3_000 };

/** An attached store as a person sees it. */
export interface AttachedState {
  readonly setting: StoreSetting;
  /** undefined where it cannot be opened. */
  readonly key: string | undefined;
  readonly accepted: number;
  readonly waiting: readonly WaitingFile[];
  /** Why nothing of it is used. */
  readonly problem?: string;
}

interface Parts {
  readonly app: App;
  readonly clock: Clock;
  /** The second copy of the user's key is there. */
  readonly storage: string;
}

/** The stores that the user's settings attach: opened at first use, watched, the same for every folder of the window. */
export class AttachedStores implements vscode.Disposable {
  readonly #parts: Parts;
  /** For those who answer agents. */
  readonly source: AttachedSource;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #debounce: Debounce;
  readonly #open = new Map<string, Promise<AttachedStore>>();
  #watchers: readonly vscode.Disposable[] = [];
  #known = '';

  /** Other stores, other files in them, or other accepted ones. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.source = createAttachedSource(() => this.#opened(), parts.app.logger);
    this.#debounce = createDebounce(parts.clock, QUIET, () => this.#changed.fire());
    this.#subscription = vscode.Disposable.from(
      parts.app.settings.onDidChange(() => this.#follow()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#follow()),
    );
    this.#follow();
  }

  /** What agents may be told of all of them; one that cannot be read is left out, and the log says so. */
  views(): Promise<readonly AttachedView[]> {
    return this.source.views();
  }

  /** All of them as they are now. Never rejects. */
  async states(): Promise<readonly AttachedState[]> {
    return Promise.all(this.#settings().map((setting) => this.#state(setting)));
  }

  /** Accepts a file as it was shown. Throws what `acceptAttached` throws, `not-found` if the store is attached no more. */
  async accept(key: string, file: Pick<WaitingFile, 'path' | 'sha256'>): Promise<void> {
    await acceptAttached((await this.#byKey(key)).ports, file);
    this.#changed.fire();
  }

  /** Writes a memory into the store. Throws what `copyIntoAttached` throws. */
  async copyInto(key: string, memory: Memory): Promise<void> {
    await copyIntoAttached((await this.#byKey(key)).ports, memory);
    this.#changed.fire();
  }

  /** What was accepted of stores, in the user's own folder; also of those that are attached no more. Never rejects. */
  async accepted(): Promise<readonly { readonly folder: string; readonly store: string | undefined }[]> {
    const names = new Map(this.#settings().map(({ path, name }) => [acceptedFolder(path), name]));
    return (await acceptedFolders()).map((folder) => ({ folder, store: names.get(folder) }));
  }

  /** Forgets what it has open: what was accepted was deleted. */
  reset(): void {
    this.#open.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#debounce.dispose();
    this.#watchers.forEach((watcher) => void watcher.dispose());
    this.#changed.dispose();
  }

  #settings(): readonly StoreSetting[] {
    const { app } = this.#parts;
    return app.trusted() ? app.settings.current().stores : [];
  }

  #store(setting: StoreSetting): Promise<AttachedStore> {
    const key = JSON.stringify(setting);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const { app, storage } = this.#parts;
    const opened = openAttachedStore(setting, {
      logger: app.logger,
      settings: () => app.settings.current().secrets,
      spareUserFolder: storage,
    });
    this.#open.set(key, opened);
    // The next use tries again: the folder may be there by then.
    opened.catch(() => this.#open.delete(key));
    return opened;
  }

  async #opened(): Promise<readonly AttachedStore[]> {
    const opened = this.#settings().map((setting) =>
      this.#store(setting).catch((error: unknown) => {
        this.#parts.app.logger.warn(`The attached store ${setting.name} is left out: ${messageOf(error)}`);
        return undefined;
      }),
    );
    return (await Promise.all(opened)).filter((store) => store !== undefined);
  }

  async #byKey(key: string): Promise<AttachedStore> {
    for (const setting of this.#settings()) {
      const store = await this.#store(setting).catch(() => undefined);
      if (store?.key === key) return store;
    }
    throw new AgentDreamsError('not-found', 'The store is attached no more.');
  }

  async #state(setting: StoreSetting): Promise<AttachedState> {
    try {
      const { key, ports } = await this.#store(setting);
      const { accepted, waiting } = await readAttached(ports);
      return { setting, key, accepted: accepted.length, waiting };
    } catch (error) {
      return { setting, key: undefined, accepted: 0, waiting: [], problem: messageOf(error) };
    }
  }

  #follow(): void {
    const settings = this.#settings();
    const trusted = this.#parts.app.trusted();
    const wanted = JSON.stringify([trusted, settings]);
    if (wanted === this.#known) return;
    this.#known = wanted;
    this.#open.clear();
    if (trusted) void this.#tell(settings);
    this.#watchers.forEach((watcher) => void watcher.dispose());
    this.#watchers = settings.map(({ path }) => {
      const pattern = new vscode.RelativePattern(vscode.Uri.file(path), `${STORE_FOLDER}/**`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const changed = (): void => this.#debounce.trigger();
      return vscode.Disposable.from(
        watcher.onDidCreate(changed),
        watcher.onDidChange(changed),
        watcher.onDidDelete(changed),
        watcher,
      );
    });
    this.#changed.fire();
  }

  /** The server of agents cannot read the settings of the editor. */
  async #tell(settings: readonly StoreSetting[]): Promise<void> {
    try {
      await writeAttachedList(settings);
    } catch (error) {
      this.#parts.app.logger.warn(`Agents outside of the editor do not learn of attached stores: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return isAgentDreamsError(error) ? error.message : error instanceof Error ? error.message : String(error);
}
