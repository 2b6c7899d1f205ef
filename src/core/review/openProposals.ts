import { listDreams, readProposal } from '../dream/dreamFiles';
import type { DreamRecord } from '../dream/dream';
import { placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { isWhole, openFile, readDisk, type OpenFile } from './openFile';
import type { Change, ChangeId, DreamId, Proposal, Verdict } from './proposal';
import { readReview, type Decision, type ReadReview } from './reviewFile';

export type ChangeStatus = 'pending' | 'partly' | 'accepted' | 'rejected' | 'conflict';

/** A change with what the store and the reviewer made of it since. */
export interface OpenChange {
  readonly change: Change;
  readonly status: ChangeStatus;
  readonly files: readonly [OpenFile, ...OpenFile[]];
  readonly openHunks: number;
  /** A newer dream with an open change of the same file. */
  readonly coveredBy?: DreamId;
}

/** A proposal with its decisions applied. */
export interface OpenProposal {
  readonly proposal: Proposal;
  readonly record: DreamRecord;
  readonly changes: readonly OpenChange[];
  /** Changes that still wait for a decision. */
  readonly pending: number;
  /** Why the kept review could not be used, if so: decisions and drafts of this dream start afresh. */
  readonly problem?: string;
}

/** A proposal together with the review it was opened with, for whoever is about to change it. */
export interface LoadedProposal {
  readonly open: OpenProposal;
  readonly read: ReadReview;
}

/** True while a person has something to decide. */
export function isOpen(status: ChangeStatus): boolean {
  return status === 'pending' || status === 'partly' || status === 'conflict';
}

/** All proposals, newest dream first, each fitted to the store as it is on disk now. Writes nothing. */
export async function loadProposals(ports: CorePorts): Promise<readonly OpenProposal[]> {
  const opened: OpenProposal[] = [];
  for (const record of await listDreams(ports)) {
    if (record.status !== 'completed') continue;
    const loaded = await loadProposal(ports, record);
    if (loaded !== undefined && loaded.open.changes.length > 0) opened.push(loaded.open);
  }
  return markCovered(opened);
}

/** One proposal with its review, or undefined if the dream left none. */
export async function loadProposal(ports: CorePorts, record: DreamRecord): Promise<LoadedProposal | undefined> {
  const proposal = await readProposal(ports, record.id);
  if (proposal === undefined) return undefined;
  const read = await readReview(ports, record.id);
  const changes: OpenChange[] = [];
  for (const change of proposal.changes) {
    const foreign = change.files.flatMap(({ path, from }) => [path, from ?? path]).find((path) => !placeOf(path));
    if (foreign === undefined) changes.push(await openChange(ports, change, read));
    else ports.logger.warn(`proposal ${record.id}: change ${change.id} is left out, no memory may stand at ${foreign}`);
  }
  const pending = changes.filter((change) => isOpen(change.status)).length;
  const problem = read.problem === undefined ? {} : { problem: read.problem };
  return { open: { proposal, record, changes, pending, ...problem }, read };
}

async function openChange(ports: CorePorts, change: Change, { review }: ReadReview): Promise<OpenChange> {
  const verdicts = review.decisions.filter((decision) => concerns(decision, change.id)).map(({ verdict }) => verdict);
  const whole = isWhole(change);
  const verdict = whole ? verdicts.at(-1) : undefined;
  const open = async (edit: Change['files'][number]): Promise<OpenFile> => {
    const disk = await readDisk(ports, edit.from ?? edit.path);
    const target = edit.from === undefined ? {} : { target: await readDisk(ports, edit.path) };
    const state = Object.hasOwn(review.files, edit.path) ? review.files[edit.path] : undefined;
    return openFile({ change, edit, state, disk, verdict, ...target }, ports.hasher);
  };
  const [first, ...rest] = change.files;
  const files: [OpenFile, ...OpenFile[]] = [await open(first)];
  for (const edit of rest) files.push(await open(edit));
  const status = whole ? wholeStatus(verdict, files) : hunkStatus(verdicts, files[0]);
  const openHunks = isOpen(status) ? files.reduce((sum, file) => sum + file.hunks.length, 0) : 0;
  return { change, status, files, openHunks };
}

function concerns(decision: Decision, change: ChangeId): boolean {
  return decision.parts.some((part) => part.change === change);
}

function wholeStatus(verdict: Verdict | undefined, files: readonly OpenFile[]): ChangeStatus {
  if (verdict !== undefined) return verdict;
  return files.some((file) => file.conflict !== undefined) ? 'conflict' : 'pending';
}

function hunkStatus(verdicts: readonly Verdict[], file: OpenFile): ChangeStatus {
  if (file.conflict !== undefined) return 'conflict';
  if (file.hunks.length > 0) return verdicts.length > 0 ? 'partly' : 'pending';
  return verdicts.includes('rejected') && !verdicts.includes('accepted') ? 'rejected' : 'accepted';
}

function markCovered(newestFirst: readonly OpenProposal[]): readonly OpenProposal[] {
  const newest = new Map<string, DreamId>();
  return newestFirst.map((open) => {
    const changes = open.changes.map((change) => {
      const coveredBy = isOpen(change.status)
        ? pathsOf(change)
            .map((path) => newest.get(path))
            .find(Boolean)
        : undefined;
      return coveredBy === undefined ? change : { ...change, coveredBy };
    });
    for (const change of open.changes.filter(({ status }) => isOpen(status))) {
      for (const path of pathsOf(change)) if (!newest.has(path)) newest.set(path, open.proposal.id);
    }
    return { ...open, changes };
  });
}

function pathsOf(change: OpenChange): readonly string[] {
  return change.files.flatMap((file) => (file.from === undefined ? [file.path] : [file.from, file.path]));
}
