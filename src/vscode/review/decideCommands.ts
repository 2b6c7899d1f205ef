import * as vscode from 'vscode';
import type { DecisionResult } from '../../core/review/decision';
import { isOpen } from '../../core/review/openProposals';
import type { ChangeId, DreamId, Verdict } from '../../core/review/proposal';
import { acceptAll, acceptChange, acceptHunk, rejectAll, rejectChange, rejectHunk } from '../../core/review/review';
import type { MemoryFolder } from '../app';
import { targetsAreClean } from './dirtyTarget';
import { askReason, confirmAcceptAll, confirmRisky } from './askBefore';
import { readReviewArguments, readSelection } from './reviewArguments';
import {
  requireTrust,
  resolveTarget,
  settleDrafts,
  tell,
  tellNoTarget,
  type ReviewContext,
  type Target,
} from './reviewContext';
import { argumentsOf, openChanges, type FoundChange } from './reviewModel';

/** Accept: the part under the cursor or the lens; all of a change that is decided whole. */
export async function acceptHunkCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const target = await begin(context, args);
  if (target === undefined || !(await targetsAreClean([target.found]))) return;
  const note = await confirmRisky(target.found.change.change);
  if (note === undefined) return;
  await finish(context, [target.found], await decidePart(target, 'accepted', note));
}

/** Reject: like Accept, with an optional reason that the next dreams respect. */
export async function rejectHunkCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const target = await begin(context, args);
  const reason = target === undefined ? undefined : await askReason(target.found.change.change.title, args);
  if (target === undefined || reason === undefined) return;
  await finish(context, [target.found], await decidePart(target, 'rejected', reason));
}

/** Accept Change: all that is open in a change, or in all selected rows of the view. */
export async function acceptChangeCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const changes = await beginChanges(context, args);
  if (changes === undefined || !(await targetsAreClean(changes))) return;
  await acceptChanges(context, changes);
}

/** Reject Change: all that is open in a change, or in all selected rows, with one reason. */
export async function rejectChangeCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const changes = await beginChanges(context, args);
  const reason = changes === undefined ? undefined : await askReason(titleOf(changes), args);
  if (changes === undefined || reason === undefined) return;
  await decideChanges(context, changes, 'rejected', reason);
}

/** Accept All: what the open multi-diff shows, else every open change of a dream, after asking. */
export async function acceptAllCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  await settleDrafts(context);
  const all = everyChange(context, args);
  if (all === undefined) return;
  if (!all.seen && !(await confirmAcceptAll(all.changes.length, args))) return;
  if (!(await targetsAreClean(all.changes))) return;
  await acceptChanges(context, all.changes);
}

/** Several together leave what must be asked about; one alone is asked about. */
async function acceptChanges(context: ReviewContext, changes: readonly FoundChange[]): Promise<void> {
  const [only, ...others] = changes;
  const note = only === undefined || others.length > 0 ? '' : await confirmRisky(only.change.change);
  if (note !== undefined) await decideChanges(context, changes, 'accepted', note);
}

/** Reject All: like Accept All, with one reason for all. */
export async function rejectAllCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  await settleDrafts(context);
  const all = everyChange(context, args);
  const reason = all === undefined ? undefined : await askReason(titleOf(all.changes), args);
  if (all === undefined || reason === undefined) return;
  await decideChanges(context, all.changes, 'rejected', reason);
}

async function begin(context: ReviewContext, args: readonly unknown[]): Promise<Target | undefined> {
  requireTrust(context);
  await settleDrafts(context);
  const target = await resolveTarget(context, args);
  if (target === undefined) tellNoTarget(vscode.l10n.t('Open a proposed change first: Review All shows them.'));
  return target;
}

async function beginChanges(
  context: ReviewContext,
  args: readonly unknown[],
): Promise<readonly FoundChange[] | undefined> {
  requireTrust(context);
  await settleDrafts(context);
  const selected = readSelection(args).flatMap(({ folder, dream, change }) => {
    const found = change === undefined ? undefined : context.model.change({ folder, dream, change });
    return found === undefined ? [] : [found];
  });
  if (selected.length > 0) return selected;
  const target = await resolveTarget(context, args);
  if (target !== undefined) return [target.found];
  tellNoTarget(vscode.l10n.t('Open a proposed change first: Review All shows them.'));
  return undefined;
}

interface AllChanges {
  readonly changes: readonly [FoundChange, ...FoundChange[]];
  /** They are on the screen. */
  readonly seen: boolean;
}

function everyChange({ model, navigator }: ReviewContext, args: readonly unknown[]): AllChanges | undefined {
  const named = readReviewArguments(args[0]);
  const shown = named === undefined ? navigator.shown() : [];
  const [first, ...others] = shown.filter(({ change }) => isOpen(change.status));
  if (first !== undefined && navigator.inMultiDiff) return { changes: [first, ...others], seen: true };
  const about = named ?? (shown[0] && argumentsOf(shown[0]));
  const [next, ...rest] = openChanges(model, about);
  if (next === undefined || (about !== undefined && next.proposal.proposal.id !== about.dream)) {
    tellNoTarget(vscode.l10n.t('There is nothing to review.'));
    return undefined;
  }
  const inDream = ({ folder, proposal }: FoundChange): boolean =>
    folder.id === next.folder.id && proposal.proposal.id === next.proposal.proposal.id;
  return { changes: [next, ...rest.filter(inDream)], seen: false };
}

async function decidePart(
  { found, hunk }: Target,
  verdict: Verdict,
  reason?: string,
): Promise<DecisionResult | undefined> {
  const ports = await found.folder.ports();
  const ref = { dream: found.proposal.proposal.id, change: found.change.change.id };
  const only = found.change.files.length > 1 || found.change.files[0].from !== undefined;
  if (hunk === undefined && !only && found.change.openHunks > 0) {
    tellNoTarget(vscode.l10n.t('The cursor is in no proposed part. Place it in one, or use Next Change.'));
    return undefined;
  }
  if (verdict === 'accepted') {
    return hunk === undefined
      ? await acceptChange(ports, ref, reason)
      : await acceptHunk(ports, { ...ref, hunk }, reason);
  }
  return hunk === undefined
    ? await rejectChange(ports, ref, reason)
    : await rejectHunk(ports, { ...ref, hunk }, reason);
}

async function decideChanges(
  context: ReviewContext,
  changes: readonly FoundChange[],
  verdict: Verdict,
  reason?: string,
): Promise<void> {
  const [only, ...others] = changes;
  if (only !== undefined && others.length === 0) {
    const ports = await only.folder.ports();
    const ref = { dream: only.proposal.proposal.id, change: only.change.change.id };
    const result =
      verdict === 'accepted' ? await acceptChange(ports, ref, reason) : await rejectChange(ports, ref, reason);
    await finish(context, changes, result);
    return;
  }
  for (const { folder, dream, ids } of byDream(changes)) {
    const ports = await folder.ports();
    const request = { dream, changes: ids };
    const result = verdict === 'accepted' ? await acceptAll(ports, request) : await rejectAll(ports, request, reason);
    await finish(context, changes, result);
  }
}

/** One decision, and so one undo step, per dream. */
function byDream(
  changes: readonly FoundChange[],
): readonly { readonly folder: MemoryFolder; readonly dream: DreamId; readonly ids: readonly ChangeId[] }[] {
  const groups = new Map<string, { folder: MemoryFolder; dream: DreamId; ids: ChangeId[] }>();
  for (const { folder, proposal, change } of changes) {
    const key = `${folder.id}/${proposal.proposal.id}`;
    const group = groups.get(key) ?? { folder, dream: proposal.proposal.id, ids: [] };
    group.ids.push(change.change.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Shows what came of it: both sides, lenses and tree anew, then on to the next change. */
async function finish(
  context: ReviewContext,
  decided: readonly FoundChange[],
  result: DecisionResult | undefined,
): Promise<void> {
  if (result === undefined) return;
  const [about] = decided;
  for (const folder of new Set(decided.map((found) => found.folder))) {
    await context.model.refresh(folder);
    folder.touch();
  }
  if (result.kind === 'done') await context.navigator.advance(decided);
  tell(context, result, about);
}

function titleOf(changes: readonly FoundChange[]): string {
  const [only] = changes;
  if (only !== undefined && changes.length === 1) return only.change.change.title;
  return vscode.l10n.t('{0} changes', changes.length);
}
