import type { DoctorFacts, SettingsLayer } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown, valueOf } from './known';
import { SETTLED_MS } from './logging';

/** What Claude Code does where nothing is set. */
export const DEFAULT_DAYS = 30;
/** With less, a holiday loses sessions that nobody captured. */
const ENOUGH_DAYS = 90;
const DAY_MS = 86_400_000;
const SOON_DAYS = 7;

/** The first of these that says something counts. */
const ORDER: readonly SettingsLayer['layer'][] = ['managed', 'local', 'project', 'user'];

/** What holds of `cleanupPeriodDays`, and which file says so. */
export interface Retention {
  readonly days: number;
  readonly from: SettingsLayer | undefined;
}

/** How many days after their last change logs are deleted. */
export function retentionOf(layers: readonly SettingsLayer[]): Retention {
  for (const name of ORDER) {
    const from = layers.find(({ layer, values }) => layer === name && isDays(values.cleanupPeriodDays));
    const days = from?.values.cleanupPeriodDays;
    if (typeof days === 'number') return { days, from };
  }
  return { days: DEFAULT_DAYS, from: undefined };
}

/** How long logs are kept, and what would be lost when: logs that no capture has taken yet. */
export function checkRetention(facts: Pick<DoctorFacts, 'settings' | 'logging' | 'now'>): readonly DoctorFinding[] {
  return ifKnown('retention', facts.settings, (layers) => {
    const { days, from } = retentionOf(layers);
    const lost = (valueOf(facts.logging)?.logs ?? [])
      .filter(({ kept, mtimeMs }) => !kept && facts.now - mtimeMs > SETTLED_MS)
      .map(({ mtimeMs }) => mtimeMs + days * DAY_MS)
      .sort((a, b) => a - b);
    return [...invalid(layers), ...short(days, from, lost), ...expiring(days, lost, facts.now)];
  });
}

function isDays(value: number | string | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1;
}

function invalid(layers: readonly SettingsLayer[]): readonly DoctorFinding[] {
  return layers
    .filter(({ values }) => values.cleanupPeriodDays !== undefined && !isDays(values.cleanupPeriodDays))
    .map(({ file, values }) => ({
      check: 'retention',
      kind: 'retention-invalid',
      severity: 'warning',
      about: { file, value: String(values.cleanupPeriodDays).slice(0, 40) },
      fix: { id: 'removeClaudeSetting', target: file, at: 'cleanupPeriodDays' },
    }));
}

function short(days: number, from: SettingsLayer | undefined, lost: readonly number[]): readonly DoctorFinding[] {
  if (days >= ENOUGH_DAYS) return [];
  const about = { days, enough: ENOUGH_DAYS, file: from?.file ?? '', logs: lost.length, first: dayOf(lost[0]) };
  const own = from === undefined || from.layer === 'user';
  const fix = own
    ? ({ id: 'raiseRetention' } as const)
    : from.layer === 'managed'
      ? ({ id: 'captureNow' } as const)
      : ({ id: 'removeClaudeSetting', target: from.file, at: 'cleanupPeriodDays' } as const);
  return [{ check: 'retention', kind: 'retention-short', severity: 'warning', about, fix }];
}

function expiring(days: number, lost: readonly number[], now: number): readonly DoctorFinding[] {
  const soon = lost.filter((time) => time - now < SOON_DAYS * DAY_MS);
  if (soon.length === 0) return [];
  const about = { count: soon.length, first: dayOf(soon[0]), days };
  return [{ check: 'retention', kind: 'logs-expiring', severity: 'problem', about, fix: { id: 'captureNow' } }];
}

function dayOf(time: number | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString().slice(0, 10);
}
