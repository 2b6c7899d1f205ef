import * as vscode from 'vscode';
import { readUsage } from '../../core/recall/readUsage';
import type { RecallReport } from '../../core/recall/recallReport';
import { removeRendered, renderRecall, type RecallRequest } from '../../core/recall/renderRecall';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { Clock } from '../../core/ports';
import { agentTypes } from '../../node/claude/agentTypes';
import { removeHollow } from '../../node/forget';
import type { App, MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import { coalesce, type Coalesced } from '../capture/coalesce';
import { createDebounce, type Debounce } from '../debounce';
import type { AttachedStores } from './attachedStores';

const QUIET = { delayMs: 400, maxMs: 2_000 };
const AGENT_FILES = '.claude/agents/**/*.md';

interface Parts {
  readonly app: App;
  readonly clock: Clock;
  readonly attached: AttachedStores;
}

/** What was rendered for a folder. */
export interface Rendered {
  readonly folder: MemoryFolder;
  readonly report: RecallReport;
}

interface Followed {
  readonly folder: MemoryFolder;
  readonly work: Coalesced<RecallReport | undefined>;
  readonly debounce: Debounce;
  readonly subscriptions: vscode.Disposable;
}

/**
 * Renders what agents are told whenever something changes that it depends on: the memory, attached stores, settings, the
 * types of agents. Only where the user agreed to a memory and trusts the workspace.
 */
export class RecallService implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #rendered = new vscode.EventEmitter<Rendered>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #last = new Map<string, string>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #followed: readonly Followed[] = [];

  /** A folder's texts are as they should be now; whether or not they changed. */
  readonly onDidRender = this.#rendered.event;
  /** What agents are told changed, or is known for the first time. */
  readonly onDidChangeText = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    const again = (): void => this.#followed.forEach(({ debounce }) => debounce.trigger());
    this.#subscriptions = [
      parts.app.onDidChangeFolders(() => this.#follow()),
      parts.app.settings.onDidChange(again),
      parts.attached.onDidChange(again),
    ];
    this.#follow();
  }

  /**
   * Renders now, or joins a rendering that begins after this call; undefined where nothing may be written. Throws what
   * `renderRecall` throws.
   */
  async render(folder: MemoryFolder): Promise<RecallReport | undefined> {
    return this.#followed.find((one) => one.folder.id === folder.id)?.work.run();
  }

  /** What is rendered of a folder, for whom, and how much of it. */
  async request(folder: MemoryFolder): Promise<RecallRequest> {
    const { app, attached } = this.#parts;
    const ports = await folder.ports();
    const { maxTokens, subagents } = app.settings.current().recall;
    const [configDir = ''] = claudeConfigDirs();
    return {
      maxTokens,
      subagents,
      agentTypes: await agentTypes({ root: folder.uri.fsPath, configDir }),
      usage: await readUsage(ports, await listSessions(ports)),
      attached: await attached.views(),
    };
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#unfollow();
    this.#rendered.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    this.#unfollow();
    const { app, clock } = this.#parts;
    this.#followed = app.folders.map((folder) => {
      const work = coalesce(() => this.#render(folder));
      const debounce = createDebounce(clock, QUIET, () => void this.#quietly(folder, work));
      const changed = (): void => debounce.trigger();
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.uri, AGENT_FILES));
      const subscriptions = vscode.Disposable.from(
        folder.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidChange(changed),
        watcher.onDidDelete(changed),
        watcher,
      );
      changed();
      return { folder, work, debounce, subscriptions };
    });
  }

  #unfollow(): void {
    for (const { debounce, subscriptions } of this.#followed) {
      debounce.dispose();
      subscriptions.dispose();
    }
    this.#followed = [];
  }

  /** Nobody asked for it now: what fails is in the log, and the texts of before stay. */
  async #quietly(folder: MemoryFolder, work: Coalesced<unknown>): Promise<void> {
    try {
      await work.run();
    } catch (error) {
      this.#parts.app.logger.error(`What agents are told of ${folder.name} could not be written`, error);
    }
  }

  async #render(folder: MemoryFolder): Promise<RecallReport | undefined> {
    const { app } = this.#parts;
    if (!app.trusted() || !(await folder.initialized())) return undefined;
    const ports = await folder.ports();
    const report = await renderRecall(ports, await this.request(folder));
    if (ports.worktree === undefined && !(await folder.initialized())) {
      // Whoever deleted the memory meanwhile shall not find a part of it again.
      await removeRendered(ports);
      await removeHollow(folder.fileUri('.local/recall').fsPath);
      await removeHollow(folder.fileUri('').fsPath);
      return undefined;
    }
    this.#rendered.fire({ folder, report });
    if (this.#last.get(folder.id) !== report.at) this.#changed.fire();
    this.#last.set(folder.id, report.at);
    return report;
  }
}
