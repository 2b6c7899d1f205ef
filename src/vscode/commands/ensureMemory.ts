import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { initializeStore } from '../../core/memory/store';
import type { MemoryFolder } from '../app';
import { discoverFor } from '../capture/discoverFor';
import type { Shell } from '../shell';

/** Throws `untrusted-workspace` where nothing may be written. */
export function requireTrust({ app }: Shell): void {
  if (!app.trusted()) throw new AgentDreamsError('untrusted-workspace', 'the workspace is not trusted');
}

async function askShare(folder: MemoryFolder): Promise<'git' | 'private' | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Keep Private'),
      detail: vscode.l10n.t('Git ignores the memory. It stays on this machine until you decide otherwise.'),
      iconPath: new vscode.ThemeIcon('lock'),
      share: 'private' as const,
    },
    {
      label: vscode.l10n.t('Share through Git'),
      detail: vscode.l10n.t('The memory is committed with the project; sessions and dreams are not.'),
      iconPath: new vscode.ThemeIcon('git-branch'),
      share: 'git' as const,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Memory of {0}', folder.name),
    placeHolder: vscode.l10n.t('Who is this memory for? It lives in .agent-memory in the folder.'),
    ignoreFocusOut: true,
  });
  return picked?.share;
}

/** Asks how the memory is kept and makes it. False when dismissed: then nothing was written. */
export async function createStore(shell: Shell, folder: MemoryFolder): Promise<boolean> {
  requireTrust(shell);
  const share = await askShare(folder);
  if (share === undefined) return false;
  await initializeStore(await folder.ports(), { share });
  folder.touch();
  return true;
}

/** True once the folder has a memory; asks for consent where it has none. Nothing is written before the answer. */
export async function ensureMemory(shell: Shell, folder: MemoryFolder): Promise<boolean> {
  requireTrust(shell);
  return (await folder.initialized()) || (await createStore(shell, folder));
}

/**
 * The same for commands that need sessions: where there is neither a memory nor a log, nobody is asked anything and
 * `no-logs` is thrown.
 */
export async function ensureMemoryForSessions(shell: Shell, folder: MemoryFolder): Promise<boolean> {
  requireTrust(shell);
  if (await folder.initialized()) return true;
  const { logs } = await discoverFor(folder, shell.app.settings);
  if (logs.length === 0) throw new AgentDreamsError('no-logs', `no logs of ${folder.uri.fsPath}`);
  return await createStore(shell, folder);
}
