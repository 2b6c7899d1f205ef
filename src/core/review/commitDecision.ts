import { evidenceKey } from '../dream/evidenceKey';
import type { JournalEvent } from '../history/journal';
import { setAside } from '../history/setAside';
import { applyTransaction } from '../history/transaction';
import type { CorePorts } from '../ports';
import { readState, updateState, type Rejection } from '../state/localState';
import { findingWrites } from '../team/shareFinding';
import type { OpenChange } from './openProposals';
import { evidenceOf, type Plan, type PlannedWrite } from './plan';
import type { Change, DreamId, Verdict } from './proposal';
import {
  encodeReview,
  reviewPath,
  type Decision,
  type DraftState,
  type ReadReview,
  type RejectionStep,
  type Review,
} from './reviewFile';

/** One planned change, with the change it was planned for. */
export interface PlannedChange {
  readonly change: OpenChange;
  readonly plan: Plan;
}

/**
 * Makes the planned decision real in one crash-safe step: store, drafts, decision log and journal together. What was
 * rejected is remembered right after; `rememberRejections` repairs it if the process dies in between.
 * Throws `conflict` if a file changed since the plan was made.
 */
export async function commitDecision(
  ports: CorePorts,
  read: ReadReview,
  input: { readonly planned: readonly PlannedChange[]; readonly verdict: Verdict; readonly reason?: string },
): Promise<void> {
  const { planned, verdict } = input;
  const { dream } = read.review;
  const at = new Date(ports.clock.now()).toISOString();
  const fingerprints = verdict === 'rejected' ? planned.map(({ change }) => change.change.fingerprint) : [];
  const told = input.reason === undefined ? undefined : ports.redactor.redact(input.reason).text;
  const reason = told === undefined ? {} : { reason: told };
  const shared =
    verdict === 'accepted'
      ? await findingWrites(
          ports,
          planned.map(({ change, plan }) => ({ change: change.change, writes: plan.writes, byHand: plan.byHand })),
        )
      : [];
  const writes = [...planned.flatMap(({ plan }) => plan.writes), ...shared];
  const decision: Decision = {
    id: ports.ids.next(),
    at,
    verdict,
    parts: planned.map(({ plan }) => plan.part),
    ...reason,
    undo: {
      store: writes.map(({ path, before, after }) => ({ path, before, after })),
      drafts: planned.flatMap(({ plan }) => plan.drafts),
      rejections: await rejectionSteps(ports, fingerprints),
    },
  };
  const files: Record<string, DraftState> = { ...read.review.files };
  for (const { path, after } of planned.flatMap(({ plan }) => plan.drafts)) files[path] = after;
  const [only, ...others] = planned;
  const single = only !== undefined && others.length === 0 ? only.plan.part : undefined;
  await writeReview(ports, read, {
    review: { ...read.review, files, decisions: [...read.review.decisions, decision] },
    writes,
    event: {
      actor: 'user',
      action: verdict === 'accepted' ? 'accept' : 'reject',
      dream,
      ...(single === undefined ? {} : { change: single.change }),
      ...(single === undefined || single.hunks.length === 0 ? {} : { hunks: single.hunks }),
      ...(told === undefined || told === '' ? {} : { note: told }),
      evidence: planned.flatMap(({ change, plan }) => evidenceOf(change, plan, at)),
    },
  });
  if (verdict === 'rejected')
    await remember(
      ports,
      dream,
      planned.map(({ change }) => change.change),
      { at, reason: told ?? '' },
    );
}

/** Writes a review together with files of the store, as one journalled transaction. */
export async function writeReview(
  ports: CorePorts,
  read: ReadReview,
  next: {
    readonly review: Review;
    readonly writes: readonly PlannedWrite[];
    readonly event: JournalEvent;
  },
): Promise<void> {
  const { dream } = read.review;
  if (read.problem !== undefined) await setAside(ports, reviewPath(dream), read.problem);
  const writes = next.writes.map(({ path, expected, after }) => ({
    path,
    expected,
    bytes: after === null ? null : ports.text.encode(after),
  }));
  const expected = read.problem === undefined ? read.sha256 : null;
  const review = { path: reviewPath(dream), expected, bytes: encodeReview(next.review, ports) };
  await applyTransaction(ports, { writes: [...writes, review], event: next.event });
}

async function rejectionSteps(ports: CorePorts, fingerprints: readonly string[]): Promise<readonly RejectionStep[]> {
  if (fingerprints.length === 0) return [];
  const { rejected } = await readState(ports);
  return fingerprints.map((fingerprint) => ({ fingerprint, before: lookUp(rejected, fingerprint) ?? null }));
}

async function remember(
  ports: CorePorts,
  dream: DreamId,
  changes: readonly Change[],
  told: { readonly at: string; readonly reason: string },
): Promise<void> {
  await updateState(ports, (state) => {
    const rejected = { ...state.rejected };
    for (const change of changes) {
      const keys = change.evidence.map((evidence) => evidenceKey(evidence, ports.hasher));
      const known = lookUp(rejected, change.fingerprint)?.evidence ?? [];
      const evidence = [...new Set([...known, ...keys])];
      rejected[change.fingerprint] = { ...told, dream, change: change.id, evidence };
    }
    return { ...state, rejected };
  });
}

/** The own entry of a record that came from a file, whatever the key is called. */
function lookUp(rejected: Readonly<Record<string, Rejection>>, fingerprint: string): Rejection | undefined {
  return Object.hasOwn(rejected, fingerprint) ? rejected[fingerprint] : undefined;
}

/** Forgets the rejections of an undone decision, unless a later one took their place. */
export async function forgetRejections(ports: CorePorts, dream: DreamId, decision: Decision): Promise<void> {
  const steps = decision.undo?.rejections ?? [];
  if (steps.length === 0) return;
  await updateState(ports, (state) => {
    const rejected = new Map(Object.entries(state.rejected));
    for (const { fingerprint, before } of steps) {
      if (rejected.get(fingerprint)?.dream !== dream) continue;
      if (before === null) rejected.delete(fingerprint);
      else rejected.set(fingerprint, before);
    }
    return { ...state, rejected: Object.fromEntries(rejected) };
  });
}

/** Remembers what the log of a review says was rejected but the local state does not know: after a crash in between. */
export async function rememberRejections(
  ports: CorePorts,
  read: ReadReview,
  changes: readonly Change[],
): Promise<void> {
  const { dream, decisions } = read.review;
  const { rejected } = await readState(ports);
  for (const { verdict, parts, at, reason } of decisions) {
    if (verdict !== 'rejected') continue;
    const meant = changes.filter((change) => parts.some((part) => part.change === change.id));
    const forgotten = meant.filter((change) => lookUp(rejected, change.fingerprint) === undefined);
    if (forgotten.length === 0) continue;
    await remember(ports, dream, forgotten, { at, reason: reason ?? '' });
  }
}
