import * as vscode from 'vscode';
import { AgentDreamsError, isAgentDreamsError, type ErrorCode } from '../../core/errors';
import { runDream, type DreamOutcome } from '../../core/dream/runDream';
import type { Logger, Progress } from '../../core/ports';
import type { MemoryFolder } from '../app';
import type { CaptureService } from '../capture/captureService';
import type { Settings } from '../config/settings';
import { planDream, type EnginePlan } from '../engines/enginePlan';
import type { Engines } from '../engines/engines';
import { newSessions, prepareEngine, type ConfirmDream, type PreparedEngine } from '../engines/prepareEngine';
import { dollars } from '../engines/money';

/** What a dream is asked to do; everything else follows from the settings. */
export type DreamWish = DreamScope & DreamTrigger;

/** Over what. */
export interface DreamScope {
  readonly sessions?: readonly string[];
  readonly instructions?: string;
  /** Overrides the setting: Dream Anyway. */
  readonly minSessions?: number;
}

/** Who starts it. Whoever starts it by hand is asked before a model is; a schedule has the user's limit instead. */
type DreamTrigger =
  | { readonly trigger: 'command'; readonly confirm: ConfirmDream }
  | { readonly trigger: 'schedule'; readonly confirm?: never };

/** A dream under way in this window. */
export interface DreamRun {
  readonly folder: MemoryFolder;
  readonly message: string;
  readonly done: number;
  readonly total: number;
}

/** How the last dream of this window ended. */
export type DreamEnd =
  { readonly kind: 'outcome'; readonly outcome: DreamOutcome } | { readonly kind: 'error'; readonly error: unknown };

interface Running {
  readonly controller: AbortController;
  run: DreamRun;
  /** Its engine goes on where this window ends, and the next dream fetches what it did: see `dispose`. */
  outlives: boolean;
}

interface Way {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly running: Running;
}

interface Planned {
  readonly folder: MemoryFolder;
  readonly wish: DreamWish;
  readonly plan: EnginePlan;
  readonly minSessions: number;
}

/** Reasons for which a dream did not start, or was stopped: nothing that the status bar should keep calling a failure. */
const NO_FAILURE: readonly ErrorCode[] = ['cancelled', 'locked', 'untrusted-workspace', 'not-initialized'];

/** Runs dreams: capture first, then the core; one per folder at a time in this window, one per store over all windows. */
export class DreamService implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #capture: CaptureService;
  readonly #engines: Engines;
  readonly #logger: Logger;
  readonly #trusted: () => boolean;
  readonly #running = new Map<string, Running>();
  readonly #changed = new vscode.EventEmitter<void>();
  #last: DreamEnd | undefined;

  /** Started, advanced or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: {
    readonly settings: Settings;
    readonly capture: CaptureService;
    readonly engines: Engines;
    readonly logger: Logger;
    readonly trusted: () => boolean;
  }) {
    this.#settings = parts.settings;
    this.#capture = parts.capture;
    this.#engines = parts.engines;
    this.#logger = parts.logger;
    this.#trusted = parts.trusted;
  }

  get current(): DreamRun | undefined {
    return [...this.#running.values()][0]?.run;
  }

  get last(): DreamEnd | undefined {
    return this.#last;
  }

  /** Cancels every dream of this window. */
  cancel(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  /**
   * Captures, then dreams. Throws `locked` when a dream of this store runs already, here or in another window, and
   * `untrusted-workspace` in an untrusted workspace.
   */
  async dream(folder: MemoryFolder, wish: DreamWish, progress?: Progress): Promise<DreamOutcome> {
    if (!this.#trusted()) throw new AgentDreamsError('untrusted-workspace', 'a dream needs a trusted workspace');
    if (this.#running.has(folder.id)) throw new AgentDreamsError('locked', 'a dream of this folder is under way');
    const running: Running = {
      controller: new AbortController(),
      run: { folder, message: '', done: 0, total: 0 },
      outlives: false,
    };
    this.#running.set(folder.id, running);
    this.#changed.fire();
    const report: Progress['report'] = (step) => {
      running.run = { folder, ...step };
      progress?.report(step);
      this.#changed.fire();
    };
    try {
      const outcome = await this.#run(folder, wish, {
        signal: running.controller.signal,
        progress: { report },
        running,
      });
      this.#last = { kind: 'outcome', outcome };
      return outcome;
    } catch (error) {
      if (!isAgentDreamsError(error) || !NO_FAILURE.includes(error.code)) this.#last = { kind: 'error', error };
      throw error;
    } finally {
      this.#running.delete(folder.id);
      folder.touch();
      this.#changed.fire();
    }
  }

  /** Stops the dreams of a window that closes. A batch is left to its provider: what it finds is paid for and kept there. */
  dispose(): void {
    for (const { controller, outlives } of this.#running.values()) if (!outlives) controller.abort();
    this.#changed.dispose();
  }

  async #run(folder: MemoryFolder, wish: DreamWish, way: Way): Promise<DreamOutcome> {
    await this.#captureFirst(folder, way);
    const settings = this.#settings.current(folder.uri);
    const minSessions = wish.minSessions ?? settings.dream.minSessions;
    const plan = planDream(settings, wish.trigger);
    const ports = await folder.ports();
    const prepared = await this.#prepare({ folder, wish, plan, minSessions }, way);
    way.running.outlives = plan.kind === 'model' && plan.engine === 'claude-batch';
    const outcome = await runDream(
      ports,
      {
        trigger: wish.trigger,
        engine: prepared?.engine ?? 'offline',
        minSessions,
        ...(wish.sessions === undefined ? {} : { sessions: wish.sessions }),
        ...(wish.instructions === undefined ? {} : { instructions: wish.instructions }),
      },
      way.signal,
      prepared === undefined ? way.progress : withCost(way.progress, prepared),
    );
    this.#logger.info(`Dream of ${folder.name} (${wish.trigger}): ${outcome.kind}`);
    return outcome;
  }

  /** The engine that was chosen, opened, priced and agreed to; undefined where the dream is offline, or has nothing to do. */
  async #prepare(
    { folder, wish, plan, minSessions }: Planned,
    { signal, progress }: Way,
  ): Promise<PreparedEngine | undefined> {
    if (plan.kind === 'offline') return undefined;
    const ports = await folder.ports();
    // The dream says so itself; nobody is asked for money before.
    if (wish.sessions === undefined && (await newSessions(ports)) < minSessions) return undefined;
    const { engine } = plan;
    return await prepareEngine({
      ports,
      plan,
      folder: folder.name,
      address: this.#settings.current().claude.baseUrl ?? '',
      prices: this.#engines.prices(),
      signal,
      progress,
      open: () =>
        this.#engines.open(engine, signal, { onNotice: (message) => progress.report({ message, done: 0, total: 0 }) }),
      ...(wish.sessions === undefined ? {} : { sessions: wish.sessions }),
      ...(wish.instructions === undefined ? {} : { instructions: wish.instructions }),
      ...(wish.confirm === undefined ? {} : { confirm: wish.confirm }),
    });
  }

  /** A dream without the newest sessions is better than none, unless the user cancelled. */
  async #captureFirst(folder: MemoryFolder, { signal, progress }: Way): Promise<void> {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await this.#capture.capture(folder, source.token, progress);
    } catch (error) {
      if (isAgentDreamsError(error, 'cancelled') || isAgentDreamsError(error, 'untrusted-workspace')) throw error;
      this.#logger.error(`Capture before the dream of ${folder.name} failed`, error);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}

/** The steps of a dream, each with what was spent so far. */
function withCost(progress: Progress, { cost }: PreparedEngine): Progress {
  return {
    report: (step) => {
      const { t } = vscode.l10n;
      const spent = cost.usd === 0 ? '' : `${t('{0} so far', dollars(cost.usd, t))} · `;
      progress.report({ ...step, message: `${spent}${step.message}` });
    },
  };
}
