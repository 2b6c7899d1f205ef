import * as vscode from 'vscode';
import { readEffectiveStore } from '../../core/memory/effective';
import type { Memory } from '../../core/memory/memory';
import { requireTrust } from '../commands/ensureMemory';
import { memoryCount } from '../counts';
import { plainLabel } from '../plainWords';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';

/**
 * Copy Memory to Attached Store: the rows, or memories that the user picks, into a store that they may write to. What was
 * accepted here needs no second look there. Throws `conflict` where the store has a memory of that name.
 */
export async function copyToStore(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const { t } = vscode.l10n;
  const states = await shell.attached.states();
  const items = states.flatMap(({ key, setting }) =>
    key === undefined || setting.access === 'read_only'
      ? []
      : [{ label: plainLabel(setting.name), description: setting.path, key, name: setting.name }],
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      t(
        'No attached store may be written to. Attach one with the access read_write in the setting agentDreams.stores.',
      ),
    );
    return;
  }
  const memories = await chosen(shell, args);
  if (memories.length === 0) return;
  const into = await vscode.window.showQuickPick(items, {
    placeHolder: t('Into which store?'),
    matchOnDescription: true,
  });
  if (into === undefined) return;
  for (const memory of memories) await shell.attached.copyInto(into.key, memory);
  void vscode.window.showInformationMessage(t('{0} copied to {1}.', memoryCount(memories.length, t), into.name));
}

async function chosen(shell: Shell, args: readonly unknown[]): Promise<readonly Memory[]> {
  const rows = targetsOf(args).flatMap((target) => (target.kind === 'memory' ? [target] : []));
  if (rows.length === 0) return pick(shell);
  const memories: Memory[] = [];
  for (const { folder: id, path } of rows) {
    const folder = shell.app.folder(id);
    const store = folder && (await readEffectiveStore(await folder.ports()));
    memories.push(...(store?.memories ?? []).filter((memory) => memory.path === path));
  }
  if (memories.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Only a memory that you accepted can be copied.'));
  }
  return memories;
}

async function pick(shell: Shell): Promise<readonly Memory[]> {
  const folder = await shell.app.pickFolder();
  if (!folder) return [];
  const { memories } = await readEffectiveStore(await folder.ports());
  const items = memories
    .filter(({ scope }) => scope.kind !== 'archive')
    .map((memory) => ({ label: plainLabel(memory.slug), description: memory.description, memory }));
  const placeHolder = vscode.l10n.t('Which memories are copied?');
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder, matchOnDescription: true });
  return (picked ?? []).map(({ memory }) => memory);
}
