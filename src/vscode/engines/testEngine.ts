import * as vscode from 'vscode';
import type { EngineName } from '../../core/dream/dream';
import type { Shell } from '../shell';
import { engineLabel, engineOf } from './engineCatalog';
import type { EngineTrial } from './engines';

/**
 * One free call that shows whether an engine works; resolves to what it found. Throws what the port of language models
 * throws, `cancelled` among it.
 */
export async function testEngine(shell: Shell, engine: EngineName, trial: EngineTrial = {}): Promise<string> {
  const { t } = vscode.l10n;
  if (engine === 'offline') return t('Offline dreams need no connection.');
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: t('Testing {0}', engineLabel(engine, t)),
    cancellable: true,
  };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return await shell.engines.test(engine, controller.signal, trial, (message) => progress.report({ message }));
  });
}

/** Test Engine Connection: tries the chosen engine and says what it found. */
export async function testEngineCommand(shell: Shell): Promise<void> {
  const engine = engineOf(shell.app.settings.current().engine);
  const found = await testEngine(shell, engine);
  void vscode.window.showInformationMessage(`${engineLabel(engine, vscode.l10n.t)}: ${found}`);
}
