import * as vscode from 'vscode';
import type { App } from '../app';
import { registerHiddenActions, removeHiddenCommand } from '../hidden/hiddenActions';
import { HiddenMarks } from '../hidden/hiddenMarks';
import { reviewCommands, views } from '../ids';
import { acceptSkillCommand, exportSkillCommand, registerSkills, rejectSkillCommand } from '../skills/skillReview';
import {
  acceptAllCommand,
  acceptChangeCommand,
  acceptHunkCommand,
  rejectAllCommand,
  rejectChangeCommand,
  rejectHunkCommand,
} from './decideCommands';
import { EvidenceReferences } from './evidenceReferences';
import { Navigator } from './navigator';
import {
  compareWithBaseCommand,
  nextChangeCommand,
  openChangeCommand,
  reviewAgainstCurrentCommand,
  reviewAllCommand,
  showInSessionCommand,
  showWhyCommand,
  undoLastDecisionCommand,
} from './openCommands';
import type { ProposalRow } from './proposalsModel';
import { ProposalsTree } from './proposalsTree';
import type { ReviewContext } from './reviewContext';
import { ReviewFiles } from './reviewFiles';
import { guardReviewLanguage } from './reviewLanguageGuard';
import { ReviewLenses } from './reviewLenses';
import { ReviewModel } from './reviewModel';
import { schemes } from './reviewUri';
import { SessionTitles } from './sessionTitles';
import { WhyHover } from './whyHover';

interface Command {
  /** As messages name it. */
  readonly name: string;
  readonly run: (context: ReviewContext, args: readonly unknown[]) => Promise<void>;
}

function table(t: typeof vscode.l10n.t): Readonly<Record<keyof typeof reviewCommands, Command>> {
  return {
    acceptAll: { name: t('Accept All'), run: acceptAllCommand },
    acceptChange: { name: t('Accept Change'), run: acceptChangeCommand },
    acceptHunk: { name: t('Accept'), run: acceptHunkCommand },
    acceptSkill: { name: t('Accept Skill'), run: acceptSkillCommand },
    compareWithBase: { name: t('Compare with What the Dream Read'), run: compareWithBaseCommand },
    exportSkill: { name: t('Export as Skill'), run: exportSkillCommand },
    nextChange: { name: t('Next Change'), run: nextChangeCommand },
    openChange: { name: t('Open Change'), run: openChangeCommand },
    rejectAll: { name: t('Reject All'), run: rejectAllCommand },
    rejectChange: { name: t('Reject Change'), run: rejectChangeCommand },
    rejectHunk: { name: t('Reject'), run: rejectHunkCommand },
    rejectSkill: { name: t('Reject Skill'), run: rejectSkillCommand },
    removeHidden: { name: t('Remove Hidden Characters'), run: (_context, [argument]) => removeHiddenCommand(argument) },
    reviewAgainstCurrent: { name: t('Review Against Current Memory'), run: reviewAgainstCurrentCommand },
    reviewAll: { name: t('Review All'), run: reviewAllCommand },
    showInSession: { name: t('Show in Session'), run: showInSessionCommand },
    showWhy: { name: t('Why'), run: showWhyCommand },
    undoLastDecision: { name: t('Undo Last Decision'), run: undoLastDecisionCommand },
  };
}

interface Registration {
  dispose(): unknown;
}

function registerCommands(context: ReviewContext): readonly Registration[] {
  const commands = table(vscode.l10n.t);
  return Object.entries(reviewCommands).map(([key, id]) => {
    const { name, run } = commands[key as keyof typeof reviewCommands];
    return vscode.commands.registerCommand(id, (...args: readonly unknown[]) =>
      context.app.runCommand(name, () => run(context, args)),
    );
  });
}

function serveFiles(app: App, model: ReviewModel): readonly Registration[] {
  return (['current', 'proposed', 'base'] as const).map((side) => {
    const files = new ReviewFiles(schemes[side], model, app);
    app.serveFiles(side, files);
    return files;
  });
}

function createView(model: ReviewModel, navigator: Navigator): readonly Registration[] {
  const tree = new ProposalsTree(model);
  const view = vscode.window.createTreeView(views.proposals, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const show = (): void => {
    const { pending } = model;
    const tooltip =
      pending === 1 ? vscode.l10n.t('1 change to review') : vscode.l10n.t('{0} changes to review', pending);
    view.badge = pending === 0 ? undefined : { value: pending, tooltip };
  };
  show();
  const follow = vscode.window.tabGroups.onDidChangeTabs(() => selectShown(tree, view, navigator));
  return [tree, view, model.onDidChange(show), follow];
}

/** The selected row is the change on the screen, also after a decision opened the next one. */
function selectShown(tree: ProposalsTree, view: vscode.TreeView<ProposalRow>, navigator: Navigator): void {
  const [shown, ...others] = navigator.shown();
  if (!view.visible || view.selection.length > 1 || shown === undefined || others.length > 0) return;
  const { folder, proposal, change } = shown;
  const row = tree.row(`${folder.id}/${proposal.proposal.id}/${change.change.id}`);
  if (row === undefined || view.selection[0]?.id === row.id) return;
  // A tree that is drawn anew at this moment may refuse; the next change of tab comes here again.
  view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
}

/** Registers the review: virtual files, lenses, Why, evidence, the Proposals view and all its commands. */
export function registerReview(app: App): vscode.Disposable {
  const model = new ReviewModel(app);
  const navigator = new Navigator(model);
  const titles = new SessionTitles();
  const lenses = new ReviewLenses(app, model);
  const right = { scheme: schemes.proposed };
  const both = [right, { scheme: schemes.current }];
  return vscode.Disposable.from(
    model,
    navigator,
    titles,
    lenses,
    ...serveFiles(app, model),
    vscode.languages.registerCodeLensProvider(right, lenses),
    vscode.languages.registerHoverProvider(both, new WhyHover(model, titles)),
    vscode.languages.registerReferenceProvider(both, new EvidenceReferences(model)),
    guardReviewLanguage(app.logger),
    new HiddenMarks(),
    registerHiddenActions(),
    registerSkills(app),
    ...createView(model, navigator),
    ...registerCommands({ app, model, navigator }),
  );
}
