import { reviewCommands, shellCommands } from '../ids';
import type { Translate } from '../translate';

/** What the status bar has to say, the most urgent thing only. Times are milliseconds since the epoch. */
export type StatusState =
  | { readonly kind: 'off'; readonly reason: 'no-folder' | 'untrusted' }
  | { readonly kind: 'capturing'; readonly done: number; readonly total: number }
  | { readonly kind: 'dreaming'; readonly message: string; readonly done: number; readonly total: number }
  | { readonly kind: 'review'; readonly pending: number }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'scheduled'; readonly nextRunAt: number }
  | { readonly kind: 'manual' };

/** What the tooltip tells beside the state. */
export interface StatusFacts {
  readonly nowMs: number;
  readonly pending: number;
  readonly nextRunAt?: number;
  /** One sentence about the last dream, if there was one. */
  readonly lastResult?: string;
  readonly recall?: RecallFact;
}

/** Whether memory arrives in sessions. */
export interface RecallFact {
  /** In a few words. */
  readonly said: string;
  /** What helps where it does not. */
  readonly help?: 'connect' | 'check';
}

export interface Status {
  readonly text: string;
  /** Markdown; every text in it that is not ours is escaped. Command links: see `statusLinks`. */
  readonly tooltip: string;
  readonly command: string;
  readonly severity: 'none' | 'error';
  readonly ariaLabel: string;
}

interface Words {
  readonly t: Translate;
  /** A time of day with its date, as the user's locale writes it. */
  readonly formatTime: (epochMs: number) => string;
}

/** The commands that the tooltip may run; nothing else in it is executable. */
export const statusLinks = [
  shellCommands.dreamNow,
  reviewCommands.reviewAll,
  shellCommands.connectClaudeCode,
  shellCommands.checkMemorySetup,
  shellCommands.changeSchedule,
  shellCommands.showLog,
] as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "12 min", "3 h", "2 d": rounded, never less than a minute. */
export function formatDelay(ms: number, t: Translate): string {
  if (ms < 59.5 * MINUTE) return t('{0} min', Math.max(1, Math.round(ms / MINUTE)));
  if (ms < 47.5 * HOUR) return t('{0} h', Math.round(ms / HOUR));
  return t('{0} d', Math.round(ms / DAY));
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}

const counter = (done: number, total: number): string => (total > 0 ? ` ${done}/${total}` : '');

/** Icon and words; the words alone must do, for screen readers and high contrast. */
function label(
  state: StatusState,
  facts: StatusFacts,
  t: Translate,
): { readonly icon: string; readonly words: string } {
  switch (state.kind) {
    case 'off':
      return { icon: 'circle-slash', words: t('Dreams off') };
    case 'capturing':
      return { icon: 'sync~spin', words: t('Capturing sessions') + counter(state.done, state.total) };
    case 'dreaming':
      return { icon: 'sync~spin', words: t('Dreaming') + counter(state.done, state.total) };
    case 'review':
      return { icon: 'git-pull-request', words: t('{0} to review', state.pending) };
    case 'error':
      return { icon: 'error', words: t('Dream failed') };
    case 'scheduled':
      return { icon: 'clock', words: t('Dream in {0}', formatDelay(state.nextRunAt - facts.nowMs, t)) };
    case 'manual':
      return { icon: 'lightbulb', words: t('Dreams') };
  }
}

function explanation(state: StatusState, t: Translate): string | undefined {
  switch (state.kind) {
    case 'off':
      return state.reason === 'untrusted'
        ? t('This workspace is not trusted: its memory is shown, nothing is captured or dreamed.')
        : t('Open a folder: a memory belongs to a folder.');
    case 'dreaming':
      return state.message === '' ? undefined : escapeMarkdown(state.message);
    case 'error':
      return escapeMarkdown(state.message);
    case 'capturing':
    case 'review':
    case 'scheduled':
    case 'manual':
      return undefined;
  }
}

function links(state: StatusState, facts: StatusFacts, t: Translate): string {
  if (state.kind === 'off') return '';
  const link = (words: string, command: string): string => `[${words}](command:${command})`;
  const shown = [
    ...(state.kind === 'dreaming' ? [] : [link(t('Dream Now'), shellCommands.dreamNow)]),
    ...(facts.pending > 0 ? [link(t('Review'), reviewCommands.reviewAll)] : []),
    ...(facts.recall?.help === 'connect' ? [link(t('Connect Claude Code'), shellCommands.connectClaudeCode)] : []),
    ...(facts.recall?.help === 'check' ? [link(t('Check Memory Setup'), shellCommands.checkMemorySetup)] : []),
    link(t('Change Schedule'), shellCommands.changeSchedule),
    link(t('Show Log'), shellCommands.showLog),
  ];
  return shown.join(' · ');
}

function tooltip(state: StatusState, facts: StatusFacts, { t, formatTime }: Words): string {
  const next =
    facts.nextRunAt === undefined
      ? t('Dreams run when you ask for them.')
      : t('Next dream: {0}', escapeMarkdown(formatTime(facts.nextRunAt)));
  const lines = [
    `**${t('Agent Dreams')}**`,
    explanation(state, t),
    state.kind === 'off' ? undefined : next,
    facts.lastResult === undefined ? undefined : t('Last dream: {0}', escapeMarkdown(facts.lastResult)),
    facts.recall === undefined ? undefined : t('Memory in Claude Code: {0}', escapeMarkdown(facts.recall.said)),
    facts.pending > 0 ? t('{0} to review', facts.pending) : undefined,
    links(state, facts, t),
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n\n');
}

/** Everything the status bar item shows, derived from one state. */
export function statusFor(state: StatusState, facts: StatusFacts, words: Words): Status {
  const { icon, words: text } = label(state, facts, words.t);
  return {
    text: `$(${icon}) ${text}`,
    tooltip: tooltip(state, facts, words),
    command: state.kind === 'review' ? `workbench.view.extension.agentDreams` : shellCommands.showMenu,
    severity: state.kind === 'error' ? 'error' : 'none',
    ariaLabel: `${words.t('Agent Dreams')}: ${text}`,
  };
}
