import * as vscode from 'vscode';
import type { EngineName } from '../../core/dream/dream';
import { isAgentDreamsError } from '../../core/errors';
import { modelMessage } from '../errors/modelWords';
import { plainWords } from '../plainWords';
import type { Shell } from '../shell';
import { keyFault, KEY_VARIABLE } from './engineKey';
import { testEngine } from './testEngine';

/** A key that the user chose, and what the connection test said of it. */
export type ChosenKey = { readonly tested: string } & (
  { readonly kind: 'entered'; readonly key: string } | { readonly kind: 'environment' } | { readonly kind: 'present' }
);

interface SourceItem extends vscode.QuickPickItem {
  readonly source: ChosenKey['kind'];
}

/**
 * Asks for the key of the Claude API until one works, or the user gives up: undefined. Nothing is kept here, and a key is
 * in no message.
 */
export async function askKey(shell: Shell, engine: EngineName): Promise<ChosenKey | undefined> {
  const source = await pickSource(shell);
  if (source === undefined) return undefined;
  for (;;) {
    const key = source === 'entered' ? await enter() : await presentKey(shell, source);
    if (key === undefined) return undefined;
    const result = await tryKey(shell, engine, key);
    if (result === 'stop') return undefined;
    if (result !== 'again')
      return source === 'entered' ? { kind: source, key, tested: result } : { kind: source, tested: result };
    if (source !== 'entered') return undefined;
  }
}

/** No question where there is no choice: a first key is entered. */
async function pickSource({ engines }: Shell): Promise<ChosenKey['kind'] | undefined> {
  const { t } = vscode.l10n;
  const present = await engines.key.source();
  const items: SourceItem[] = [
    { source: 'entered', label: t('Enter a Key…'), detail: t("Kept in VS Code's secret storage, for you alone.") },
  ];
  if (present === 'stored') {
    items.unshift({ source: 'present', label: t('Keep the Present Key'), detail: t('It was entered before.') });
  }
  if (engines.key.inEnvironment) {
    const detail = t('VS Code was started with it. It is read anew each time, and kept nowhere.');
    items.push({ source: 'environment', label: t('Use {0} of the Environment', KEY_VARIABLE), detail });
  }
  if (items.length === 1) return 'entered';
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Key of the Claude API'),
    placeHolder: t('Which key should be used?'),
    ignoreFocusOut: true,
  });
  return picked?.source;
}

function presentKey({ engines }: Shell, source: ChosenKey['kind']): Promise<string | undefined> {
  return source === 'environment' ? Promise.resolve(engines.key.readEnvironment()) : engines.key.read();
}

async function enter(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: t('Key of the Claude API'),
    prompt: t(
      "Paste an API key of the Claude Console. It is kept in VS Code's secret storage, never in a file or a log.",
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => faultWords(text),
  });
  return typed?.trim();
}

function faultWords(text: string): string | undefined {
  const { t } = vscode.l10n;
  switch (keyFault(text)) {
    case undefined:
    case 'empty':
      return undefined;
    case 'spaces':
      return t('A key has no spaces.');
    case 'short':
      return t('A key is longer.');
    case 'login':
      return t(
        'This is the login of a Claude plan, which other programs may not use. Take an API key of the Claude Console.',
      );
  }
}

/** What the test said, or what to do after it failed. */
async function tryKey(shell: Shell, engine: EngineName, key: string): Promise<string> {
  const { t } = vscode.l10n;
  try {
    return await testEngine(shell, engine, { key });
  } catch (error) {
    if (!isAgentDreamsError(error) || error.code === 'cancelled') throw error;
    shell.app.logger.warn(`The key could not be tested (${error.code})`);
    const words =
      error.code === 'model-key' ? t('This key is not accepted.') : (modelMessage(error, t) ?? error.message);
    const [again, anyway] = [t('Enter Another Key'), t('Use It Anyway')];
    const ways = error.code === 'model-key' ? [again] : [again, anyway];
    const unnamed = plainWords(words.split(key).join('…'));
    const picked = await vscode.window.showWarningMessage(unnamed, { modal: true }, ...ways);
    if (picked === anyway) return t('It could not be tested.');
    return picked === again ? 'again' : 'stop';
  }
}
