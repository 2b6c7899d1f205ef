import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { reviewAgainstCurrent, undoLastDecision } from '../../core/review/review';
import type { MemoryFolder } from '../app';
import { openTranscriptAt } from '../transcript/openTranscript';
import { baseName } from './lensesFor';
import { readReviewArguments, readSessionArguments } from './reviewArguments';
import { requireTrust, resolveTarget, settleDrafts, tell, tellNoTarget, type ReviewContext } from './reviewContext';
import { openChanges, reviewUri } from './reviewModel';
import { schemes } from './reviewUri';
import { plainWords } from '../plainWords';

/** Open Change: its diff, or its multi-diff where it has several files. */
export async function openChangeCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args);
  const found = target?.found ?? openChanges(context.model)[0];
  if (found === undefined) tellNoTarget(vscode.l10n.t('There is nothing to review.'));
  else await context.navigator.open(found);
}

/** Review All: the open changes of a dream in one multi-diff; without a dream, of the newest that has any. */
export async function reviewAllCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  for (const folder of context.app.folders) await context.model.refresh(folder);
  const named = readReviewArguments(args[0]);
  const first = openChanges(context.model)[0];
  const ids = named ?? (first && { folder: first.folder.id, dream: first.proposal.proposal.id });
  if (ids !== undefined && (await context.navigator.reviewAll(ids))) return;
  tellNoTarget(vscode.l10n.t('There is nothing to review.'));
}

/** Next Change: the next part below the cursor, then the next change. */
export async function nextChangeCommand(context: ReviewContext): Promise<void> {
  if (!(await context.navigator.next())) tellNoTarget(vscode.l10n.t('There is nothing to review.'));
}

/** Why: the hover of the part, at the part. */
export async function showWhyCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args);
  if (target === undefined) {
    tellNoTarget(vscode.l10n.t('Open a proposed change first: Review All shows them.'));
    return;
  }
  const [file] = target.found.change.files;
  const uri = reviewUri(schemes.proposed, { ...target.found, file }).toString();
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (editor !== undefined && readReviewArguments(args[0]) !== undefined) {
    const hunks = await context.model.hunks({ ...target.found, file }, editor.document.getText());
    const hunk = hunks.find(({ id }) => id === target.hunk) ?? hunks[0];
    const line = Math.min(hunk?.newStart ?? 0, editor.document.lineCount - 1);
    const at = new vscode.Position(line, 0);
    editor.selection = new vscode.Selection(at, at);
  }
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/** Show in Session: the captured session, at the words that are the evidence. */
export async function showInSessionCommand({ app, navigator }: ReviewContext, args: readonly unknown[]): Promise<void> {
  const place = readSessionArguments(args[0]);
  const folder = place === undefined ? undefined : app.folder(place.folder);
  if (place === undefined || folder === undefined) {
    throw new AgentDreamsError('not-found', 'no such session', { path: place?.session ?? '' });
  }
  // The session opens in preview, which would replace a review in preview.
  if (navigator.shown().length > 0) await vscode.commands.executeCommand('workbench.action.keepEditor');
  await openTranscriptAt(folder, place.session, { entry: place.entry, quote: place.quote });
}

/** Undo Last Decision: of the folder that is reviewed, else of the one that the user picks. */
export async function undoLastDecisionCommand(context: ReviewContext): Promise<void> {
  requireTrust(context);
  await settleDrafts(context);
  const folder: MemoryFolder | undefined = context.navigator.shown()[0]?.folder ?? (await context.app.pickFolder());
  if (folder === undefined) return;
  const result = await undoLastDecision(await folder.ports());
  await context.model.refresh(folder);
  folder.touch();
  if (result.kind === 'nothing') {
    tellNoTarget(vscode.l10n.t('There is no decision to undo.'));
    return;
  }
  tell(context, result);
  const [change, ...others] = result.kind === 'done' ? result.changes : [];
  if (result.kind !== 'done' || change === undefined) return;
  const found = context.model.change({ folder: folder.id, dream: result.dream, change });
  const shown = context.navigator.shown();
  if (shown.length === 0 || others.length > 0) tellUndone(found?.change.change.title, 1 + others.length);
  if (others.length > 0) return;
  // Only where a review is on the screen: the user did not ask for an editor.
  if (found === undefined || shown.length === 0 || shown.some((one) => one.change.change.id === change)) return;
  await context.navigator.show(found);
}

/** Where no diff shows it, words must: a memory may have gone from the store. */
function tellUndone(title: string | undefined, count: number): void {
  const message =
    count === 1
      ? vscode.l10n.t('Undone: “{0}” waits for a decision again.', plainWords(title ?? ''))
      : vscode.l10n.t('Undone: {0} changes wait for a decision again.', count);
  void vscode.window.showInformationMessage(message);
}

/** What the memory was when the dream read it, beside what it is now. */
export async function compareWithBaseCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args);
  const file =
    target?.found.change.files.find(({ conflict }) => conflict !== undefined) ?? target?.found.change.files[0];
  if (target === undefined || file === undefined) {
    tellNoTarget(vscode.l10n.t('Open a proposed change first: Review All shows them.'));
    return;
  }
  const here = { ...target.found, file };
  const title = vscode.l10n.t('{0} (When Dreamed ↔ Now)', baseName(file.path));
  const [left, right] = [reviewUri(schemes.base, here), reviewUri(schemes.current, here)];
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}

/** Puts a conflicting draft on top of the memory as it is, and opens it for a decision part by part. */
export async function reviewAgainstCurrentCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  await settleDrafts(context);
  const target = await resolveTarget(context, args);
  if (target === undefined) {
    tellNoTarget(vscode.l10n.t('Open a proposed change first: Review All shows them.'));
    return;
  }
  const { found } = target;
  const { id: dream } = found.proposal.proposal;
  const result = await reviewAgainstCurrent(await found.folder.ports(), { dream, change: found.change.change.id });
  await context.model.refresh(found.folder);
  found.folder.touch();
  tell(context, result);
  const fresh = context.model.change({ folder: found.folder.id, dream, change: found.change.change.id });
  if (result.kind === 'done' && fresh !== undefined) await context.navigator.open(fresh);
}
