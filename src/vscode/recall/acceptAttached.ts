import * as vscode from 'vscode';
import { isAgentDreamsError } from '../../core/errors';
import { requireTrust } from '../commands/ensureMemory';
import { plainLabel } from '../plainWords';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';

interface Waiting {
  readonly store: string;
  readonly path: string;
  readonly sha256: string;
}

/**
 * Accept Attached Memory: the rows, or the files that the user picks of everything that waits. Each with the content that
 * was shown; what changed since waits on.
 */
export async function acceptAttachedMemory(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const targets = targetsOf(args);
  const rows = targets.flatMap((target): readonly Waiting[] => (target.kind === 'attached' ? [target] : []));
  const stores = targets.flatMap((target) => (target.kind === 'attachedStore' ? [target.store] : []));
  const files = rows.length > 0 ? rows : await pickWaiting(shell, stores);
  const left: string[] = [];
  for (const { store, path, sha256 } of files) {
    try {
      await shell.attached.accept(store, { path, sha256 });
    } catch (error) {
      // One that cannot be accepted must not keep the others out.
      if (files.length === 1 || !isAgentDreamsError(error)) throw error;
      left.push(`${path}: ${error.message}`);
    }
  }
  if (left.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} files were not accepted. {1}', left.length, left.slice(0, 3).join(' ')),
    );
  }
}

async function pickWaiting(shell: Shell, stores: readonly string[]): Promise<readonly Waiting[]> {
  const { t } = vscode.l10n;
  const states = await shell.attached.states();
  const items = states.flatMap(({ key, setting, waiting }) =>
    key === undefined || (stores.length > 0 && !stores.includes(key))
      ? []
      : waiting.map(({ path, sha256, kind }) => ({
          label: plainLabel(path),
          description: [
            setting.name,
            kind === 'added' ? t('not accepted yet') : t('changed since you accepted it'),
          ].join(' · '),
          waiting: { store: key, path, sha256 },
        })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('No file of an attached store waits to be accepted.'));
    return [];
  }
  const placeHolder = t('Which files may agents be told of? Open them in the Memory view to read them first.');
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder, matchOnDescription: true });
  return (picked ?? []).map(({ waiting }) => waiting);
}
