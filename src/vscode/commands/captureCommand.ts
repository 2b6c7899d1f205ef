import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import type { CaptureReport } from '../../node/logs/captureSessions';
import type { MemoryFolder } from '../app';
import { describeCapture } from '../capture/describeCapture';
import { shellCommands } from '../ids';
import type { Shell } from '../shell';
import { toWindowProgress } from '../windowProgress';
import { ensureMemoryForSessions } from './ensureMemory';

/** Capture Sessions: brings the captured sessions up to date and says what came. */
export async function captureCommand(shell: Shell): Promise<void> {
  const folder = await shell.app.pickFolder();
  if (folder) await captureCommandFor(shell, folder);
}

/** The same for a folder that is known. Throws `no-logs` where there is nothing to capture. */
export async function captureCommandFor(shell: Shell, folder: MemoryFolder): Promise<void> {
  if (!(await ensureMemoryForSessions(shell, folder))) return;
  const report = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Capturing sessions of {0}', folder.name),
      cancellable: true,
    },
    (progress, token) => shell.capture.capture(folder, token, toWindowProgress(progress)),
  );
  if (report.found === 0) throw new AgentDreamsError('no-logs', `no logs of ${folder.uri.fsPath}`);
  shell.refresh();
  void tellResult(report);
}

async function tellResult(report: CaptureReport): Promise<void> {
  const words = describeCapture(report, vscode.l10n.t);
  if (report.failed.length === 0) {
    await vscode.window.showInformationMessage(words);
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  const picked = await vscode.window.showWarningMessage(words, showLog);
  if (picked === showLog) await vscode.commands.executeCommand(shellCommands.showLog);
}
