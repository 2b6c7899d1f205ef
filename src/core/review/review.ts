import { listDreams } from '../dream/dreamFiles';
import { refuseCredential } from '../boundary/credential';
import { composeNewLines } from '../unicode/cleanText';
import { AgentDreamsError, isAgentDreamsError } from '../errors';
import { writeAtomic } from '../history/atomicWrite';
import { setAside } from '../history/setAside';
import type { CorePorts } from '../ports';
import { confirmationOf } from './confirmation';
import { commitDecision, rememberRejections, type PlannedChange } from './commitDecision';
import type { ChangeRef, DecisionResult, HunkRef } from './decision';
import { sameLines } from './lines';
import type { OpenFile } from './openFile';
import {
  isOpen,
  loadProposal,
  loadProposals,
  type LoadedProposal,
  type OpenChange,
  type OpenProposal,
} from './openProposals';
import { planDecision, type Planned } from './plan';
import type { ChangeId, DreamId, HunkId, Verdict } from './proposal';
import { encodeReview, readReview, reviewPath, type DraftState } from './reviewFile';
import { undoDecision } from './undoDecision';
import { lastSkillExport, undoSkillExport } from '../skills/skillExport';
import { isDecidedAlone } from '../trust/warnings';

/** Longest draft that is kept; far beyond what a memory may be. UTF-16 units. */
const MAX_DRAFT = 400_000;

/** Decisions of this store are made one after the other, whichever window they come from. */
const LOCK = 'review';

/** All proposals, newest first, with their decisions and fitted to the store as it is on disk. Writes nothing. */
export async function listProposals(ports: CorePorts): Promise<readonly OpenProposal[]> {
  return await loadProposals(ports);
}

/**
 * Accepts one hunk; a change that is decided whole is accepted whole. `confirmed` is what the person said yes to, from
 * `confirmationOf`, and is journalled; without it a change that must be asked about is refused as `unconfirmed`.
 */
export async function acceptHunk(ports: CorePorts, ref: HunkRef, confirmed?: string): Promise<DecisionResult> {
  return await decide(ports, {
    dream: ref.dream,
    verdict: 'accepted',
    pick: one(ref.change),
    hunk: ref.hunk,
    reason: confirmed === '' ? undefined : confirmed,
  });
}

/** Takes one hunk out of the draft and remembers the claim as rejected. */
export async function rejectHunk(ports: CorePorts, ref: HunkRef, reason?: string): Promise<DecisionResult> {
  return await decide(ports, { dream: ref.dream, verdict: 'rejected', pick: one(ref.change), hunk: ref.hunk, reason });
}

/** Accepts all that is open in a change, in one undo step; `confirmed` as with `acceptHunk`. */
export async function acceptChange(ports: CorePorts, ref: ChangeRef, confirmed?: string): Promise<DecisionResult> {
  return await decide(ports, {
    dream: ref.dream,
    verdict: 'accepted',
    pick: one(ref.change),
    reason: confirmed === '' ? undefined : confirmed,
  });
}

/** Rejects all that is open in a change, also one in conflict, and remembers the claim as rejected. */
export async function rejectChange(ports: CorePorts, ref: ChangeRef, reason?: string): Promise<DecisionResult> {
  return await decide(ports, { dream: ref.dream, verdict: 'rejected', pick: one(ref.change), reason });
}

/**
 * Accepts several changes of one dream in one undo step; without `changes` all open ones. Changes with a warning or a
 * conflict are left for a decision of their own.
 */
export async function acceptAll(
  ports: CorePorts,
  ref: { readonly dream: DreamId; readonly changes?: readonly ChangeId[] },
): Promise<DecisionResult> {
  return await decide(ports, { dream: ref.dream, verdict: 'accepted', pick: many(ref.changes) });
}

/** Rejects several changes of one dream in one undo step; without `changes` all open ones. */
export async function rejectAll(
  ports: CorePorts,
  ref: { readonly dream: DreamId; readonly changes?: readonly ChangeId[] },
  reason?: string,
): Promise<DecisionResult> {
  return await decide(ports, { dream: ref.dream, verdict: 'rejected', pick: many(ref.changes), reason });
}

/**
 * Keeps what a person wrote on the right side. No decision: nothing enters the store. Throws `too-large`, and
 * `credential` where the person wrote a secret: a draft is a file too.
 */
export async function editDraft(
  ports: CorePorts,
  edit: { readonly dream: DreamId; readonly path: string; readonly text: string },
): Promise<void> {
  if (edit.text.length > MAX_DRAFT) {
    throw new AgentDreamsError('too-large', 'The draft is too long.', { path: edit.path, limit: MAX_DRAFT });
  }
  await ports.redactor.refresh?.();
  await ports.lock.hold(LOCK, async () => {
    const loaded = await load(ports, edit.dream);
    const file = loaded.open.changes.flatMap(({ files }) => files).find(({ path }) => path === edit.path);
    if (file === undefined) throw new AgentDreamsError('not-found', 'No such draft.', { path: edit.path });
    if (sameLines(file.draft, edit.text)) return;
    refuseCredential(edit.path, edit.text, ports.redactor, file.current);
    await keepDrafts(ports, loaded, {
      [file.path]: { base: file.base, draft: composeNewLines(file.current, edit.text), edited: true },
    });
  });
}

/**
 * Settles a conflict by showing it: the draft is put on top of the memory as it is now, so that every difference becomes
 * a hunk that a person accepts or rejects. Nothing enters the store.
 */
export async function reviewAgainstCurrent(ports: CorePorts, ref: ChangeRef): Promise<DecisionResult> {
  return await ports.lock.hold(LOCK, async (): Promise<DecisionResult> => {
    const loaded = await load(ports, ref.dream);
    const change = loaded.open.changes.find((open) => open.change.id === ref.change);
    const conflicted = change?.files.filter((file) => file.conflict !== undefined) ?? [];
    if (conflicted.length === 0) return { kind: 'nothing', left: [] };
    const drafts: Record<string, DraftState> = {};
    for (const file of conflicted) {
      const settled = settle(file);
      if (settled === undefined) return { kind: 'refused', reason: 'unresolvable', path: file.path };
      drafts[file.path] = settled;
    }
    await keepDrafts(ports, loaded, drafts);
    return { kind: 'done', dream: ref.dream, changes: [ref.change], written: [], left: [] };
  });
}

/** Takes back the last decision, of whichever dream or about a skill. Repeated, it goes back decision by decision. */
export async function undoLastDecision(ports: CorePorts): Promise<DecisionResult> {
  return await ports.lock.hold(LOCK, async (): Promise<DecisionResult> => {
    let last: { readonly id: string; readonly dream: DreamId } | undefined;
    for (const { id: dream } of await listDreams(ports)) {
      const id = (await readReview(ports, dream)).review.decisions.at(-1)?.id;
      if (id !== undefined && (last === undefined || id > last.id)) last = { id, dream };
    }
    const skill = await lastSkillExport(ports);
    if (skill !== undefined && (last === undefined || skill > last.id)) return await undoSkill(ports);
    if (last === undefined) return { kind: 'nothing', left: [] };
    const { dream } = last;
    return await withRetry(async () => await undoDecision(ports, await readReview(ports, dream)));
  });
}

async function undoSkill(ports: CorePorts): Promise<DecisionResult> {
  const result = await undoSkillExport(ports);
  if (result === undefined) return { kind: 'nothing', left: [] };
  return result.kind === 'done' ? { kind: 'withdrawn', path: result.path } : result;
}

/** Which changes of a dream a decision means. */
interface Pick {
  /** Several: what cannot be decided is left, instead of failing the rest. */
  readonly several: boolean;
  readonly choose: (changes: readonly OpenChange[], verdict: Verdict) => Picked;
}

interface Picked {
  readonly picked: readonly OpenChange[];
  readonly left: readonly ChangeId[];
}

function one(id: ChangeId): Pick {
  return {
    several: false,
    choose: (changes) => ({ picked: changes.filter(({ change }) => change.id === id), left: [] }),
  };
}

function many(ids: readonly ChangeId[] | undefined): Pick {
  const choose: Pick['choose'] = (changes, verdict) => {
    const meant = changes.filter(
      ({ change, status }) => isOpen(status) && (ids === undefined || ids.includes(change.id)),
    );
    const alone = ({ change }: OpenChange): boolean =>
      verdict === 'accepted' && (change.warnings.some(isDecidedAlone) || confirmationOf(change) !== undefined);
    return {
      picked: meant.filter((open) => !alone(open)),
      left: meant.filter(alone).map(({ change }) => change.id),
    };
  };
  return { several: true, choose };
}

interface DecisionRequest {
  readonly dream: DreamId;
  readonly verdict: Verdict;
  readonly pick: Pick;
  readonly hunk?: HunkId;
  readonly reason?: string | undefined;
}

async function decide(ports: CorePorts, request: DecisionRequest): Promise<DecisionResult> {
  await ports.redactor.refresh?.();
  return await ports.lock.hold(LOCK, async () => await withRetry(async () => await decideOnce(ports, request)));
}

/** One more try with fresh texts where a file changed between reading and writing; after that it is a conflict. */
async function withRetry(work: () => Promise<DecisionResult>): Promise<DecisionResult> {
  try {
    return await work();
  } catch (error) {
    if (!isAgentDreamsError(error, 'conflict')) throw error;
  }
  try {
    return await work();
  } catch (error) {
    if (!isAgentDreamsError(error, 'conflict')) throw error;
    return { kind: 'conflict', path: String(error.details['path'] ?? '') };
  }
}

async function decideOnce(ports: CorePorts, request: DecisionRequest): Promise<DecisionResult> {
  const { dream, verdict } = request;
  const { open, read } = await load(ports, dream);
  const { picked, left: passedOver } = request.pick.choose(open.changes, verdict);
  const left = [...passedOver];
  const planned: PlannedChange[] = [];
  for (const change of picked) {
    const step = planOne(change, request, ports);
    if (step.kind === 'plan') planned.push({ change, plan: step.plan });
    else if (step.kind === 'nothing') continue;
    else if (request.pick.several) left.push(change.change.id);
    else return step;
  }
  if (planned.length === 0) return { kind: 'nothing', left };
  await rememberRejections(
    ports,
    read,
    open.changes.map(({ change }) => change),
  );
  await commitDecision(ports, read, {
    planned,
    verdict,
    ...(request.reason === undefined ? {} : { reason: request.reason }),
  });
  const written = planned.flatMap(({ plan }) => plan.writes.map(({ path }) => path));
  return { kind: 'done', dream, changes: planned.map(({ change }) => change.change.id), written, left };
}

/** The plan, if the person said yes to what has to be asked about this change on its own. */
function planOne(open: OpenChange, { verdict, hunk, reason }: DecisionRequest, ports: CorePorts): Planned {
  const step = planDecision(open, verdict, hunk, ports);
  const asked = verdict === 'accepted' ? confirmationOf(open.change) : undefined;
  if (step.kind !== 'plan' || asked === undefined || asked === reason) return step;
  return { kind: 'refused', reason: 'unconfirmed', path: open.change.files[0].path };
}

async function load(ports: CorePorts, dream: DreamId): Promise<LoadedProposal> {
  const record = (await listDreams(ports)).find(({ id }) => id === dream);
  const loaded = record === undefined ? undefined : await loadProposal(ports, record);
  if (loaded === undefined) throw new AgentDreamsError('not-found', 'No such proposal.', { dream });
  return loaded;
}

async function keepDrafts(
  ports: CorePorts,
  { open, read }: LoadedProposal,
  drafts: Readonly<Record<string, DraftState>>,
): Promise<void> {
  const { id } = open.proposal;
  if (read.problem !== undefined) await setAside(ports, reviewPath(id), read.problem);
  const review = { ...read.review, files: { ...read.review.files, ...drafts } };
  await writeAtomic(ports, reviewPath(id), encodeReview(review, ports));
}

/** The draft on top of the memory as it is now, or undefined where there is nothing to show it against. */
function settle({ conflict, disk, draft, from }: OpenFile): DraftState | undefined {
  switch (conflict?.kind) {
    case 'changed':
      return { base: disk.text, draft: conflict.draftWins, edited: true };
    case 'gone':
      return { base: null, draft, edited: true };
    case 'exists':
      // A move whose target is taken cannot be shown as a difference of one file.
      return from === undefined ? { base: disk.text, draft, edited: true } : undefined;
    default:
      return undefined;
  }
}
