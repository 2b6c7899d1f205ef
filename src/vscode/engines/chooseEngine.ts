import * as vscode from 'vscode';
import type { EngineName } from '../../core/dream/dream';
import { AgentDreamsError } from '../../core/errors';
import { writeUserSetting } from '../config/configuration';
import { settingKeys, shellCommands } from '../ids';
import type { Shell } from '../shell';
import { askKey, type ChosenKey } from './askKey';
import { askLimit } from './askLimit';
import { engineFacts, engineLabel, isPrepaid, needsKey } from './engineCatalog';
import { consentText, engineItems } from './engineItems';
import { DEFAULT_LIMIT_USD } from './enginePlan';
import { testEngine } from './testEngine';
import { offeredModels } from './vscodeChat';

/** What was answered on the way to an engine; nothing of it is kept before the last answer. */
interface Prepared {
  readonly key?: ChosenKey;
  readonly lmModel?: string;
  /** US dollars. */
  readonly limit?: number;
  /** What the connection test said. */
  readonly tested?: string;
}

/**
 * Choose Engine…: what each needs, costs and sends; then consent, key or model, one free call that shows whether it works,
 * and a limit. Dismissing any of the questions leaves everything as it was.
 */
export async function chooseEngine(shell: Shell): Promise<void> {
  const { t } = vscode.l10n;
  const { engine: choice, claude } = shell.app.settings.current();
  const address = claude.baseUrl ?? '';
  const items = engineItems(choice, await shell.engines.lookAround(), address, t);
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Choose Engine'),
    placeHolder: t('What should dream? Every dream only proposes; you decide.'),
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  const { engine } = picked;
  if (engine === 'offline') {
    await writeUserSetting(settingKeys.engine, 'offline');
    void vscode.window.showInformationMessage(t('Dreams are offline from now on.'));
    return;
  }
  if (!(await agreed(engine, address))) return;
  const prepared = await prepare(shell, engine);
  if (prepared === undefined) return;
  await keep(shell, engine, prepared);
  const words = t('{0} dreams from now on.', engineLabel(engine, t));
  // The command is over; the message stays for whoever wants to go on.
  void shell.app.runCommand(t('Dream Now'), () => offerDream([words, prepared.tested ?? ''].join(' ').trim()));
}

async function offerDream(words: string): Promise<void> {
  const dream = vscode.l10n.t('Dream Now');
  if ((await vscode.window.showInformationMessage(words, dream)) !== dream) return;
  await vscode.commands.executeCommand(shellCommands.dreamNow);
}

async function agreed(engine: EngineName, address: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const facts = engineFacts(engine, address, t);
  const use = t('Use It');
  const detail = consentText(facts, t);
  const message = t('Dream with {0}?', facts.label);
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, use)) === use;
}

async function prepare(shell: Shell, engine: Exclude<EngineName, 'offline'>): Promise<Prepared | undefined> {
  if (needsKey(engine)) {
    const key = await askKey(shell, engine);
    if (key === undefined) return undefined;
    return await withLimit(shell, { key, tested: key.tested });
  }
  if (engine === 'vscode-lm') {
    const lmModel = await pickModel();
    return lmModel === undefined ? undefined : { lmModel };
  }
  return { tested: await testEngine(shell, engine) };
}

/** A limit is asked for once; later it is changed where a dream's cost is shown. */
async function withLimit(shell: Shell, prepared: Prepared): Promise<Prepared | undefined> {
  const present = shell.app.settings.current().dream.maxCostUsd;
  if (present !== null) return prepared;
  const limit = await askLimit(DEFAULT_LIMIT_USD);
  return limit === undefined ? undefined : { ...prepared, limit };
}

async function pickModel(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const models = await offeredModels();
  if (models.length === 0) {
    throw new AgentDreamsError('model-missing', 'no extension offers a language model', {
      said: t('No extension offers a language model.'),
    });
  }
  const items = models.map(({ id, name, vendor, family, maxInputTokens }) => ({
    label: name,
    description: vendor,
    detail: t('{0}, up to {1} tokens', family, maxInputTokens),
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Choose Engine'),
    placeHolder: t('Which model should dream? VS Code asks for your consent with the first dream.'),
  });
  return picked?.id;
}

async function keep(shell: Shell, engine: EngineName, { key, lmModel, limit }: Prepared): Promise<void> {
  if (key?.kind === 'entered') await shell.engines.key.keep(key.key);
  if (key?.kind === 'environment') await shell.engines.key.useEnvironment();
  if (key !== undefined) await shell.keyChanged();
  if (lmModel !== undefined) await writeUserSetting(settingKeys.vscodeLmModel, lmModel);
  if (limit !== undefined) await writeUserSetting(settingKeys.dreamMaxCostUsd, limit);
  await writeUserSetting(settingKeys.engine, engine);
  shell.app.logger.info(`Engine chosen: ${engine}${isPrepaid(engine) ? ' (plan or quota)' : ''}`);
}
