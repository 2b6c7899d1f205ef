import * as vscode from 'vscode';
import { homedir } from 'node:os';
import { AgentDreamsError } from '../../core/errors';
import type { CancelSignal, Logger, Progress } from '../../core/ports';
import { captureSessions, type CaptureReport } from '../../node/logs/captureSessions';
import type { ProbeCache } from '../../node/logs/probeCache';
import type { MemoryFolder } from '../app';
import type { Settings } from '../config/settings';
import { claudeConfigDirs } from './claudeConfig';
import { coalesce, type Coalesced } from './coalesce';

/** How far a capture has come. `total` is 0 while unknown. */
export interface CaptureProgress {
  readonly message: string;
  readonly done: number;
  readonly total: number;
}

interface FolderCapture {
  readonly runs: Coalesced<CaptureReport>;
  controller: AbortController | undefined;
  progress: CaptureProgress | undefined;
}

/** Captures the sessions of folders, one run per folder at a time, whoever asks. */
export class CaptureService implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #logger: Logger;
  readonly #trusted: () => boolean;
  readonly #folders = new Map<string, FolderCapture>();
  readonly #probes: ProbeCache;
  readonly #changed = new vscode.EventEmitter<void>();

  /** Started, advanced or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: {
    readonly settings: Settings;
    readonly logger: Logger;
    readonly trusted: () => boolean;
    /** Remembers the beginnings of logs, so that a further capture costs only a look at each file. */
    readonly probes: ProbeCache;
  }) {
    this.#settings = parts.settings;
    this.#logger = parts.logger;
    this.#trusted = parts.trusted;
    this.#probes = parts.probes;
  }

  /** The progress of the capture under way, if there is one. */
  get current(): CaptureProgress | undefined {
    return [...this.#folders.values()].find(({ progress }) => progress !== undefined)?.progress;
  }

  /**
   * Captures what is new. A run under way is joined by the next one. Throws `cancelled` when `signal` or another caller
   * cancelled it, `untrusted-workspace` in an untrusted workspace.
   */
  async capture(folder: MemoryFolder, signal?: vscode.CancellationToken, progress?: Progress): Promise<CaptureReport> {
    if (!this.#trusted()) throw new AgentDreamsError('untrusted-workspace', 'capture needs a trusted workspace');
    const state = this.#folderState(folder);
    const listening = progress ? this.onDidChange(() => state.progress && progress.report(state.progress)) : undefined;
    const cancelling = signal?.onCancellationRequested(() => state.controller?.abort());
    try {
      return await state.runs.run();
    } finally {
      listening?.dispose();
      cancelling?.dispose();
    }
  }

  dispose(): void {
    for (const { controller } of this.#folders.values()) controller?.abort();
    this.#changed.dispose();
  }

  #folderState(folder: MemoryFolder): FolderCapture {
    const known = this.#folders.get(folder.id);
    if (known) return known;
    const state: FolderCapture = {
      runs: coalesce(() => this.#run(folder, state)),
      controller: undefined,
      progress: undefined,
    };
    this.#folders.set(folder.id, state);
    return state;
  }

  async #run(folder: MemoryFolder, state: FolderCapture): Promise<CaptureReport> {
    const controller = new AbortController();
    state.controller = controller;
    const report = (step: CaptureProgress | undefined): void => {
      state.progress = step;
      this.#changed.fire();
    };
    // Capture names the log it reads; a log is named by an id, which tells a person nothing.
    const message = vscode.l10n.t('Reading sessions');
    report({ message, done: 0, total: 0 });
    try {
      const captured = await this.#capture(folder, controller.signal, {
        report: (step) => report({ ...step, message }),
      });
      if (controller.signal.aborted) throw new AgentDreamsError('cancelled', 'capture was cancelled');
      this.#log(folder, captured);
      if (captured.captured + captured.updated > 0) folder.touch();
      return captured;
    } finally {
      state.controller = undefined;
      report(undefined);
    }
  }

  async #capture(folder: MemoryFolder, signal: CancelSignal, progress: Progress): Promise<CaptureReport> {
    const { capture } = this.#settings.current(folder.uri);
    return await captureSessions(
      await folder.ports(),
      {
        workspaceRoot: folder.uri.fsPath,
        configDirs: claudeConfigDirs(),
        extraLogFolders: capture.logFolders,
        mapCwd: capture.pathMaps,
        exclude: { paths: capture.excludePaths, entrypoints: capture.excludeEntrypoints },
        maxBytesOnDisk: capture.maxSizeMb * 1_000_000,
        home: homedir(),
        cache: this.#probes,
      },
      signal,
      progress,
    );
  }

  #log(folder: MemoryFolder, report: CaptureReport): void {
    const { found, captured, updated, unchanged, excluded, failed } = report;
    this.#logger.info(
      `Capture of ${folder.name}: ${found} logs, ${captured} new, ${updated} updated, ${unchanged} unchanged, ` +
        `${excluded} excluded, ${failed.length} failed`,
    );
    for (const failure of failed) this.#logger.warn(`${failure.file}: ${failure.message} (${failure.code})`);
  }
}
