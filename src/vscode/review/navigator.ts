import * as vscode from 'vscode';
import type { DreamId } from '../../core/review/proposal';
import type { Translate } from '../translate';
import { formatTime } from '../formatTime';
import { contextKeys } from '../ids';
import { nextHunkLine, type Side } from './cursorHunk';
import { baseName, kindName } from './lensesFor';
import { openChanges, reviewUri, type FoundChange, type ReviewModel } from './reviewModel';
import { activeTab, closeTab, isMultiDiff, proposedIn } from './reviewTabs';
import { schemes } from './reviewUri';

type Row = [label: vscode.Uri, left: vscode.Uri | undefined, right: vscode.Uri];

/** A multi-diff that was opened here: its title tells its tab where VS Code does not show the diffs of a tab. */
interface OpenedReview {
  readonly title: string;
  readonly changes: readonly FoundChange[];
}

/** Opens the diffs of the review and moves through them. */
export class Navigator implements vscode.Disposable {
  readonly #model: ReviewModel;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #reviews = new Map<string, OpenedReview>();

  constructor(model: ReviewModel) {
    this.#model = model;
    const track = (): void => this.#track();
    this.#subscriptions = [
      vscode.window.tabGroups.onDidChangeTabs(track),
      vscode.window.tabGroups.onDidChangeTabGroups(track),
    ];
    track();
  }

  /** A change of one file as a diff, of several files as a multi-diff. A tab in preview is replaced. */
  async open(found: FoundChange): Promise<void> {
    const [file, ...others] = found.change.files;
    if (others.length > 0) {
      await this.#openRows({ title: changeTitle(found, vscode.l10n.t), changes: [found] });
      return;
    }
    const here = { ...found, file };
    const left = reviewUri(schemes.current, here);
    const title = vscode.l10n.t('{0} (Memory ↔ Proposed)', baseName(file.path));
    await vscode.commands.executeCommand('vscode.diff', left, reviewUri(schemes.proposed, here), title, {
      preview: true,
    });
  }

  /** A change where the user is: in the multi-diff of its dream if several changes are reviewed together, else alone. */
  async show(found: FoundChange): Promise<void> {
    if (this.shown().length > 1 && (await this.reviewAll(idsOf(found)))) return;
    await this.open(found);
  }

  /** All open changes of a dream in one multi-diff. False if there are none. */
  async reviewAll(ids: { readonly folder: string; readonly dream: DreamId }): Promise<boolean> {
    const changes = openChanges(this.#model, ids).filter(
      ({ folder, proposal }) => folder.id === ids.folder && proposal.proposal.id === ids.dream,
    );
    const [first] = changes;
    if (first === undefined) return false;
    const time = formatTime(first.proposal.proposal.createdAt);
    const title =
      changes.length === 1
        ? vscode.l10n.t('Dream of {0}: 1 change', time)
        : vscode.l10n.t('Dream of {0}: {1} changes', time, changes.length);
    await this.#openRows({ title, changes });
    return true;
  }

  /** True while the active tab shows several diffs. */
  get inMultiDiff(): boolean {
    return isMultiDiff(activeTab());
  }

  /** The changes that a tab shows, as they are now; empty if it is none of ours. */
  shown(tab: vscode.Tab | undefined = activeTab()): readonly FoundChange[] {
    // What was opened here is known in full; VS Code leaves new files out of what it tells about a multi-diff.
    const opened = this.#reviewOf(tab)?.changes.map((change) => this.#fresh(change));
    const told = proposedIn(tab).map((uri) => this.#model.find(uri));
    return distinct((opened ?? told).filter((one) => one !== undefined));
  }

  /** After a decision in the active tab: on to what is left, in place. Stays where there is still something to decide. */
  async advance(decided: readonly FoundChange[]): Promise<void> {
    const tab = activeTab();
    const shown = this.shown(tab);
    const touched = shown.filter((one) => decided.some((other) => same(one, other)));
    const [about] = touched;
    if (tab === undefined || about === undefined) return;
    const open = openChanges(this.#model, idsOf(about));
    if (touched.some((one) => open.some((other) => same(one, other)))) return;
    const left = shown.filter((one) => open.some((other) => same(one, other)));
    const [first] = left;
    const next = open[0];
    if (first !== undefined && isMultiDiff(tab)) await this.reviewAll(idsOf(first));
    else if (next !== undefined) await this.open(next);
    else if (!isMultiDiff(tab)) return;
    // A multi-diff keeps the colours of what was new when it was opened: with nothing left it closes, too.
    const isDone = first === undefined && next === undefined;
    if (isDone || activeTab() !== tab) await closeTab(tab);
  }

  /** The next hunk below the cursor, else the next change. False where nothing is left to review. */
  async next(): Promise<boolean> {
    const editor = vscode.window.activeTextEditor;
    const found = editor === undefined ? undefined : await this.#model.locate(editor.document.uri);
    if (editor !== undefined && found !== undefined) {
      const side = sideOf(editor.document.uri);
      const right = side === 'new' ? editor.document.getText() : found.file.draft;
      const hunks = await this.#model.hunks(found, right);
      const line = nextHunkLine(hunks, side, editor.selection.active.line);
      if (line !== undefined) {
        goTo(editor, line);
        return true;
      }
      if (isMultiDiff(activeTab())) {
        await vscode.commands.executeCommand('multiDiffEditor.goToNextChange');
        return true;
      }
    }
    return await this.#openAfter(found ?? this.shown()[0]);
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }

  async #openAfter(from: FoundChange | undefined): Promise<boolean> {
    const open = openChanges(this.#model, from && idsOf(from));
    const position = from === undefined ? -1 : open.findIndex((one) => same(one, from));
    const next = open[(position + 1) % Math.max(1, open.length)];
    if (next === undefined) return false;
    await this.open(next);
    return true;
  }

  async #openRows(review: OpenedReview): Promise<void> {
    this.#reviews.set(review.title, review);
    const rows = review.changes.flatMap((found) => rowsOf(found));
    await vscode.commands.executeCommand('vscode.changes', review.title, rows);
  }

  #fresh({ folder, proposal, change }: FoundChange): FoundChange | undefined {
    return this.#model.change({ folder: folder.id, dream: proposal.proposal.id, change: change.change.id });
  }

  /** By its title: VS Code adds the number of files behind it. */
  #reviewOf(tab: vscode.Tab | undefined): OpenedReview | undefined {
    if (tab === undefined || !isMultiDiff(tab)) return undefined;
    return [...this.#reviews.values()].find(({ title }) => tab.label.startsWith(title));
  }

  #track(): void {
    const tab = activeTab();
    const ours = isMultiDiff(tab) && (proposedIn(tab).length > 0 || this.#reviewOf(tab) !== undefined);
    void vscode.commands.executeCommand('setContext', contextKeys.reviewOpen, ours);
  }
}

/** Which side of a diff a review document is on. */
export function sideOf(uri: vscode.Uri): Side {
  return uri.scheme === schemes.proposed ? 'new' : 'old';
}

/** "Merge: b.md and c.md into a.md", or kind and title of the change. */
function changeTitle({ change }: FoundChange, t: Translate): string {
  const [deciding, ...others] = change.files;
  const kind = kindName(change.change.kind, t);
  if (change.change.kind !== 'merge') return `${kind}: ${change.change.title}`;
  const names = others.map(({ from, path }) => baseName(from ?? path)).join(', ');
  return t('{0}: {1} into {2}', kind, names, baseName(deciding.path));
}

/** New memories have no left side here, so that they are shown as added. */
function rowsOf(found: FoundChange): readonly Row[] {
  return found.change.files.map((file): Row => {
    const here = { ...found, file };
    const right = reviewUri(schemes.proposed, here);
    const isNew = file.from === undefined && file.disk.text === null;
    return [right, isNew ? undefined : reviewUri(schemes.current, here), right];
  });
}

function goTo(editor: vscode.TextEditor, line: number): void {
  const position = new vscode.Position(line, 0);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function same(a: FoundChange, b: FoundChange): boolean {
  return (
    a.folder.id === b.folder.id &&
    a.proposal.proposal.id === b.proposal.proposal.id &&
    a.change.change.id === b.change.change.id
  );
}

function distinct(found: readonly FoundChange[]): readonly FoundChange[] {
  return found.filter((one, index) => found.findIndex((other) => same(one, other)) === index);
}

function idsOf(found: FoundChange): { readonly folder: string; readonly dream: DreamId } {
  return { folder: found.folder.id, dream: found.proposal.proposal.id };
}
