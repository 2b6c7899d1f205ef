import * as vscode from 'vscode';
import { writeAtomic } from '../../core/history/atomicWrite';
import { CAPTURE_SETTINGS_PATH, renderCaptureSettings } from '../../core/recall/connect/captureSettings';
import type { RecallReport } from '../../core/recall/recallReport';
import { updateState, readState } from '../../core/state/localState';
import { connectedChoice, refreshHooks, refreshRules } from '../../node/claude/connection';
import { writeStableCommand } from '../../node/claude/stableCommand';
import type { MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import { shellCommands } from '../ids';
import type { RecallService, Rendered } from '../recall/recallService';
import type { Shell } from '../shell';
import { commandTarget, CONNECTION_LOCK, connectContext, localRootOf } from './connectContext';

const OFFERED = 'connect';

type Parts = Pick<Shell, 'app' | 'context' | 'clock'> & { readonly recall: RecallService };

/** Keeps what a connection rests on up to date: the command, rules files, hooks of new agents, the settings of the capture. */
export class ConnectService implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #subscription: vscode.Disposable;
  /** How many memories each folder's agents were told of when the window first looked. */
  readonly #known = new Map<string, number>();
  #written: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#subscription = parts.recall.onDidRender((rendered) => void this.#quietly(rendered));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Makes the command that outlives updates, or leads it to this version. Throws what writing throws. */
  async writeCommand(): Promise<void> {
    this.#written ??= writeStableCommand(commandTarget(this.#parts.context));
    await this.#written.catch((error: unknown) => {
      this.#written = undefined;
      throw error;
    });
  }

  /** Leaves what the capture without an editor goes by. */
  async connected(folder: MemoryFolder): Promise<void> {
    const { app } = this.#parts;
    const { capture, secrets } = app.settings.current(folder.uri);
    const ports = await folder.ports();
    const text = renderCaptureSettings({
      format: 1,
      enabled: capture.enabled,
      configDirs: [...claudeConfigDirs()],
      logFolders: [...capture.logFolders],
      pathMaps: [...capture.pathMaps],
      excludePaths: [...capture.excludePaths],
      excludeEntrypoints: [...capture.excludeEntrypoints],
      maxBytes: capture.maxSizeMb * 1_000_000,
      secrets: {
        rules: secrets.rules.map((rule) => ({ ...rule, keywords: rule.keywords && [...rule.keywords] })),
        allow: [...secrets.allow],
      },
    });
    const known = await ports.files.read(CAPTURE_SETTINGS_PATH);
    if (known !== undefined && ports.text.decode(known).text === text) return;
    await writeAtomic(ports, CAPTURE_SETTINGS_PATH, ports.text.encode(text));
  }

  /** From now on nothing is captured without an editor. */
  async disconnected(folder: MemoryFolder): Promise<void> {
    await (await folder.ports()).files.remove(CAPTURE_SETTINGS_PATH);
  }

  /** Nobody asked for it now: what fails is in the log. */
  async #quietly({ folder, report }: Rendered): Promise<void> {
    const { app } = this.#parts;
    try {
      // It may have been deleted since.
      if (!(await folder.initialized())) return;
      await this.writeCommand();
      if ((await connectedChoice(await localRootOf(folder))) === undefined) await this.#offer(folder, report);
      else {
        await this.connected(folder);
        const context = await connectContext(this.#parts, folder);
        await (
          await folder.ports()
        ).lock.hold(CONNECTION_LOCK, async () => {
          await refreshRules(context);
          if (await refreshHooks(context)) app.logger.info(`The hooks of ${folder.name} follow its kinds of agents`);
        });
      }
    } catch (error) {
      app.logger.error(`The connection of ${folder.name} could not be brought up to date`, error);
    }
  }

  /** Offers once in the life of a store to connect, after the first memory that was accepted while the window was open. */
  async #offer(folder: MemoryFolder, report: RecallReport): Promise<void> {
    const { clock } = this.#parts;
    const told = report.views.find(({ viewer }) => viewer.kind === 'main')?.entries.length ?? 0;
    const before = this.#known.get(folder.id);
    this.#known.set(folder.id, told);
    if (before === undefined || told <= before) return;
    const ports = await folder.ports();
    if ((await readState(ports)).offered[OFFERED] !== undefined) return;
    const at = new Date(clock.now()).toISOString();
    await updateState(ports, (state) => ({ ...state, offered: { ...state.offered, [OFFERED]: at } }));
    const { t } = vscode.l10n;
    const connect = t('Connect Claude Code');
    const message = t('Shall Claude Code start its sessions in {0} with this memory?', folder.name);
    if ((await vscode.window.showInformationMessage(message, connect, t('Not Now'))) !== connect) return;
    await vscode.commands.executeCommand(shellCommands.connectClaudeCode, { kind: 'folder', folder: folder.id });
  }
}
