import * as vscode from 'vscode';
import { setSessionPrivate } from '../../core/sessions/sessionFiles';
import type { Shell } from '../shell';
import { openTranscriptAt } from '../transcript/openTranscript';
import { requireTrust } from './ensureMemory';
import { pickSessions } from './pickSessions';

const entryOf = (argument: unknown): string | undefined => {
  if (typeof argument !== 'object' || argument === null || !('entry' in argument)) return undefined;
  return typeof argument.entry === 'string' ? argument.entry : undefined;
};

/** Open Transcript: the captured session as text, at the entry the argument names, if it names one. */
export async function openTranscript(shell: Shell, args: readonly unknown[]): Promise<void> {
  const picked = await pickSessions(shell, args, vscode.l10n.t('Which session?'), { one: true });
  const [session] = picked?.sessions ?? [];
  if (!picked || session === undefined) return;
  await openTranscriptAt(picked.folder, session, { entry: entryOf(args[0]) });
}

async function setPrivate(
  shell: Shell,
  args: readonly unknown[],
  choice: { readonly value: boolean; readonly placeHolder: string },
): Promise<void> {
  requireTrust(shell);
  const picked = await pickSessions(shell, args, choice.placeHolder);
  if (!picked) return;
  const ports = await picked.folder.ports();
  for (const session of picked.sessions) await setSessionPrivate(ports, session, choice.value);
  picked.folder.touch();
}

/** Exclude from Dreams: marks sessions private; they stay captured, and no dream reads them. */
export async function excludeFromDreams(shell: Shell, args: readonly unknown[]): Promise<void> {
  const placeHolder = vscode.l10n.t('Which sessions should no dream read?');
  await setPrivate(shell, args, { value: true, placeHolder });
}

/** Include in Dreams: takes the mark away. */
export async function includeInDreams(shell: Shell, args: readonly unknown[]): Promise<void> {
  const placeHolder = vscode.l10n.t('Which sessions may dreams read again?');
  await setPrivate(shell, args, { value: false, placeHolder });
}
