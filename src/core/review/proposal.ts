import type { Dismissed, Evidence, ScoreTerms, Trust } from '../dream/finding';

/** All changes of one dream. Written once as `proposal.json` and never changed: decisions live beside it. */

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };
/** Also the dream's id: one dream, one proposal. */
export type DreamId = Brand<string, 'DreamId'>;
export type ChangeId = Brand<string, 'ChangeId'>;
export type HunkId = Brand<string, 'HunkId'>;

export type ChangeKind =
  'add' | 'update' | 'merge' | 'split' | 'archive' | 'restore' | 'promote' | 'demote' | 'rescope';

/**
 * One file of a change. `path` is relative to `.agent-memory/`. `before: null` = the file is new; `after: null` never
 * occurs for a memory: an archive is a move (`from` the old path, `path` under `archive/`).
 */
export interface FileEdit {
  readonly path: string;
  readonly from?: string;
  readonly before: string | null;
  readonly after: string;
}

export type Risk = 'low' | 'medium' | 'high';

/** Something the reviewer should see before accepting. */
export interface Warning {
  readonly kind:
    | 'quarantined'
    | 'contradiction'
    | 'permission'
    | 'hidden-text'
    | 'credential'
    | 'executes'
    | 'stale'
    /** It repeats an error line of a program, as a quotation. */
    | 'quotes-tool'
    /** It reads like an instruction to the agent over its user's head: a badge, no verdict. */
    | 'suspicious';
  readonly message: string;
}

export interface Change {
  readonly id: ChangeId;
  readonly kind: ChangeKind;
  /** "Use pnpm, not npm": what a person calls it. */
  readonly title: string;
  readonly rationale: string;
  /** The first file is the one that decides; a change of several files is accepted as a whole. */
  readonly files: readonly [FileEdit, ...FileEdit[]];
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly trust: Trust;
  readonly risk: Risk;
  readonly warnings: readonly Warning[];
  readonly score?: ScoreTerms;
  /** Fingerprint of the claim, by which a rejection is remembered. */
  readonly fingerprint: string;
}

export interface Proposal {
  readonly format: 1;
  readonly id: DreamId;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Commit that was checked out, if any. */
  readonly head?: string;
  readonly changes: readonly Change[];
  readonly dismissed: readonly Dismissed[];
}

/** What became of a change or hunk. A reviewer's text counts as accepted with evidence *by hand*. */
export type Verdict = 'accepted' | 'rejected';
