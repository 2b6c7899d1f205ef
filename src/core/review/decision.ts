import type { TextRefusal } from './textRefusal';
import type { ChangeId, DreamId, HunkId } from './proposal';

/** Why an accept was refused although the store could take it. */
export type Refusal =
  | (TextRefusal & { readonly path: string })
  /** The file would not be a readable memory. */
  | { readonly reason: 'invalid-memory'; readonly path: string; readonly detail: string }
  /** A person has to be asked about it on its own, and the accept did not bring their yes to what it says now. */
  | { readonly reason: 'unconfirmed'; readonly path: string }
  /** The file on disk is not UTF-8, or another file stands where this one would go. */
  | { readonly reason: 'unresolvable'; readonly path: string };

/** What a decision came to. Anything unexpected (disk full, read-only …) is thrown as AgentDreamsError. */
export type DecisionResult =
  | {
      readonly kind: 'done';
      readonly dream: DreamId;
      readonly changes: readonly ChangeId[];
      /** Files of the store that were written, moved or restored. */
      readonly written: readonly string[];
      /** Changes of Accept All that carry a warning or a conflict, and were left for a decision of their own. */
      readonly left: readonly ChangeId[];
    }
  /** The export of a skill was taken back. */
  | { readonly kind: 'withdrawn'; readonly path: string }
  /** There was nothing to decide: the hunk or change is not open any more, or there is nothing to undo. */
  | { readonly kind: 'nothing'; readonly left: readonly ChangeId[] }
  /** The store moved on in a way that only a person can settle; nothing was written. */
  | { readonly kind: 'conflict'; readonly path: string }
  | ({ readonly kind: 'refused' } & Refusal);

/** Which change. */
export interface ChangeRef {
  readonly dream: DreamId;
  readonly change: ChangeId;
}

/** Which part of a change. */
export interface HunkRef extends ChangeRef {
  readonly hunk: HunkId;
}
