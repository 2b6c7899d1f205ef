import * as vscode from 'vscode';
import type { EngineName } from '../../core/dream/dream';
import { AgentDreamsError, isAgentDreamsError } from '../../core/errors';
import type { LanguageModel } from '../../core/model/languageModel';
import { PRICES, withOverrides, type PriceTable } from '../../core/model/prices';
import type { CancelSignal } from '../../core/ports';
import type { SettingsSnapshot } from '../config/parseSettings';
import type { Settings } from '../config/settings';
import { settingKeys, settingsSection } from '../ids';
import { DEFAULT_ADDRESS } from './engineCatalog';
import { EngineKey } from './engineKey';
import { loadEngine } from './loadEngine';
import type { OpenedEngine } from './prepareEngine';
import type { Surroundings } from './readiness';
import { STORE_DREAM_MODEL } from './storeEstimate';
import { claudeProgram, lookAround } from './surroundings';
import { offeredModels, toChatModel } from './vscodeChat';

/** What is tried instead of what is set: while an engine is being chosen nothing is written yet. */
export interface EngineTrial {
  readonly key?: string;
  readonly lmModel?: string;
  /** Told about waits. */
  readonly onNotice?: (message: string) => void;
}

type AnyModelEngine = Exclude<EngineName, 'offline'>;

/** Makes the engines of this window from settings and key, each from its own bundle and only when it is needed. */
export class Engines {
  readonly key: EngineKey;
  readonly #settings: Settings;

  constructor(context: vscode.ExtensionContext, settings: Settings) {
    this.#settings = settings;
    this.key = new EngineKey({ secrets: context.secrets, state: context.globalState, environment: process.env });
  }

  /** What is there for each engine; calls nobody. */
  lookAround(): Promise<Surroundings> {
    return lookAround(this.#settings.current(), this.key);
  }

  /** The price table as the user has it. */
  prices(): PriceTable {
    return withOverrides(PRICES, this.#settings.current().claude.prices);
  }

  /** Where the Claude API is. Throws `invalid-setting` where the user wrote what cannot be used. */
  address(): string {
    const { baseUrl } = this.#settings.current().claude;
    if (baseUrl === null) throw invalid(settingKeys.claudeBaseUrl);
    return baseUrl === '' ? DEFAULT_ADDRESS : baseUrl;
  }

  /**
   * Opens an engine, with one free call that tells a wrong key, program or model. Throws what the port of language models
   * throws, and `invalid-setting`.
   */
  async open(engine: AnyModelEngine, signal: CancelSignal, trial: EngineTrial = {}): Promise<OpenedEngine> {
    switch (engine) {
      case 'claude':
      case 'claude-batch': {
        const { bundle, options, models } = await this.#claude(signal, trial);
        const create = engine === 'claude' ? bundle.createClaudeModel : bundle.createClaudeBatchModel;
        return { kind: 'model', model: create({ ...options, models }) };
      }
      case 'claude-code':
        return { kind: 'model', model: await this.#claudeCode(signal) };
      case 'vscode-lm':
        return { kind: 'model', model: await this.#vscodeLm(trial) };
      case 'managed':
        return await this.#managed(signal, trial);
    }
  }

  /** One free call; resolves to what it found, in words. Throws as `open` does. */
  async test(
    engine: EngineName,
    signal: CancelSignal,
    trial: EngineTrial,
    onNotice: (message: string) => void,
  ): Promise<string> {
    const { t } = vscode.l10n;
    if (engine === 'offline') return t('There is nothing to test.');
    const opened = await this.open(engine, signal, { ...trial, onNotice });
    if (opened.kind === 'store') return t('The key works. Whether it has access to Dreams shows with the first dream.');
    const { extract, consolidate } = opened.model.traits.model;
    if (extract === '' || extract === consolidate) return t('It works.');
    return t('It works: {0} reads, {1} consolidates.', extract, consolidate);
  }

  /** The API of Claude, asked for its models. */
  async #claude(signal: CancelSignal, trial: EngineTrial) {
    const baseUrl = this.address();
    const apiKey = trial.key ?? (await this.key.read());
    if (apiKey === undefined) throw new AgentDreamsError('model-key', 'no key was entered');
    const bundle = loadEngine('claude');
    const options = { apiKey, baseUrl };
    const models = await bundle.chooseClaudeModels(options, wantedModels(this.#settings.current().claude), {
      signal,
      onNotice: ({ message }) => trial.onNotice?.(message),
    });
    return { bundle, options, models };
  }

  async #managed(signal: CancelSignal, trial: EngineTrial): Promise<OpenedEngine> {
    const { options } = await this.#claude(signal, trial);
    const { consolidateModel } = this.#settings.current().claude;
    const dreamModel = consolidateModel === '' ? STORE_DREAM_MODEL : consolidateModel;
    const dreamer = loadEngine('managed').createManagedDreamer({ ...options, model: dreamModel });
    return { kind: 'store', dreamer, dreamModel };
  }

  async #claudeCode(signal: CancelSignal): Promise<LanguageModel> {
    const { claude, claudeCode } = this.#settings.current();
    if (claudeCode.path === null) throw invalid(settingKeys.claudeCodePath);
    const program = await claudeProgram(claudeCode.path);
    if (program === undefined) {
      const said = vscode.l10n.t(
        'The program claude was not found: install Claude Code, or name its path in the settings.',
      );
      throw new AgentDreamsError('model-missing', 'the program claude was not found', { said });
    }
    const bundle = loadEngine('claude-code');
    try {
      await bundle.checkClaudeCode({ program }, { signal });
    } catch (error) {
      if (!isAgentDreamsError(error, 'model-key')) throw error;
      throw new AgentDreamsError('model-key', error.message, { engine: 'claude-code' }, { cause: error });
    }
    return bundle.createClaudeCodeModel({ program, models: wantedModels(claude) });
  }

  async #vscodeLm(trial: EngineTrial): Promise<LanguageModel> {
    const wanted = trial.lmModel ?? this.#settings.current().vscodeLm.model;
    const offered = await offeredModels();
    const model = wanted === '' ? offered[0] : offered.find(({ id }) => id === wanted);
    if (model === undefined) {
      throw new AgentDreamsError('model-missing', 'no extension offers this language model', {
        said: wanted === '' ? vscode.l10n.t('No extension offers a language model.') : wanted,
      });
    }
    return loadEngine('vscode-lm').createVscodeLmModel(toChatModel(model));
  }
}

function wantedModels({
  extractModel,
  consolidateModel,
}: SettingsSnapshot['claude']): Partial<Record<'extract' | 'consolidate', string>> {
  return {
    ...(extractModel === '' ? {} : { extract: extractModel }),
    ...(consolidateModel === '' ? {} : { consolidate: consolidateModel }),
  };
}

function invalid(key: string): AgentDreamsError {
  return new AgentDreamsError('invalid-setting', `${key} cannot be used`, { setting: `${settingsSection}.${key}` });
}
