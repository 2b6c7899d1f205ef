import type { Cause } from '../recall/proof';

/** What Check Memory Setup looks at, one file of `core/doctor` each. In the order in which it is told. */
export const CHECKS = [
  'store',
  'connection',
  'delivery',
  'hooks',
  'hookSwitches',
  'rendered',
  'stableCommand',
  'logging',
  'retention',
  'index',
  'schedule',
  'waiting',
  'unreadable',
  'conflicts',
  'autoMemory',
  'secrets',
  'attached',
] as const;

export type CheckName = (typeof CHECKS)[number];

/**
 * `problem`: memory does not arrive, is lost or is unsafe now. `warning`: it will, or may. `note`: good to know, and to
 * be put right. `unknown`: it could not be looked at.
 */
export type Severity = 'problem' | 'warning' | 'note' | 'unknown';

/** Everything that can be found. Words for each are in `vscode/doctor/findingWords.ts`. */
export type FindingKind =
  | 'unknown'
  // store
  | 'no-store'
  // connection
  | 'not-connected'
  | 'connection-problem'
  // delivery
  | 'not-loaded'
  | 'loaded-stale'
  // hooks
  | 'hook-failed'
  | 'hook-slow'
  | 'hook-output'
  | 'hook-too-long'
  // hookSwitches
  | 'hooks-disabled'
  | 'hooks-managed-only'
  | 'settings-invalid'
  // rendered
  | 'recall-missing'
  | 'recall-invalid'
  | 'recall-stale'
  // stableCommand
  | 'command-missing'
  | 'command-failed'
  // logging
  | 'capture-off'
  | 'history-off'
  | 'log-unreadable'
  | 'not-captured'
  | 'text-only'
  | 'log-damaged'
  | 'moved-sessions'
  // retention
  | 'retention-short'
  | 'retention-invalid'
  | 'logs-expiring'
  // index
  | 'index-full'
  | 'index-stale'
  | 'budget-full'
  // schedule
  | 'schedule-unsaved'
  | 'schedule-failed'
  | 'schedule-overdue'
  // waiting, unreadable
  | 'waiting'
  | 'memory-unreadable'
  // conflicts
  | 'conflict'
  // autoMemory
  | 'auto-memory-in-store'
  | 'auto-memory-ignored'
  | 'auto-dream'
  | 'auto-memory-overlap'
  // secrets
  | 'secrets'
  // attached
  | 'store-missing'
  | 'store-unaccepted';

/** What can be done about a finding at a click. */
export type FixId =
  | 'trust'
  | 'initialize'
  | 'connect'
  | 'recallTest'
  | 'renderAgain'
  | 'rebuildIndex'
  | 'captureNow'
  | 'adoptSessions'
  | 'raiseRetention'
  | 'removeClaudeSetting'
  | 'openFile'
  | 'openSetting'
  | 'changeSchedule'
  | 'dreamNow'
  | 'reviewOutside'
  | 'openMemory'
  | 'showConflict'
  | 'findSecrets'
  | 'writeCommand'
  | 'showLog';

export interface QuickFix {
  readonly id: FixId;
  /** A file, a path in the store, or the name of a setting: what `id` is done to. */
  readonly target?: string;
  /** The place in that file: a name in its JSON, or a line. */
  readonly at?: string;
}

/** One thing that is not as it should be. Its words are made of `kind` and `about`. */
export interface DoctorFinding {
  readonly check: CheckName;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** Facts for the words: paths, counts, names. Never a secret, never a whole file. */
  readonly about: Readonly<Record<string, string | number>>;
  /** Why a session got nothing, the likeliest first. */
  readonly causes?: readonly Cause[];
  readonly fix?: QuickFix;
}
