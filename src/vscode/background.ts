import * as vscode from 'vscode';
import path from 'node:path';
import { isAgentDreamsError } from '../core/errors';
import { shownStamp } from '../node/storeStamp';
import type { MemoryFolder } from './app';
import { claudeConfigDirs } from './capture/claudeConfig';
import { coalesce, type Coalesced } from './capture/coalesce';
import { createDebounce, type Debounce } from './debounce';
import { STORE_FOLDER } from './folders/memoryFolder';
import type { Shell } from './shell';

const STORE_QUIET = { delayMs: 300, maxMs: 2_000 };
const LOGS_QUIET = { delayMs: 5_000, maxMs: 30_000 };
/** Watchers miss creates; this is how late a missed one is noticed. */
const SCAN_EVERY_MS = 5 * 60_000;

function watch(pattern: vscode.RelativePattern, hint: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher.onDidCreate(hint),
    watcher.onDidChange(hint),
    watcher.onDidDelete(hint),
    watcher,
  );
}

/**
 * What happens without being asked: captures of folders that have a memory, refreshes when files change. File watchers
 * are hints only (they miss what is written into a folder in the moment it is made); a scan at the start, on a timer and
 * when somebody comes back to the window makes up for what they miss.
 */
export class Background implements vscode.Disposable {
  readonly #shell: Shell;
  readonly #looking: Coalesced<void>;
  #watchers: readonly vscode.Disposable[] = [];
  /** The state of each store that was told of last, by folder. */
  readonly #told = new Map<string, string>();
  /** Show each folder anew once its files are quiet. */
  readonly #touched = new Map<string, Debounce>();
  /** Scans once the logs are quiet. */
  #grown: Debounce | undefined;
  #cancelScan: (() => void) | undefined;
  #disposed = false;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#looking = coalesce(async () => {
      for (const folder of shell.app.folders) if (!this.#disposed) await this.#tell(folder);
    });
  }

  /** Watches the present folders and log folders; call it again when they changed. Watches no logs without trust. */
  watch(): void {
    this.#unwatch();
    const { app, clock } = this.#shell;
    const watchers: vscode.Disposable[] = [];
    for (const folder of app.folders) {
      const touched = createDebounce(clock, STORE_QUIET, () => folder.touch());
      this.#touched.set(folder.id, touched);
      watchers.push(watch(new vscode.RelativePattern(folder.uri, `${STORE_FOLDER}/**`), () => touched.trigger()));
    }
    if (app.trusted()) {
      const grown = createDebounce(clock, LOGS_QUIET, () => void this.scan());
      this.#grown = grown;
      for (const directory of this.#logDirectories()) {
        const pattern = new vscode.RelativePattern(vscode.Uri.file(directory), '**/*.jsonl');
        watchers.push(watch(pattern, () => grown.trigger()));
      }
    }
    this.#watchers = watchers;
  }

  /**
   * Captures what is new in each folder where that is wanted, shows what other processes did, and sets the timer for the
   * next scan. Never rejects.
   */
  async scan(): Promise<void> {
    this.#cancelScan?.();
    const { app, clock } = this.#shell;
    for (const folder of app.folders) {
      // Known before, so that what others do during the first capture counts as a change.
      if (!this.#disposed && !this.#told.has(folder.id)) await this.#tell(folder);
      if (!this.#disposed) await this.#captureQuietly(folder);
    }
    await this.look();
    if (this.#disposed) return;
    this.#cancelScan = clock.after(SCAN_EVERY_MS, () => void this.scan());
  }

  /** Shows what changed in the stores since the last look; the first one only remembers. Never rejects. */
  async look(): Promise<void> {
    await this.#looking.run();
  }

  /** Somebody came back to the window: shows at once what changed in the stores, and soon what sessions said. */
  async cameBack(): Promise<void> {
    this.#grown?.trigger();
    await this.look();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelScan?.();
    this.#unwatch();
  }

  #logDirectories(): readonly string[] {
    const { logFolders } = this.#shell.app.settings.current().capture;
    return [...claudeConfigDirs().map((directory) => path.join(directory, 'projects')), ...logFolders];
  }

  async #captureQuietly(folder: MemoryFolder): Promise<void> {
    const { app, capture } = this.#shell;
    try {
      if (!app.trusted() || !app.settings.current(folder.uri).capture.enabled) return;
      if (await folder.initialized()) await capture.capture(folder);
    } catch (error) {
      if (isAgentDreamsError(error, 'cancelled')) return;
      // Nobody asked for this capture, so nobody is interrupted by its failure; the log has it.
      app.logger.error(`Capture of ${folder.name} in the background failed`, error);
    }
  }

  /** Whatever changed the store since it was last told of, and whether or not a watcher saw it. */
  async #tell(folder: MemoryFolder): Promise<void> {
    const localRoot = path.resolve(folder.fileUri('.local/state.json').fsPath, '../..');
    const before = this.#told.get(folder.id);
    const isThere = await folder.initialized().catch(() => false);
    const now = isThere ? await shownStamp(folder.uri.fsPath, localRoot) : '';
    this.#told.set(folder.id, now);
    if (this.#disposed || before === undefined || before === now) return;
    // What a watcher saw as well is shown once.
    const touched = this.#touched.get(folder.id);
    if (touched === undefined) folder.touch();
    else touched.trigger();
  }

  #unwatch(): void {
    this.#watchers.forEach((watcher) => void watcher.dispose());
    [...this.#touched.values(), this.#grown].forEach((debounce) => debounce?.dispose());
    this.#touched.clear();
    this.#grown = undefined;
  }
}
