import * as vscode from 'vscode';
import type { DecisionResult } from '../../core/review/decision';
import { AgentDreamsError } from '../../core/errors';
import type { HunkId } from '../../core/review/proposal';
import type { App } from '../app';
import { reviewCommands, shellCommands } from '../ids';
import { describeDecision } from './describeDecision';
import { saveDrafts } from './dirtyTarget';
import type { Navigator } from './navigator';
import { readReviewArguments, type ReviewArguments } from './reviewArguments';
import { argumentsOf, type FoundChange, type ReviewModel } from './reviewModel';
import { schemes } from './reviewUri';
import { partNow } from './cursorHunk';
import { hunkUnder } from './whyHover';
import { plainWords } from '../plainWords';

/** What the commands of the review work with. */
export interface ReviewContext {
  readonly app: App;
  readonly model: ReviewModel;
  readonly navigator: Navigator;
}

/** What a command acts on: a change, and one part of it where that is known. */
export interface Target {
  readonly found: FoundChange;
  readonly hunk?: HunkId;
}

/** Schemes of the editors in whose menus our commands are. */
const PLACES: ReadonlySet<string> = new Set([...Object.values(schemes), 'multi-diff-editor']);

/** Throws `untrusted-workspace` in one. */
export function requireTrust({ app }: ReviewContext): void {
  if (!app.trusted()) throw new AgentDreamsError('untrusted-workspace', 'decisions need a trusted workspace');
}

/** Brings unsaved edits of the right sides into the drafts, and the model up to date with the store. */
export async function settleDrafts({ app, model }: ReviewContext): Promise<void> {
  await saveDrafts();
  for (const folder of app.folders) await model.refresh(folder);
}

/**
 * What the arguments name, else what the cursor is in, on either side of the diff. Undefined if neither says anything;
 * the caller then tells the user.
 */
export async function resolveTarget(context: ReviewContext, args: readonly unknown[]): Promise<Target | undefined> {
  const named = readReviewArguments(args[0]);
  if (named !== undefined) return namedTarget(context.model, named);
  if (namesNothing(args[0])) return undefined;
  const { activeTextEditor: editor } = vscode.window;
  const uri = args[0] instanceof vscode.Uri ? args[0] : undefined;
  const shown = uri === undefined ? undefined : await context.model.locate(uri);
  const focused = editor === undefined ? undefined : await context.model.locate(editor.document.uri);
  if (editor === undefined || focused === undefined || (shown !== undefined && !sameChange(shown, focused))) {
    const found = shown ?? onlyOne(context.navigator.shown());
    return found === undefined ? undefined : { found };
  }
  const hunk = await hunkUnder(context.model, focused, editor.document, editor.selection.active.line);
  return { found: focused, ...(hunk === undefined ? {} : { hunk: hunk.id }) };
}

/** Neither the ids of a change, nor a place that VS Code itself hands to a command in a menu: meant is not what the cursor is in. */
function namesNothing(argument: unknown): boolean {
  if (argument === undefined || argument === null) return false;
  if (argument instanceof vscode.Uri) return !PLACES.has(argument.scheme);
  if (typeof argument !== 'object' || Array.isArray(argument)) return true;
  return ['folder', 'dream', 'change', 'target'].some((key) => key in argument);
}

function namedTarget(model: ReviewModel, { change, hunk, at, ...ids }: ReviewArguments): Target | undefined {
  const found = change === undefined ? undefined : model.change({ ...ids, change });
  if (found === undefined) return undefined;
  return { found, ...(hunk === undefined ? {} : { hunk: partNow(found.change.files[0].hunks, hunk, at) }) };
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function sameChange(a: FoundChange, b: FoundChange): boolean {
  const [left, right] = [argumentsOf(a), argumentsOf(b)];
  return left.folder === right.folder && left.dream === right.dream && left.change === right.change;
}

/** Tells what a decision came to where the diff does not show it, without holding the command. */
export function tell(context: ReviewContext, result: DecisionResult, about?: FoundChange): void {
  const told = describeDecision(result, vscode.l10n.t);
  if (told === undefined) return;
  const words = { ...told, message: plainWords(told.message) };
  void context.app.runCommand(vscode.l10n.t('Review'), async () => {
    if (words.severity === 'information') {
      await vscode.window.showInformationMessage(words.message);
      return;
    }
    const compare = vscode.l10n.t('Show What Changed');
    const allow = vscode.l10n.t('It Is No Secret…');
    const fingerprint = result.kind === 'refused' && result.reason === 'credential' ? result.fingerprint : undefined;
    const buttons = [
      ...(result.kind === 'conflict' && about !== undefined ? [compare] : []),
      ...(fingerprint === undefined ? [] : [allow]),
    ];
    const picked = await vscode.window.showWarningMessage(words.message, ...buttons);
    if (picked === allow) await vscode.commands.executeCommand(shellCommands.allowSecret, fingerprint);
    if (picked === compare && about !== undefined) {
      await vscode.commands.executeCommand(reviewCommands.compareWithBase, argumentsOf(about));
    }
  });
}

/** Says, without holding the command, that there is nothing to act on here. */
export function tellNoTarget(message: string): void {
  void vscode.window.showInformationMessage(message);
}
