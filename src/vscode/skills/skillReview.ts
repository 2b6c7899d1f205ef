import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { isOpen } from '../../core/review/openProposals';
import { acceptSkill, offerSkill, rejectSkill, type SkillOffer } from '../../core/skills/skillExport';
import type { App, MemoryFolder } from '../app';
import { STORE_FOLDER } from '../folders/memoryFolder';
import { fileSchemes, reviewCommands } from '../ids';
import { plainWords } from '../plainWords';
import { ReadOnlyFiles } from '../readOnlyFiles';
import { acceptChangeCommand } from '../review/decideCommands';
import { requireTrust, resolveTarget, type ReviewContext } from '../review/reviewContext';
import { argumentsOf } from '../review/reviewModel';
import { closeTab } from '../review/reviewTabs';
import { targetsOf } from '../views/nodeTargets';
import { noSkillWords, skillLenses, skillQuestion, skillResultWords } from './skillWords';
import { parseSkillUri, readSkillArguments, skillUriParts, type SkillArguments, type SkillSide } from './skillUri';

/** A memory that is to become a skill. */
interface Source {
  readonly folder: MemoryFolder;
  readonly path: string;
}

/** A skill that is shown, and what it is now. */
interface Shown {
  readonly folder: MemoryFolder;
  readonly target: SkillArguments;
  readonly offer: SkillOffer;
}

/** Export as Skill: shows the skill of an accepted memory beside the one that stands there. Writes nothing. */
export async function exportSkillCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  const source = await sourceOf(context, args);
  if (source === undefined) return;
  const offer = await offerSkill(await source.folder.ports(), source.path);
  const { t } = vscode.l10n;
  if (typeof offer === 'string') {
    tell(noSkillWords(offer, source.path, t));
    return;
  }
  if (offer.standing === 'same') {
    tell(t('{0} says so already.', offer.path));
    return;
  }
  const { path, currentSha256: current, proposedSha256: proposed } = offer;
  const uri = (side: SkillSide): vscode.Uri =>
    vscode.Uri.from({
      scheme: fileSchemes.skill,
      ...skillUriParts({ folder: source.folder.id, side, path, source: source.path, current, proposed }),
    });
  const title = t('{0} (Skill ↔ Proposed)', path.split('/').at(-2) ?? '');
  await vscode.commands.executeCommand('vscode.diff', uri('current'), uri('proposed'), title, { preview: false });
}

/** The row, the change under a lens or the cursor, or the memory in the editor. */
async function sourceOf(context: ReviewContext, args: readonly unknown[]): Promise<Source | undefined> {
  const { app } = context;
  const row = targetsOf(args).find((one) => one.kind === 'memory');
  const rowFolder = row && app.folder(row.folder);
  if (row !== undefined && rowFolder !== undefined) return { folder: rowFolder, path: row.path };
  const target = await resolveTarget(context, args);
  if (target !== undefined) return acceptedSource(context, target.found);
  const uri = vscode.window.activeTextEditor?.document.uri;
  for (const folder of app.folders) {
    const root = `${vscode.Uri.joinPath(folder.uri, STORE_FOLDER).path}/`;
    if (uri?.scheme === 'file' && uri.path.startsWith(root)) return { folder, path: uri.path.slice(root.length) };
  }
  tell(vscode.l10n.t('Open a memory in the editor, or choose one in the Memory view.'));
  return undefined;
}

/** A skill is made from what was accepted: what waits is accepted first, with all that is asked about it. */
async function acceptedSource(
  context: ReviewContext,
  found: Parameters<typeof argumentsOf>[0],
): Promise<Source | undefined> {
  const source = { folder: found.folder, path: found.change.files[0].path };
  if (!isOpen(found.change.status)) return source;
  const { t } = vscode.l10n;
  const accept = t('Accept and Show Skill');
  const message = t(
    'A skill is made from an accepted memory. Accept “{0}” first?',
    plainWords(found.change.change.title),
  );
  if ((await vscode.window.showInformationMessage(message, { modal: true }, accept)) !== accept) return undefined;
  const ids = argumentsOf(found);
  await acceptChangeCommand(context, [ids]);
  const now = context.model.change(ids);
  return now !== undefined && isOpen(now.change.status) ? undefined : source;
}

/** Accept Skill: writes the skill as it is shown, after asking where it is risky. */
export async function acceptSkillCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  const shown = await shownSkill(context.app, args);
  if (shown === undefined) {
    tell(vscode.l10n.t('Show a skill first: Export as Skill does.'));
    return;
  }
  const { folder, target, offer } = shown;
  const file = vscode.Uri.joinPath(folder.uri, ...offer.path.split('/'));
  refuseDirtySkill(file, offer.path);
  const isSame = offer.currentSha256 === target.current && offer.proposedSha256 === target.proposed;
  if (isSame && offer.confirmation !== undefined && !(await confirmed(offer))) return;
  const result = await acceptSkill(await folder.ports(), target, offer.confirmation);
  folder.touch();
  const words = skillResultWords(result, vscode.l10n.t);
  if (words !== undefined) {
    tell(words);
    return;
  }
  await closeSkill(target);
  void tellWritten(file, offer.path);
}

async function confirmed(offer: SkillOffer): Promise<boolean> {
  const { message, detail } = skillQuestion(offer, vscode.l10n.t);
  const write = vscode.l10n.t('Write Anyway');
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, write)) === write;
}

/** What is in an editor would be lost, or come back over what is written. */
function refuseDirtySkill(file: vscode.Uri, path: string): void {
  const key = file.toString();
  if (vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === key))
    throw new AgentDreamsError('dirty-editor', `${path} has unsaved changes`, { path });
}

async function tellWritten(file: vscode.Uri, path: string): Promise<void> {
  const { t } = vscode.l10n;
  const [open, undo] = [t('Open'), t('Undo')];
  const picked = await vscode.window.showInformationMessage(t('{0} is written.', path), open, undo);
  if (picked === open) await vscode.window.showTextDocument(file);
  if (picked === undo) await vscode.commands.executeCommand(reviewCommands.undoLastDecision);
}

/** Reject Skill: closes it; the journal says so. */
export async function rejectSkillCommand(context: ReviewContext, args: readonly unknown[]): Promise<void> {
  requireTrust(context);
  const target = readSkillArguments(args[0]) ?? activeSkill();
  const folder = target && context.app.folder(target.folder);
  if (target === undefined || folder === undefined) return;
  await rejectSkill(await folder.ports(), target);
  await closeSkill(target);
}

/** What the arguments name, else the skill on the screen. */
async function shownSkill(app: App, args: readonly unknown[]): Promise<Shown | undefined> {
  const target = readSkillArguments(args[0]) ?? activeSkill();
  const folder = target && app.folder(target.folder);
  const offer = target && folder && (await offerSkill(await folder.ports(), target.source));
  if (target === undefined || folder === undefined || offer === undefined || typeof offer === 'string')
    return undefined;
  return { folder, target, offer };
}

function skillOf(tab: vscode.Tab | undefined): SkillArguments | undefined {
  const uri = tab?.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
  return uri?.scheme === fileSchemes.skill ? readSkillArguments(parseSkillUri(uri)) : undefined;
}

function activeSkill(): SkillArguments | undefined {
  return skillOf(vscode.window.tabGroups.activeTabGroup.activeTab);
}

async function closeSkill({ folder, source }: SkillArguments): Promise<void> {
  for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    const shown = skillOf(tab);
    if (shown?.folder === folder && shown.source === source) await closeTab(tab);
  }
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

/** Serves both sides of a skill, each as the text that its URI has the hash of, and the lenses of the right one. */
export function registerSkills(app: App): vscode.Disposable {
  const offerAt = async (uri: vscode.Uri): Promise<Shown | undefined> => shownSkill(app, [parseSkillUri(uri)]);
  const files = new ReadOnlyFiles(async (uri) => {
    const shown = await offerAt(uri);
    if (shown === undefined) return undefined;
    const { target, offer } = shown;
    if (parseSkillUri(uri)?.side === 'current')
      return offer.currentSha256 === target.current ? offer.current : undefined;
    return offer.proposedSha256 === target.proposed ? offer.proposed : undefined;
  });
  app.serveFiles('skill', files);
  const lenses = vscode.languages.registerCodeLensProvider(
    { scheme: fileSchemes.skill },
    {
      provideCodeLenses: async ({ uri }) => {
        const shown = parseSkillUri(uri)?.side === 'proposed' ? await offerAt(uri) : undefined;
        if (shown === undefined || !app.trusted() || !app.settings.current(shown.folder.uri).review.codeLens) return [];
        return skillLenses(shown.offer, shown.target, vscode.l10n.t).map(
          (lens) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { ...lens, arguments: [...lens.arguments] }),
        );
      },
    },
  );
  return vscode.Disposable.from(files, lenses);
}
