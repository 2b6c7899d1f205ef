import path from 'node:path';
import * as vscode from 'vscode';
import { parseEntries } from '../../core/bridges/entries';
import { bridgeFormats } from '../../core/bridges/formats';
import { journalExport, type CarriedOut } from '../../core/bridges/journalExport';
import { readBlock } from '../../core/bridges/markedBlock';
import { planExport, planRemoval, type Conflict, type ExportPlan } from '../../core/bridges/planExport';
import { AgentDreamsError } from '../../core/errors';
import { carryOutExport } from '../../node/bridges/carryOutExport';
import type { MemoryFolder } from '../app';
import { requireTrust } from '../commands/ensureMemory';
import { fileCount, memoryCount } from '../counts';
import type { Shell } from '../shell';
import { accessTo, nearestFolder, placesOf, type BridgeAccess } from './bridgeAccess';
import { bridgeName, conflictWords, leftOutWords, planWords, refusalWords } from './bridgeWords';
import { importItems } from './importMemories';

/** Export, or taking one back: the same way, with another plan. */
type Kind = 'export' | 'remove';

interface Offer {
  readonly folder: MemoryFolder;
  readonly access: BridgeAccess;
  readonly plan: ExportPlan;
}

/** Export Memories…: accepted memories into the files of another tool, shown before anything is written. */
export async function exportMemories(shell: Shell): Promise<void> {
  await bridge(shell, 'export');
}

/** Remove Export…: takes an export back; what people wrote is what it was before. */
export async function removeExport(shell: Shell): Promise<void> {
  await bridge(shell, 'remove');
}

/** The files in which memories of the folder are exported, as other tools name them. */
export async function exportedTo(shell: Shell, folder: MemoryFolder): Promise<readonly string[]> {
  const offers = await offersOf(shell, folder, 'remove');
  return offers.flatMap(({ plan }) => [...plan.files, ...plan.conflicts, ...plan.refusals].map((file) => file.path));
}

async function bridge(shell: Shell, kind: Kind): Promise<void> {
  requireTrust(shell);
  const folder = await shell.app.pickFolder();
  if (folder === undefined) return;
  const { t } = vscode.l10n;
  // Also a memory that was forgotten may have left an export behind.
  if (kind === 'export' && !(await folder.initialized()))
    throw new AgentDreamsError('not-initialized', 'There is no memory in this folder yet.');
  const offers = (await offersOf(shell, folder, kind)).filter(({ plan }) => kind === 'export' || !isEmpty(plan));
  if (offers.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing of {0} is exported.', folder.name));
    return;
  }
  const offer = await pickOffer(offers, kind);
  if (offer !== undefined) await carry(shell, offer, kind);
}

function isEmpty({ files, conflicts, refusals }: ExportPlan): boolean {
  return files.length + conflicts.length + refusals.length === 0;
}

async function offersOf(shell: Shell, folder: MemoryFolder, kind: Kind): Promise<readonly Offer[]> {
  const places = await placesOf(folder);
  const offers: Offer[] = [];
  for (const format of bridgeFormats) {
    const access = await accessTo(shell, folder, places, format);
    if (access !== undefined) offers.push({ folder, access, plan: await planOf(folder, access, kind, false) });
  }
  return offers;
}

async function planOf(
  folder: MemoryFolder,
  access: BridgeAccess,
  kind: Kind,
  replaceEdited: boolean,
): Promise<ExportPlan> {
  const request = { ...access, replaceEdited };
  return kind === 'export' ? planExport(await folder.ports(), request) : planRemoval(request);
}

async function pickOffer(offers: readonly Offer[], kind: Kind): Promise<Offer | undefined> {
  const { t } = vscode.l10n;
  const items = offers.map((offer) => ({
    label: bridgeName(offer.access.format.id, t),
    description: kind === 'export' ? planWords(offer.plan, t) : fileCount(offer.plan.files.length, t),
    detail: [...offer.plan.files, ...offer.plan.conflicts, ...offer.plan.refusals].map((file) => file.path).join(', '),
    offer,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: kind === 'export' ? t('Export Memories') : t('Remove Export'),
    placeHolder:
      kind === 'export'
        ? t('Where to? You see every change before it is written.')
        : t('What should be taken back? You see every change before it is made.'),
  });
  return picked?.offer;
}

async function carry(shell: Shell, offer: Offer, kind: Kind): Promise<void> {
  const { access, plan } = offer;
  const { t } = vscode.l10n;
  for (const refusal of plan.refusals) void vscode.window.showWarningMessage(refusalWords(refusal, t));
  if (plan.files.length > 0) await preview(shell, offer, kind);
  else if (isEmpty(plan)) {
    const name = bridgeName(access.format.id, t);
    const said = plan.out.length > 0 ? `\n${leftOutWords(plan.out, t)}` : '';
    void vscode.window.showInformationMessage(
      plan.told.length > 0 ? t('{0} is up to date.', name) : t('There is nothing to tell {0}.', name) + said,
    );
  }
  if (plan.conflicts.length > 0) await settle(shell, offer, kind);
}

/** Shows every file as it would be and writes only after a yes to exactly that. */
async function preview(shell: Shell, offer: Offer, kind: Kind): Promise<void> {
  const { access, plan } = offer;
  const { t } = vscode.l10n;
  const name = bridgeName(access.format.id, t);
  const title = kind === 'export' ? t('Export to {0}', name) : t('Remove Export from {0}', name);
  await shell.previews.show(title, plan.files);
  const [go, why] = [kind === 'export' ? t('Export') : t('Remove'), t('What Is Left Out')];
  const question =
    kind === 'export'
      ? t('Write {0} into {1}, as shown?', memoryCount(plan.told.length, t), fileCount(plan.files.length, t))
      : t('Take the export back from {0}, as shown?', fileCount(plan.files.length, t));
  const buttons = plan.out.length > 0 ? [go, why] : [go];
  const left = plan.out.length > 0 ? ` ${t('Left out: {0}.', memoryCount(plan.out.length, t))}` : '';
  let answer = await vscode.window.showInformationMessage(question + left, ...buttons);
  while (answer === why) {
    const detail = leftOutWords(plan.out, t);
    await vscode.window.showInformationMessage(t('Left out of {0}', name), { modal: true, detail });
    answer = await vscode.window.showInformationMessage(question, go);
  }
  if (answer !== go) return;
  await write(shell, offer, { kind, files: plan.files, told: kind === 'export' ? plan.told : [] });
  shell.app.logger.info(
    `${kind === 'export' ? 'Exported to' : 'Removed from'} ${plan.files.map((file) => file.path).join(', ')}`,
  );
  void tellDone(shell, offer, kind);
}

async function write(
  { app }: Shell,
  { folder, access }: Offer,
  done: Pick<CarriedOut, 'kind' | 'files' | 'told'>,
): Promise<void> {
  const { folder: at, within, format } = access;
  for (const { path: file } of done.files) refuseDirtyFile(path.join(at, file), file);
  const recordFile = folder.fileUri('.local/recall/exports.json').fsPath;
  // A folder that was made for an export is gone after its removal, which may be undone.
  await carryOutExport({ folder: at, within: await nearestFolder(within), recordFile }, done.files);
  // Of a memory that was forgotten there is no journal any more.
  if (!(await folder.initialized())) return;
  await journalExport(await folder.ports(), { ...done, bridge: format.id }).catch((error: unknown) => {
    app.logger.error('What was written for another tool could not be journalled', error);
  });
}

/** What is in an editor would be lost, or come back over what is written. */
function refuseDirtyFile(file: string, shown: string): void {
  const key = vscode.Uri.file(file).toString();
  if (vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === key))
    throw new AgentDreamsError('dirty-editor', `${shown} has unsaved changes`, { path: shown });
}

async function tellDone(shell: Shell, offer: Offer, kind: Kind): Promise<void> {
  const { access, plan } = offer;
  const { t } = vscode.l10n;
  const name = bridgeName(access.format.id, t);
  const [open, undo] = [t('Open'), t('Undo')];
  const first = plan.files.find(({ after }) => after !== null);
  const said =
    kind === 'export'
      ? t('{0} tells {1}.', name, memoryCount(plan.told.length, t))
      : t('The export to {0} is gone.', name);
  const picked = await vscode.window.showInformationMessage(said, ...(first === undefined ? [] : [open]), undo);
  if (picked === open && first !== undefined)
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(access.folder, first.path)));
  if (picked === undo) {
    const back = plan.files.map(({ path: file, before, after }) => ({ path: file, before: after, after: before }));
    await write(shell, offer, { kind: kind === 'export' ? 'remove' : 'export', files: back, told: [] });
  }
}

/** What somebody changed by hand is shown; it is replaced, or taken into memory, only when they say so. */
async function settle(shell: Shell, offer: Offer, kind: Kind): Promise<void> {
  const { t } = vscode.l10n;
  const { access, folder, plan } = offer;
  const edited = plan.conflicts.filter((one) => one.kind === 'edited');
  const [show, take, replace] = [t('Show Difference'), t('Import the Change'), t('Replace…')];
  const message = plan.conflicts.map((one) => conflictWords(one, t)).join(' ');
  const picked = await vscode.window.showWarningMessage(message, show, ...(edited.length > 0 ? [take, replace] : []));
  if (picked === show)
    await shell.previews.show(
      t('Changed by Hand'),
      plan.conflicts.map(({ path: file, before, wanted }) => ({ path: file, before, after: wanted })),
    );
  if (picked === take)
    await importItems(shell, folder, {
      by: bridgeName(access.format.id, t),
      items: edited.flatMap((conflict) => itemsOf(conflict, access)),
    });
  if (picked === replace) await preview(shell, { ...offer, plan: await planOf(folder, access, kind, true) }, kind);
}

/** What stands in a block or file of ours that somebody changed. */
function itemsOf({ path: file, before }: Conflict, { format, context }: BridgeAccess) {
  const read = readBlock(before, context.hasher);
  if (read.kind === 'block') return parseEntries(read.block.content, file, read.block.line + 1);
  return format.parse({ shown: file, path: file, text: before }, context);
}
