import * as vscode from 'vscode';
import type { Clock } from '../../core/ports';
import type { StatusInputs } from './deriveStatus';
import { deriveStatus } from './deriveStatus';
import { statusFor, statusLinks, type RecallFact, type StatusFacts } from './statusFor';

/** Where the status bar item gets what it shows. */
export interface StatusSource {
  readonly clock: Clock;
  inputs(): StatusInputs;
  lastResult(): string | undefined;
  recall(): RecallFact | undefined;
  enabled(): boolean;
}

const TICK_MS = 60_000;

function formatTime(epochMs: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(epochMs);
}

/** Keeps the one status bar item in step with its source. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #source: StatusSource;
  #cancelTick: (() => void) | undefined;
  #disposed = false;

  constructor(item: vscode.StatusBarItem, source: StatusSource) {
    this.#item = item;
    this.#source = source;
  }

  /** Shows what is true now. */
  update(): void {
    if (this.#disposed) return;
    const { clock } = this.#source;
    const inputs = this.#source.inputs();
    const state = deriveStatus(inputs);
    const lastResult = this.#source.lastResult();
    const recall = this.#source.recall();
    const facts: StatusFacts = {
      nowMs: clock.now(),
      pending: inputs.pending,
      ...(inputs.nextRunAt === undefined ? {} : { nextRunAt: inputs.nextRunAt }),
      ...(lastResult === undefined ? {} : { lastResult }),
      ...(recall === undefined ? {} : { recall }),
    };
    const status = statusFor(state, facts, { t: vscode.l10n.t, formatTime });
    const tooltip = new vscode.MarkdownString(status.tooltip);
    tooltip.isTrusted = { enabledCommands: [...statusLinks] };
    this.#item.text = status.text;
    this.#item.tooltip = tooltip;
    this.#item.command = status.command;
    this.#item.accessibilityInformation = { label: status.ariaLabel, role: 'button' };
    this.#item.backgroundColor =
      status.severity === 'error' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    if (this.#source.enabled()) this.#item.show();
    else this.#item.hide();
    this.#tick(state.kind === 'scheduled');
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelTick?.();
  }

  /** "in 3 h" goes on by itself. */
  #tick(needed: boolean): void {
    this.#cancelTick?.();
    this.#cancelTick = needed ? this.#source.clock.after(TICK_MS, () => this.update()) : undefined;
  }
}
