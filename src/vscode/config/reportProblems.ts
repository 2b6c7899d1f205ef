import * as vscode from 'vscode';
import type { Logger } from '../../core/ports';
import { shellCommands } from '../ids';
import { describeProblem } from './describeProblem';
import type { SettingProblem } from './parseSettings';

/** Tells about each wrong setting once a session, with the way to it. */
export function createProblemReporter(logger: Logger): (problem: SettingProblem) => void {
  const told = new Set<string>();
  const tell = async (message: string): Promise<void> => {
    const open = vscode.l10n.t('Open Settings');
    const picked = await vscode.window.showWarningMessage(message, open);
    if (picked === open) await vscode.commands.executeCommand(shellCommands.openSettings);
  };
  return (problem) => {
    const message = describeProblem(problem, vscode.l10n.t);
    if (told.has(message)) return;
    told.add(message);
    logger.warn(message);
    void tell(message);
  };
}
