import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { plainLabel } from '../plainWords';

/** Sessions of one folder. */
export interface SessionChoice {
  readonly folder: MemoryFolder;
  readonly sessions: readonly string[];
}

async function fromView(shell: Shell, args: readonly unknown[]): Promise<SessionChoice | undefined> {
  const targets = targetsOf(args).filter((target) => target.kind === 'session');
  const folder = targets[0] && shell.app.folder(targets[0].folder);
  if (!folder) return undefined;
  const sessions = targets.filter((target) => target.folder === folder.id).map(({ session }) => session);
  const known = new Set((await listSessions(await folder.ports())).map(({ id }) => id));
  const unknown = sessions.find((session) => !known.has(session));
  if (unknown !== undefined) throw new AgentDreamsError('not-found', 'no such session', { path: unknown });
  return { folder, sessions };
}

/**
 * The sessions a command acts on: rows of the view (of the first one's folder), else what the user picks. Undefined
 * when dismissed or when there is nothing to pick, which is said. Throws `not-found` for a session that is not there.
 */
export async function pickSessions(
  shell: Shell,
  args: readonly unknown[],
  placeHolder: string,
  options: { readonly one: boolean } = { one: false },
): Promise<SessionChoice | undefined> {
  const chosen = await fromView(shell, args);
  if (chosen) return chosen;
  const folder = await shell.app.pickFolder();
  if (!folder) return undefined;
  const headers = (await folder.initialized()) ? await listSessions(await folder.ports()) : [];
  if (headers.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No session of {0} is captured yet.', folder.name));
    return undefined;
  }
  const items = headers.map((header) => ({
    label: header.title === '' ? vscode.l10n.t('Untitled session') : plainLabel(header.title),
    description: header.startedAt.slice(0, 16).replace('T', ' '),
    id: header.id,
  }));
  const how = { placeHolder, matchOnDescription: true };
  const picked = options.one
    ? [await vscode.window.showQuickPick(items, how)]
    : await vscode.window.showQuickPick(items, { ...how, canPickMany: true });
  const sessions = (picked ?? []).flatMap((item) => (item ? [item.id] : []));
  return sessions.length === 0 ? undefined : { folder, sessions };
}
