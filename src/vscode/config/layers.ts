import { settingKeys } from '../ids';
import type { SettingKey } from './parseSettings';

/** The values of one setting by where they were written, as `WorkspaceConfiguration.inspect` gives them. */
export interface SettingLayers {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * Settings that a workspace must never decide: where to read, when to run, how much disk to use, what is no secret, who
 * is sent what, and what that may cost.
 */
const MACHINE: readonly SettingKey[] = [
  settingKeys.captureLogFolders,
  settingKeys.capturePathMaps,
  settingKeys.captureMaxSizeMb,
  settingKeys.scheduleCadence,
  settingKeys.scheduleTimeOfDay,
  settingKeys.scheduleWeekday,
  settingKeys.secretsAllow,
  settingKeys.secretsRules,
  settingKeys.trustGit,
  settingKeys.findingsAuthor,
  settingKeys.findingsShare,
  settingKeys.engine,
  settingKeys.dreamMaxCostUsd,
  settingKeys.claudeBaseUrl,
  settingKeys.claudeExtractModel,
  settingKeys.claudeConsolidateModel,
  settingKeys.claudePrices,
  settingKeys.claudeCodePath,
  settingKeys.vscodeLmModel,
  settingKeys.recallMaxTokens,
  settingKeys.recallSubagents,
  settingKeys.recallPathRules,
  settingKeys.stores,
];

/** Settings where every layer may only take away: off anywhere is off, excluded anywhere is excluded. */
const NARROWING: readonly SettingKey[] = [
  settingKeys.captureEnabled,
  settingKeys.captureExcludePaths,
  settingKeys.captureExcludeEntrypoints,
];

function narrow(values: readonly unknown[]): unknown {
  if (values.length <= 1) return values[0];
  if (values.every((value) => Array.isArray(value))) return [...new Set(values.flat())];
  // A value that is neither is handed on as it is, so that validation names it.
  const wrong = values.find((value) => typeof value !== 'boolean');
  return wrong ?? values.every((value) => value === true);
}

/** The value that counts, undefined if nobody set it. */
export function effectiveValue(key: SettingKey, layers: SettingLayers): unknown {
  if (MACHINE.includes(key)) return layers.globalValue;
  const written = [layers.workspaceFolderValue, layers.workspaceValue, layers.globalValue].filter(
    (value) => value !== undefined,
  );
  return NARROWING.includes(key) ? narrow(written) : written[0];
}
