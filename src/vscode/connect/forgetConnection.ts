import * as vscode from 'vscode';
import { carryOut, planDisconnect, readConnection, type ConnectPlan } from '../../node/claude/connection';
import type { MemoryFolder } from '../app';
import type { Shell } from '../shell';
import { CONNECTION_LOCK, connectContext } from './connectContext';
import { planLines, refusalWords } from './connectWords';
import { shortName } from './shortName';

/** How the connection of a folder is taken back; undefined where there is none. */
export async function connectionToForget(shell: Shell, folder: MemoryFolder): Promise<ConnectPlan | undefined> {
  const context = await connectContext(shell, folder);
  return (await readConnection(context)).kind === 'none' ? undefined : planDisconnect(context);
}

/** What forgetting does to the files of a connection, for the question before it. */
export function forgetLines(plan: ConnectPlan | undefined): readonly string[] {
  if (plan === undefined) return [];
  const { t } = vscode.l10n;
  const refused = plan.refusals.map((refusal) => t('Not disconnected: {0}', refusalWords(refusal, t)));
  return refused.length > 0
    ? refused
    : [t('Claude Code is disconnected first:'), ...planLines(plan, { t, name: shortName }).map((line) => `  ${line}`)];
}

/** Takes the connection back, while what is needed for that is still there. What was refused stays, as was said. */
export async function forgetConnection(
  shell: Shell,
  folder: MemoryFolder,
  plan: ConnectPlan | undefined,
): Promise<void> {
  if (plan === undefined || plan.refusals.length > 0) return;
  await (await folder.ports()).lock.hold(CONNECTION_LOCK, () => carryOut(plan));
  await shell.connect.disconnected(folder);
}
