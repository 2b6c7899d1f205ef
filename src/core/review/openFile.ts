import type { CorePorts, Hasher } from '../ports';
import { computeHunks, type Hunk } from './hunks';
import { sameLines } from './lines';
import type { Change, FileEdit, Verdict } from './proposal';
import { rebase, type ConflictRegion } from './rebase';
import type { DraftState } from './reviewFile';

/** A file of the store as it is on disk now. */
export interface DiskFile {
  /** null if there is none. */
  readonly text: string | null;
  readonly sha256: string | null;
  /** True if its bytes are not UTF-8, so that writing the text back would lose some. */
  readonly lossy: boolean;
}

/** Why a draft cannot be put on the file as it is now. */
export type FileConflict =
  | { readonly kind: 'changed'; readonly regions: readonly ConflictRegion[]; readonly draftWins: string }
  /** The memory that the change rests on is not there any more. */
  | { readonly kind: 'gone' }
  /** A file stands where the change would make one. */
  | { readonly kind: 'exists' }
  /** The file on disk is not UTF-8. */
  | { readonly kind: 'unreadable' };

/** One file of a change, with the left and the right side of its diff. */
export interface OpenFile {
  readonly path: string;
  /** Where it moves from. */
  readonly from?: string;
  /** The memory as it is on disk; '' if it is new. */
  readonly current: string;
  /** The proposed text, fitted to what is on disk, with the reviewer's edits. */
  readonly draft: string;
  readonly hunks: readonly Hunk[];
  readonly conflict?: FileConflict;
  /** What the draft is fitted to: the text on disk, or in a conflict the text that the dream saw. */
  readonly base: string | null;
  /** The file that `current` shows. */
  readonly disk: DiskFile;
  /** A person changed the draft. */
  readonly edited: boolean;
}

/** Reads one file of the store. */
export async function readDisk(ports: Pick<CorePorts, 'files' | 'text' | 'hasher'>, path: string): Promise<DiskFile> {
  const bytes = await ports.files.read(path);
  if (bytes === undefined) return { text: null, sha256: null, lossy: false };
  return { ...ports.text.decode(bytes), sha256: ports.hasher.sha256(bytes) };
}

/** True for changes that are accepted or rejected in one piece: several files, or a move. */
export function isWhole(change: Change): boolean {
  return change.files.length > 1 || change.files[0].from !== undefined;
}

export interface OpenFileInput {
  readonly change: Change;
  readonly edit: FileEdit;
  /** What the review keeps about this file, if anything. */
  readonly state: DraftState | undefined;
  /** The file at `from`, or at `path` where nothing moves. */
  readonly disk: DiskFile;
  /** The file at `path` of a move. */
  readonly target?: DiskFile;
  /** The decision about the whole change, if there is one. */
  readonly verdict: Verdict | undefined;
}

/** Fits the draft of one file to the store as it is now. Pure: the result is a view, nothing is written. */
export function openFile(input: OpenFileInput, hasher: Pick<Hasher, 'sha256'>): OpenFile {
  const { change, edit, disk } = input;
  const state = input.state ?? { base: edit.before, draft: edit.after, edited: false };
  const place = { path: edit.path, ...(edit.from === undefined ? {} : { from: edit.from }) };
  if (isWhole(change) && input.verdict === 'accepted') {
    const now = edit.from === undefined ? disk : (input.target ?? disk);
    const text = now.text ?? state.draft;
    return { ...place, current: text, draft: text, hunks: [], base: text, disk: now, edited: state.edited };
  }
  const fitted = fit(state, disk);
  const current = disk.text ?? '';
  const hunks = computeHunks({ change: change.id, current, draft: fitted.draft }, hasher);
  const blocked = input.verdict === undefined && edit.from !== undefined && (input.target?.text ?? null) !== null;
  const conflict: FileConflict | undefined = blocked ? { kind: 'exists' } : fitted.conflict;
  const shown = conflict === undefined ? {} : { conflict };
  return { ...place, current, draft: fitted.draft, hunks, base: fitted.base, disk, edited: state.edited, ...shown };
}

interface Fitted {
  readonly base: string | null;
  readonly draft: string;
  readonly conflict?: FileConflict;
}

function fit(state: DraftState, disk: DiskFile): Fitted {
  const { base, draft } = state;
  // Nothing is open: the draft follows the memory, whatever became of it.
  if (disk.text !== base && sameLines(draft, base ?? '')) return { base: disk.text, draft: disk.text ?? '' };
  // What cannot be read exactly is never shown as text that could be edited and written back.
  if (disk.lossy) return { base, draft, conflict: { kind: 'unreadable' } };
  if (disk.text === base) return { base, draft };
  if (disk.text === null) return { base, draft, conflict: { kind: 'gone' } };
  if (base === null) {
    if (sameLines(disk.text, draft)) return { base: disk.text, draft };
    return { base, draft, conflict: { kind: 'exists' } };
  }
  const rebased = rebase({ base, current: disk.text, draft });
  if (rebased.kind === 'clean') return { base: disk.text, draft: rebased.text };
  return { base, draft, conflict: { kind: 'changed', regions: rebased.regions, draftWins: rebased.draftWins } };
}
