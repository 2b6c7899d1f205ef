import * as vscode from 'vscode';
import { leftBehindFile } from '../../core/dream/model/leftBehind';
import type { DreamOutcome } from '../../core/dream/runDream';
import { AgentDreamsError } from '../../core/errors';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { MemoryFolder } from '../app';
import type { DreamScope } from '../dream/dreamService';
import { describeOutcome } from '../dream/describeOutcome';
import { confirmDream } from '../engines/confirmDream';
import { costOutcome } from '../engines/estimateWords';
import { offerSchedule } from '../firstRun/offerSchedule';
import { reviewCommands, shellCommands, views } from '../ids';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { toWindowProgress } from '../windowProgress';
import { ensureMemoryForSessions, requireTrust } from './ensureMemory';
import { pickSessions } from './pickSessions';

/** As many characters as a dream takes. */
const MAX_INSTRUCTIONS = 4096;

/** Runs a dream that the user asked for: progress with Cancel, then the proposals and one sentence. */
export async function dreamFor(shell: Shell, folder: MemoryFolder, wish: DreamScope): Promise<void> {
  if (!(await ensureMemoryForSessions(shell, folder))) return;
  const outcome = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Dreaming over {0}', folder.name),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => shell.dreams.cancel());
      const asked = { ...wish, trigger: 'command', confirm: confirmDream } as const;
      return await shell.dreams.dream(folder, asked, toWindowProgress(progress));
    },
  );
  await tellLeft(shell, folder, outcome);
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'nothing-new' && (await listSessions(await folder.ports())).length === 0) {
    throw new AgentDreamsError('no-logs', `no sessions of ${folder.uri.fsPath}`);
  }
  if (outcome.kind === 'completed' && outcome.proposal.changes.length > 0) {
    await vscode.commands.executeCommand(`${views.proposals}.focus`);
  }
  const telling = tell(shell, folder, { outcome, wish });
  telling.catch((error: unknown) => shell.app.logger.error('telling about a dream failed', error));
}

/** What an engine made elsewhere and could not delete: the user was promised to hear of it. */
async function tellLeft(shell: Shell, folder: MemoryFolder, outcome: DreamOutcome): Promise<void> {
  if (outcome.kind === 'nothing-new' || outcome.record.engine !== 'managed') return;
  const left = await leftBehindFile(await folder.ports()).read();
  if (left.length === 0) return;
  const words = vscode.l10n.t(
    '{0} uploads could not be deleted at Anthropic. The next dream tries again.',
    left.length,
  );
  shell.app.logger.warn(words);
  void vscode.window.showWarningMessage(words);
}

async function tell(
  shell: Shell,
  folder: MemoryFolder,
  { outcome, wish }: { readonly outcome: DreamOutcome; readonly wish: DreamScope },
): Promise<void> {
  const words = announcement(outcome);
  const button = followUp(outcome);
  const picked =
    button === undefined
      ? await vscode.window.showInformationMessage(words)
      : await vscode.window.showInformationMessage(words, button.title);
  if (picked !== undefined && button?.kind === 'review' && outcome.kind === 'completed') {
    const which = { folder: folder.id, dream: outcome.proposal.id };
    await vscode.commands.executeCommand(reviewCommands.reviewAll, which);
  }
  if (picked !== undefined && button?.kind === 'explain' && outcome.kind === 'completed') {
    const which = { folder: folder.id, dream: outcome.proposal.id };
    await vscode.commands.executeCommand(shellCommands.explainCandidates, which);
  }
  if (picked !== undefined && button?.kind === 'anyway') {
    await shell.app.runCommand(vscode.l10n.t('Dream Now'), () => dreamFor(shell, folder, { ...wish, minSessions: 1 }));
  }
  if (picked !== undefined && button?.kind === 'again') {
    await shell.app.runCommand(vscode.l10n.t('Dream Now'), () => dreamFor(shell, folder, wish));
  }
  if (outcome.kind === 'completed') await offerSchedule(shell);
}

/** What the message says: how the dream ended, and what there is to do now. */
function announcement(outcome: DreamOutcome): string {
  const { t } = vscode.l10n;
  if (outcome.kind !== 'completed' || outcome.proposal.changes.length === 0) return describeOutcome(outcome, t);
  const { length } = outcome.proposal.changes;
  const read = outcome.record.sessions.length;
  const changes =
    length === 1
      ? t('1 change to review, from {0} sessions.', read)
      : t('{0} changes to review, from {1} sessions.', length, read);
  return [changes, costOutcome(outcome.record, t)].join(' ').trim();
}

interface FollowUp {
  readonly kind: 'review' | 'explain' | 'anyway' | 'again';
  readonly title: string;
}

function followUp(outcome: DreamOutcome): FollowUp | undefined {
  if (outcome.kind === 'completed') {
    return outcome.proposal.changes.length > 0
      ? { kind: 'review', title: vscode.l10n.t('Review') }
      : { kind: 'explain', title: vscode.l10n.t('Explain Candidates') };
  }
  if (outcome.kind === 'canceled' && outcome.record.engine !== 'offline') {
    return { kind: 'again', title: vscode.l10n.t('Go On') };
  }
  if (outcome.kind === 'nothing-new' && outcome.have > 0) {
    return { kind: 'anyway', title: vscode.l10n.t('Dream Anyway') };
  }
  return undefined;
}

/** Dream Now. */
export async function dreamNow(shell: Shell, args: readonly unknown[]): Promise<void> {
  const [target] = targetsOf(args);
  const named = target !== undefined && 'folder' in target ? shell.app.folder(target.folder) : undefined;
  const folder = named ?? (await shell.app.pickFolder());
  if (folder) await dreamFor(shell, folder, {});
}

/** Dream with Instructions…: what this dream should look at, in the user's words. */
export async function dreamWithInstructions(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (!folder) return;
  requireTrust(shell);
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Dream with Instructions'),
    prompt: vscode.l10n.t('What should this dream look at?'),
    placeHolder: vscode.l10n.t('For example: only what concerns the tests'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.length > MAX_INSTRUCTIONS
        ? vscode.l10n.t('{0} of {1} characters: shorten it.', text.length, MAX_INSTRUCTIONS)
        : undefined,
  });
  const instructions = typed?.trim();
  if (instructions === undefined) return;
  await dreamFor(shell, folder, instructions === '' ? {} : { instructions });
}

/** Dream Selected Sessions: the selection of the Sessions view, else a pick. The number of new sessions does not matter. */
export async function dreamSelectedSessions(shell: Shell, args: readonly unknown[]): Promise<void> {
  const picked = await pickSessions(shell, args, vscode.l10n.t('Which sessions should the dream read?'));
  if (!picked) return;
  await dreamFor(shell, picked.folder, { sessions: picked.sessions, minSessions: 1 });
}

/** Cancel Dream. */
export function cancelDream(shell: Shell): Promise<void> {
  if (shell.dreams.current) shell.dreams.cancel();
  else void vscode.window.showInformationMessage(vscode.l10n.t('No dream is running in this window.'));
  return Promise.resolve();
}
