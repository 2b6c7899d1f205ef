import { readUserRules, type UserRuleFault } from '../../core/boundary/userRules';
import { CADENCES, parseTimeOfDay, WEEKDAYS, type SchedulePlan } from '../../core/schedule/cadence';
import type { SecretSettings } from '../../node/secrets/secretGuard';
import type { FindingsSettings } from '../../node/findingsAuthor';
import { settingKeys } from '../ids';
import { DEFAULT_ENGINES, readCost, readEngines, type EngineFault, type EngineSettings } from './engineSettings';
import { DEFAULT_RECALL, readRecall, type RecallSettings, type StoreFault } from './recallSettings';

/** A working directory of old logs and the folder it stands for now. */
export interface PathMap {
  readonly from: string;
  readonly to: string;
}

/** All settings, validated; a wrong value has become its default. */
export interface SettingsSnapshot extends EngineSettings, RecallSettings {
  readonly capture: {
    readonly enabled: boolean;
    readonly logFolders: readonly string[];
    readonly pathMaps: readonly PathMap[];
    readonly excludePaths: readonly string[];
    readonly excludeEntrypoints: readonly string[];
    /** Megabytes of captured sessions on disk. */
    readonly maxSizeMb: number;
  };
  readonly dream: {
    readonly minSessions: number;
    /** US dollars that one dream may cost; null as long as the user named no limit. */
    readonly maxCostUsd: number | null;
  };
  /** Whether accepted findings are shared with the team, and under which name. */
  readonly findings: FindingsSettings;
  readonly schedule: SchedulePlan;
  readonly review: { readonly codeLens: boolean };
  readonly secrets: SecretSettings;
  readonly statusBar: { readonly enabled: boolean };
  /** Memory files that git's HEAD holds are accepted without a look. */
  readonly trustGit: boolean;
}

export type SettingKey = (typeof settingKeys)[keyof typeof settingKeys];

/** A value that cannot be used. */
export interface SettingProblem {
  readonly key: SettingKey;
  readonly reason:
    | { readonly kind: 'not-boolean' }
    | { readonly kind: 'not-one-of'; readonly allowed: readonly string[] }
    | { readonly kind: 'out-of-range'; readonly min: number; readonly max: number }
    | EngineFault
    | { readonly kind: 'not-a-time' }
    | { readonly kind: 'not-a-list' }
    | { readonly kind: 'not-a-path-map' }
    | { readonly kind: 'not-fingerprints' }
    | { readonly kind: 'not-a-store'; readonly at: number; readonly fault: StoreFault }
    | { readonly kind: 'not-a-secret-rule'; readonly at: number; readonly fault: UserRuleFault };
}

const AUTHORS = ['random', 'git'] as const;
const MAX_LIST = 200;
const MAX_ALLOWED = 5_000;
const MAX_TEXT = 1024;

export const DEFAULT_SETTINGS: SettingsSnapshot = {
  findings: { share: false, author: 'random' },
  capture: {
    enabled: true,
    logFolders: [],
    pathMaps: [],
    excludePaths: [],
    excludeEntrypoints: [],
    maxSizeMb: 500,
  },
  ...DEFAULT_ENGINES,
  ...DEFAULT_RECALL,
  dream: { minSessions: 3, maxCostUsd: null },
  schedule: { cadence: 'manual', timeOfDay: { hour: 9, minute: 0 }, weekday: 'monday' },
  review: { codeLens: true },
  secrets: { rules: [], allow: [] },
  statusBar: { enabled: true },
  trustGit: false,
};

/** Reads one setting; `undefined` means not set. */
type ReadSetting = (key: SettingKey) => unknown;

export interface Reading {
  readonly read: ReadSetting;
  readonly problems: SettingProblem[];
}

/** The setting's value, or the fallback and a problem. */
export function readBoolean({ read, problems }: Reading, key: SettingKey, fallback: boolean): boolean {
  const value = read(key);
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  problems.push({ key, reason: { kind: 'not-boolean' } });
  return fallback;
}

/** The setting's value, or the fallback and a problem. */
export function readInteger(
  { read, problems }: Reading,
  key: SettingKey,
  range: { readonly min: number; readonly max: number; readonly fallback: number },
): number {
  const value = read(key);
  if (value === undefined) return range.fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max) return value;
  problems.push({ key, reason: { kind: 'out-of-range', min: range.min, max: range.max } });
  return range.fallback;
}

/** The setting's value, or the fallback and a problem. */
export function readOneOf<T extends string>(
  { read, problems }: Reading,
  key: SettingKey,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = read(key);
  if (value === undefined) return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) problems.push({ key, reason: { kind: 'not-one-of', allowed } });
  return found ?? fallback;
}

const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT;

function readList({ read, problems }: Reading, key: SettingKey): readonly string[] {
  const value = read(key);
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= MAX_LIST && value.every(isShortText)) return value;
  problems.push({ key, reason: { kind: 'not-a-list' } });
  return [];
}

function readPathMaps({ read, problems }: Reading): readonly PathMap[] {
  const key = settingKeys.capturePathMaps;
  const value = read(key);
  if (value === undefined) return [];
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const pairs = isMap ? Object.entries(value) : [];
  if (isMap && pairs.length <= MAX_LIST && pairs.every(([from, to]) => isShortText(from) && isShortText(to))) {
    return pairs.map(([from, to]) => ({ from, to: String(to) }));
  }
  problems.push({ key, reason: { kind: 'not-a-path-map' } });
  return [];
}

const FINGERPRINT = /^[0-9a-f]{8}$/u;

function readSecrets({ read, problems }: Reading): SecretSettings {
  const allow = read(settingKeys.secretsAllow) ?? [];
  const rules = read(settingKeys.secretsRules) ?? [];
  const isAllowed = (value: unknown): value is string => typeof value === 'string' && FINGERPRINT.test(value);
  if (!Array.isArray(allow) || !allow.every(isAllowed)) {
    problems.push({ key: settingKeys.secretsAllow, reason: { kind: 'not-fingerprints' } });
  }
  if (!Array.isArray(rules)) problems.push({ key: settingKeys.secretsRules, reason: { kind: 'not-a-list' } });
  const found = readUserRules(Array.isArray(rules) ? rules : []);
  for (const fault of found.faults) {
    problems.push({ key: settingKeys.secretsRules, reason: { kind: 'not-a-secret-rule', ...fault } });
  }
  return { rules: found.rules, allow: Array.isArray(allow) ? allow.filter(isAllowed).slice(0, MAX_ALLOWED) : [] };
}

function readSchedule(reading: Reading): SchedulePlan {
  const fallback = DEFAULT_SETTINGS.schedule;
  const time = reading.read(settingKeys.scheduleTimeOfDay);
  const timeOfDay = typeof time === 'string' ? parseTimeOfDay(time) : undefined;
  if (time !== undefined && timeOfDay === undefined) {
    reading.problems.push({ key: settingKeys.scheduleTimeOfDay, reason: { kind: 'not-a-time' } });
  }
  return {
    cadence: readOneOf(reading, settingKeys.scheduleCadence, CADENCES, fallback.cadence),
    timeOfDay: timeOfDay ?? fallback.timeOfDay,
    weekday: readOneOf(reading, settingKeys.scheduleWeekday, WEEKDAYS, fallback.weekday),
  };
}

/** Validates every setting. Never throws: what cannot be used is reported and replaced by its default. */
export function parseSettings(read: ReadSetting): {
  readonly settings: SettingsSnapshot;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const reading: Reading = { read, problems };
  const fallback = DEFAULT_SETTINGS;
  const settings: SettingsSnapshot = {
    capture: {
      enabled: readBoolean(reading, settingKeys.captureEnabled, fallback.capture.enabled),
      logFolders: readList(reading, settingKeys.captureLogFolders),
      pathMaps: readPathMaps(reading),
      excludePaths: readList(reading, settingKeys.captureExcludePaths),
      excludeEntrypoints: readList(reading, settingKeys.captureExcludeEntrypoints),
      maxSizeMb: readInteger(reading, settingKeys.captureMaxSizeMb, {
        min: 10,
        max: 100_000,
        fallback: fallback.capture.maxSizeMb,
      }),
    },
    dream: {
      minSessions: readInteger(reading, settingKeys.dreamMinSessions, {
        min: 1,
        max: 100,
        fallback: fallback.dream.minSessions,
      }),
      maxCostUsd: readCost(reading),
    },
    ...readEngines(reading),
    ...readRecall(reading),
    findings: {
      share: readBoolean(reading, settingKeys.findingsShare, fallback.findings.share),
      author: readOneOf(reading, settingKeys.findingsAuthor, AUTHORS, fallback.findings.author),
    },
    schedule: readSchedule(reading),
    review: { codeLens: readBoolean(reading, settingKeys.reviewCodeLens, fallback.review.codeLens) },
    secrets: readSecrets(reading),
    statusBar: { enabled: readBoolean(reading, settingKeys.statusBarEnabled, fallback.statusBar.enabled) },
    trustGit: readBoolean(reading, settingKeys.trustGit, fallback.trustGit),
  };
  return { settings, problems };
}
