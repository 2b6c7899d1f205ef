import path from 'node:path';
import type { EngineName } from '../../core/dream/dream';
import type { PriceOverrides } from '../../core/model/prices';
import { settingKeys } from '../ids';
import type { Reading, SettingKey } from './parseSettings';

/** What dreams: `auto` is offline for as long as the user chose nothing else. */
export type EngineChoice = 'auto' | EngineName;

/** Every value of `agentDreams.engine`. */
export const ENGINE_CHOICES: readonly EngineChoice[] = [
  'auto',
  'offline',
  'claude',
  'claude-batch',
  'claude-code',
  'vscode-lm',
  'managed',
];

/** Which models an engine asks, and where. '' is the default of the engine. */
interface ClaudeSettings {
  /** Null: an address was written and cannot be used. Then nothing is sent, least of all to the default one. */
  readonly baseUrl: string | null;
  readonly extractModel: string;
  readonly consolidateModel: string;
  readonly prices: PriceOverrides;
}

/** What the user says about engines. */
export interface EngineSettings {
  readonly engine: EngineChoice;
  readonly claude: ClaudeSettings;
  /** Where the program `claude` is; '' looks for it on the PATH. Null: what was written is no absolute path. */
  readonly claudeCode: { readonly path: string | null };
  /** The id of a model of VS Code's Language Model API; '' until one was chosen. */
  readonly vscodeLm: { readonly model: string };
}

/** What cannot be used of them. */
export type EngineFault =
  | { readonly kind: 'not-an-amount'; readonly max: number }
  | { readonly kind: 'not-a-model' }
  | { readonly kind: 'not-an-address' }
  | { readonly kind: 'not-prices' }
  | { readonly kind: 'not-absolute' };

/** US dollars; a limit beyond it is a slip of the finger. */
export const MAX_COST_USD = 1_000;

export const DEFAULT_ENGINES: EngineSettings = {
  engine: 'auto',
  claude: { baseUrl: '', extractModel: '', consolidateModel: '', prices: {} },
  claudeCode: { path: '' },
  vscodeLm: { model: '' },
};

const MAX_TEXT = 1024;
const MAX_MODELS = 200;

/** US dollars that one dream may cost, null where the user named no limit. */
export function readCost({ read, problems }: Reading): number | null {
  const value = read(settingKeys.dreamMaxCostUsd) ?? null;
  if (value === null) return null;
  if (typeof value === 'number' && value >= 0 && value <= MAX_COST_USD) return value;
  problems.push({ key: settingKeys.dreamMaxCostUsd, reason: { kind: 'not-an-amount', max: MAX_COST_USD } });
  return null;
}

const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,199}$/u;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Over TLS, or to this machine itself: what is sent must not be read on the way. Nothing in it may be secret. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username + password + search + hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

type TextFault = Extract<EngineFault, { readonly kind: 'not-a-model' | 'not-an-address' | 'not-absolute' }>;

/** A text of a form, '' where it is not set. Null where it has another form, which is a problem. */
function readText(
  { read, problems }: Reading,
  key: SettingKey,
  fits: (text: string) => boolean,
  reason: TextFault,
): string | null {
  const value = read(key) ?? '';
  if (typeof value === 'string' && value.trim() === '') return '';
  if (typeof value === 'string' && value.length <= MAX_TEXT && fits(value.trim())) return value.trim();
  problems.push({ key, reason });
  return null;
}

function readModel(reading: Reading, key: SettingKey): string {
  return readText(reading, key, (text) => MODEL.test(text), { kind: 'not-a-model' }) ?? '';
}

const PRICE_PARTS: readonly string[] = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWriteHour'];
const MAX_PRICE = 10_000;

function isPrice(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([part, usd]) => PRICE_PARTS.includes(part) && typeof usd === 'number' && usd >= 0 && usd <= MAX_PRICE,
  );
}

function readPrices({ read, problems }: Reading): PriceOverrides {
  const value = read(settingKeys.claudePrices) ?? {};
  const isTable = typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length <= MAX_MODELS;
  const fits = isTable && Object.entries(value).every(([model, price]) => MODEL.test(model) && isPrice(price));
  if (fits) return value as PriceOverrides;
  problems.push({ key: settingKeys.claudePrices, reason: { kind: 'not-prices' } });
  return {};
}

function readEngine({ read, problems }: Reading): EngineChoice {
  const value = read(settingKeys.engine) ?? DEFAULT_ENGINES.engine;
  const found = ENGINE_CHOICES.find((choice) => choice === value);
  if (found !== undefined) return found;
  problems.push({ key: settingKeys.engine, reason: { kind: 'not-one-of', allowed: ENGINE_CHOICES } });
  return DEFAULT_ENGINES.engine;
}

/** Validates what the user says about engines. */
export function readEngines(reading: Reading): EngineSettings {
  return {
    engine: readEngine(reading),
    claude: {
      baseUrl: readText(reading, settingKeys.claudeBaseUrl, isAddress, { kind: 'not-an-address' }),
      extractModel: readModel(reading, settingKeys.claudeExtractModel),
      consolidateModel: readModel(reading, settingKeys.claudeConsolidateModel),
      prices: readPrices(reading),
    },
    claudeCode: {
      path: readText(reading, settingKeys.claudeCodePath, (text) => path.isAbsolute(text), { kind: 'not-absolute' }),
    },
    vscodeLm: { model: readModel(reading, settingKeys.vscodeLmModel) },
  };
}
