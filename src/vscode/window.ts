import * as vscode from 'vscode';
import type { Background } from './background';
import { ContextKeys } from './contextKeys';
import { describeError } from './errors/describeError';
import { describeOutcome } from './dream/describeOutcome';
import { offerFirstDream } from './firstRun/firstRun';
import { shortTime } from './formatTime';
import type { Overview } from './overview';
import { proofWords } from './recall/recallWords';
import type { ScheduleRunner } from './schedule/scheduleRunner';
import type { Shell } from './shell';
import type { StatusInputs } from './status/deriveStatus';
import { StatusBar } from './status/statusBar';
import type { RecallFact } from './status/statusFor';
import type { NodeTree } from './views/nodeTree';

interface WindowParts {
  readonly shell: Shell;
  readonly overview: Overview;
  readonly schedule: ScheduleRunner;
  readonly background: Background;
  readonly trees: readonly NodeTree[];
  readonly item: vscode.StatusBarItem;
}

/** Whether memory arrives, in the folders that have one; the name of each where there are several. */
function recallFact({ shell, overview }: WindowParts): RecallFact | undefined {
  const { folders } = shell.app;
  const words = folders.flatMap((folder) => {
    const { initialized, proof = { kind: 'not-connected' } } = overview.of(folder);
    if (!initialized) return [];
    const { short, state } = proofWords(proof, { t: vscode.l10n.t, time: shortTime });
    return [{ said: folders.length === 1 ? short : `${folder.name}: ${short}`, state }];
  });
  if (words.length === 0) return undefined;
  const help = (['bad', 'off'] as const).find((state) => words.some((one) => one.state === state));
  const said = words.map((one) => one.said).join(' · ');
  return help === undefined ? { said } : { said, help: help === 'bad' ? 'check' : 'connect' };
}

/** What this window shows of everything: status bar item, context keys, trees; and when each is brought up to date. */
export class Window implements vscode.Disposable {
  readonly #parts: WindowParts;
  readonly #keys = new ContextKeys();
  readonly #status: StatusBar;
  readonly #subscriptions: vscode.Disposable[] = [];
  #folderSubscriptions: readonly vscode.Disposable[] = [];

  constructor(parts: WindowParts) {
    this.#parts = parts;
    const { app, clock } = parts.shell;
    this.#status = new StatusBar(parts.item, {
      clock,
      inputs: () => this.#statusInputs(),
      lastResult: () => this.#lastResult(),
      recall: () => recallFact(parts),
      enabled: () => app.settings.current().statusBar.enabled,
    });
  }

  /** The first look, then everything that goes on by itself. Never rejects. */
  async start(): Promise<void> {
    const { shell, overview, schedule, background } = this.#parts;
    this.#listen();
    this.#followFolders();
    this.show();
    try {
      // Begun before anything is read: what changes after that is shown later.
      const looked = background.look();
      await overview.refresh({ logs: true });
      await looked;
      this.#keys.set('ready', true);
      background.watch();
      // The offer waits for the user; nothing else waits for it.
      void shell.app.runCommand(vscode.l10n.t('Dream Now'), () => offerFirstDream(shell, overview));
      await background.scan();
      await schedule.check();
    } catch (error) {
      shell.app.logger.error('Agent Dreams could not start completely', error);
    }
  }

  /** Reads everything that is shown anew, logs on disk included. */
  refresh(): void {
    this.#parts.trees.forEach((tree) => tree.refresh());
    void this.#parts.overview.refresh({ logs: true });
  }

  /** Shows the status and the context keys as they are now. */
  show(): void {
    const { shell, overview } = this.#parts;
    const { all } = overview;
    this.#keys.set(
      'initialized',
      all.some(({ initialized }) => initialized),
    );
    this.#keys.set(
      'hasLogs',
      all.some(({ logs }) => logs > 0),
    );
    this.#keys.set(
      'hasSessions',
      all.some(({ sessions }) => sessions > 0),
    );
    this.#keys.set(
      'hasDreams',
      all.some(({ dreams }) => dreams > 0),
    );
    this.#keys.set(
      'pending',
      all.some(({ pending }) => pending > 0),
    );
    this.#keys.set(
      'unconnected',
      all.some(({ initialized, proof }) => initialized && proof === undefined),
    );
    this.#keys.set('dreaming', shell.dreams.current !== undefined);
    this.#status.update();
  }

  dispose(): void {
    [...this.#subscriptions, ...this.#folderSubscriptions].forEach((subscription) => void subscription.dispose());
    this.#status.dispose();
  }

  #listen(): void {
    const { shell, overview, schedule, background } = this.#parts;
    const { app, capture, dreams } = shell;
    this.#subscriptions.push(
      overview.onDidChange(() => this.show()),
      dreams.onDidChange(() => this.show()),
      capture.onDidChange(() => this.show()),
      app.settings.onDidChange(() => {
        this.refresh();
        background.watch();
        void schedule.check();
      }),
      app.onDidChangeFolders(() => {
        this.#followFolders();
        this.refresh();
        background.watch();
        void background.scan();
        void schedule.check();
      }),
      // A timer does not run while the computer sleeps; whoever comes back to the window should not wait for it.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (!focused) return;
        void schedule.check();
        void background.cameBack();
      }),
    );
  }

  #followFolders(): void {
    const { shell, overview, trees } = this.#parts;
    this.#folderSubscriptions.forEach((subscription) => void subscription.dispose());
    this.#folderSubscriptions = shell.app.folders.map((folder) =>
      folder.onDidChange(() => {
        trees.forEach((tree) => tree.refresh());
        void overview.refresh();
      }),
    );
  }

  #statusInputs(): StatusInputs {
    const { shell, overview, schedule } = this.#parts;
    const { app, capture, dreams } = shell;
    const dreaming = dreams.current;
    const capturing = capture.current;
    const failure = this.#failure();
    const { nextRunAt } = schedule;
    return {
      folders: app.folders.length,
      trusted: app.trusted(),
      pending: overview.all.reduce((sum, { pending }) => sum + pending, 0),
      ...(dreaming ? { dreaming } : {}),
      ...(capturing ? { capturing } : {}),
      ...(failure === undefined ? {} : { failure }),
      ...(nextRunAt === undefined ? {} : { nextRunAt }),
    };
  }

  #failure(): string | undefined {
    const last = this.#parts.shell.dreams.last;
    const { t } = vscode.l10n;
    if (last?.kind === 'error') return describeError(last.error, t('Dream'), t)?.message;
    if (last?.kind === 'outcome' && last.outcome.kind === 'failed') return describeOutcome(last.outcome, t);
    return undefined;
  }

  #lastResult(): string | undefined {
    const { shell, overview } = this.#parts;
    const last = shell.dreams.last;
    if (last?.kind === 'outcome') return describeOutcome(last.outcome, vscode.l10n.t);
    return overview.all.find(({ lastMessage }) => lastMessage !== undefined)?.lastMessage;
  }
}
