import * as vscode from 'vscode';
import type { Importable } from '../../core/bridges/bridge';
import { bridgeFormats } from '../../core/bridges/formats';
import { siftImport, type Sifted } from '../../core/bridges/siftImport';
import { proposeDirectly } from '../../core/dream/direct';
import { readEffectiveStore } from '../../core/memory/effective';
import { readSource, type FoundSource } from '../../node/bridges/sourceFiles';
import type { MemoryFolder } from '../app';
import { ensureMemory } from '../commands/ensureMemory';
import { reviewCommands } from '../ids';
import { plainLabel } from '../plainWords';
import type { Shell } from '../shell';
import { placesOf } from './bridgeAccess';
import { bridgeName, importWords } from './bridgeWords';

type New = Extract<Sifted, { kind: 'new' }>;

interface Source extends FoundSource {
  readonly fresh: readonly New[];
}

/**
 * Import Memories…: what the files of other tools tell and memory does not, chosen by the user, as a proposal for review.
 * Nothing of it is memory before it is accepted.
 */
export async function importMemories(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (folder === undefined || !(await ensureMemory(shell, folder))) return;
  const { t } = vscode.l10n;
  const title = t('Looking for memories of other tools');
  const sources = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    findSources(shell, folder),
  );
  if (sources.length === 0) {
    void vscode.window.showInformationMessage(
      t(
        '{0} has no memory or rules of Claude Code, Copilot, Cursor, Windsurf or Codex, and no AGENTS.md.',
        folder.name,
      ),
    );
    return;
  }
  const source = await pickSource(sources);
  if (source === undefined) return;
  if (source.fresh.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} tells nothing that is not remembered already.', bridgeName(source.format.id, t)),
    );
    return;
  }
  const chosen = await pickItems(source);
  if (chosen.length > 0) await propose(folder, bridgeName(source.format.id, t), chosen);
}

async function findSources(shell: Shell, folder: MemoryFolder): Promise<readonly Source[]> {
  const ports = await folder.ports();
  const places = await placesOf(folder);
  const found: Source[] = [];
  for (const format of bridgeFormats) {
    const source = await readSource(places, format, ports.probe);
    if (source === undefined) continue;
    for (const file of source.unread) shell.app.logger.warn(`${file} was not read: no text, too large, or a way out`);
    found.push({ ...source, fresh: await freshOf(folder, source.items, shell.clock.now()) });
  }
  return found;
}

async function freshOf(folder: MemoryFolder, items: readonly Importable[], now: number): Promise<readonly New[]> {
  const ports = await folder.ports();
  const { memories, schema } = await readEffectiveStore(ports);
  const sifted = siftImport({ items, memories, schema, hasher: ports.hasher, now: new Date(now).toISOString() });
  return sifted.filter((one) => one.kind === 'new');
}

async function pickSource(sources: readonly Source[]): Promise<Source | undefined> {
  const { t } = vscode.l10n;
  const items = sources.map((source) => ({
    label: bridgeName(source.format.id, t),
    description: t('{0} of {1} are new', source.fresh.length, source.items.length),
    detail: plainLabel([...source.files, ...source.unread.map((file) => t('{0} (not read)', file))].join(', ')),
    source,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Import Memories'),
    placeHolder: t('Where from? What is new becomes a proposal for your review.'),
  });
  return picked?.source;
}

async function pickItems({ fresh }: Source): Promise<readonly New[]> {
  const { t } = vscode.l10n;
  const items = fresh.map((one) => ({
    label: plainLabel(one.item.description),
    description: plainLabel(`${one.item.file}:${one.item.line}`),
    ...(one.against === undefined ? {} : { detail: t('$(warning) {0} says otherwise', plainLabel(one.against)) }),
    picked: one.against === undefined,
    one,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: t('Import Memories'),
    placeHolder: t('Which of these should be proposed?'),
  });
  return (picked ?? []).map(({ one }) => one);
}

async function propose(folder: MemoryFolder, by: string, chosen: readonly New[]): Promise<void> {
  const { t } = vscode.l10n;
  const { proposal, outcomes } = await proposeDirectly(await folder.ports(), {
    origin: { kind: 'import', by },
    changes: chosen.map(({ change }) => change),
  });
  folder.touch();
  const review = t('Review');
  const picked = await vscode.window.showInformationMessage(
    importWords(outcomes, t),
    ...(proposal === undefined ? [] : [review]),
  );
  if (picked === review && proposal !== undefined)
    await vscode.commands.executeCommand(reviewCommands.reviewAll, { folder: folder.id, dream: proposal.id });
}

/** Proposes what somebody wrote into a file that we exported: their words are worth a look before they are replaced. */
export async function importItems(
  shell: Shell,
  folder: MemoryFolder,
  { by, items }: { readonly by: string; readonly items: readonly Importable[] },
): Promise<void> {
  const fresh = await freshOf(folder, items, shell.clock.now());
  await propose(folder, by, fresh);
}
