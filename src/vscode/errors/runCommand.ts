import * as vscode from 'vscode';
import type { Logger } from '../../core/ports';
import { isAgentDreamsError } from '../../core/errors';
import { shellCommands } from '../ids';
import { describeError, type ErrorWords, type WayOut } from './describeError';
import { plainWords } from '../plainWords';

const COMMAND_OF: Readonly<Record<Exclude<WayOut, 'retry'>, string>> = {
  'show-log': shellCommands.showLog,
  'open-settings': shellCommands.openSettings,
  'manage-trust': 'workbench.trust.manage',
  'open-folder': 'workbench.action.files.openFolder',
  adopt: shellCommands.adoptSessions,
  initialize: shellCommands.initializeMemory,
  'allow-secret': shellCommands.allowSecret,
  'choose-engine': shellCommands.chooseEngine,
};

function label(wayOut: WayOut): string {
  switch (wayOut) {
    case 'show-log':
      return vscode.l10n.t('Show Log');
    case 'open-settings':
      return vscode.l10n.t('Open Settings');
    case 'retry':
      return vscode.l10n.t('Retry');
    case 'manage-trust':
      return vscode.l10n.t('Manage Workspace Trust');
    case 'open-folder':
      return vscode.l10n.t('Open Folder');
    case 'adopt':
      return vscode.l10n.t('Adopt Sessions…');
    case 'initialize':
      return vscode.l10n.t('Initialize Memory');
    case 'allow-secret':
      return vscode.l10n.t('It Is No Secret…');
    case 'choose-engine':
      return vscode.l10n.t('Choose Engine…');
  }
}

async function show(words: ErrorWords): Promise<WayOut | undefined> {
  const buttons = words.waysOut.map((wayOut) => ({ title: label(wayOut), wayOut }));
  const options: vscode.MessageOptions = {};
  switch (words.severity) {
    case 'information':
      return (await vscode.window.showInformationMessage(words.message, options, ...buttons))?.wayOut;
    case 'warning':
      return (await vscode.window.showWarningMessage(words.message, options, ...buttons))?.wayOut;
    case 'error':
      return (await vscode.window.showErrorMessage(words.message, options, ...buttons))?.wayOut;
  }
}

/** Tells the user about a failure and follows the way out they pick. Resolves when the message is gone. */
async function tell(words: ErrorWords, error: unknown, retry: () => Promise<void>): Promise<void> {
  const picked = await show(words);
  if (picked === 'retry') await retry();
  else if (picked === 'allow-secret' && isAgentDreamsError(error)) {
    await vscode.commands.executeCommand(COMMAND_OF[picked], error.details['fingerprint']);
  } else if (picked !== undefined) await vscode.commands.executeCommand(COMMAND_OF[picked]);
}

/**
 * The one error handler of the extension; what it says is redacted. The command is over as soon as its work is: the message that may follow stays
 * open without holding it.
 */
export async function runCommand(
  { logger, redact }: { readonly logger: Logger; readonly redact: (text: string) => string },
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = isAgentDreamsError(error) ? ` (${error.code})` : '';
    logger.error(`${name} failed${code}`, error);
    const words = describeError(error, name, vscode.l10n.t);
    if (!words) return;
    const retry = (): Promise<void> => runCommand({ logger, redact }, name, work);
    tell({ ...words, message: plainWords(redact(words.message)) }, error, retry).catch((failure: unknown) =>
      logger.error(`telling about ${name} failed`, failure),
    );
  }
}
