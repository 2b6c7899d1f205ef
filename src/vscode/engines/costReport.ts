import { wasDreamt, type DreamRecord, type DreamtRecord } from '../../core/dream/dream';
import type { UsageLine } from '../../core/model/budget';
import type { Translate } from '../translate';
import { engineLabel, isPrepaid } from './engineCatalog';
import { dollars, grouped } from './money';
import { textTable, type Column } from './textTable';

export interface CostReportInput {
  /** Of the folder. */
  readonly name: string;
  readonly dreams: readonly DreamRecord[];
  /** YYYY-MM-DD: of the price table. */
  readonly pricesAsOf: string;
  /** Writes a time of ISO 8601 as the user reads it. */
  readonly time: (iso: string) => string;
}

/** What the dreams of a folder cost, as Markdown: by month, by model, one by one, each estimate beside what it became. */
export function costReport({ name, dreams: all, pricesAsOf, time }: CostReportInput, t: Translate): string {
  const dreams = all.filter(wasDreamt);
  const paid = dreams.filter(({ engine }) => engine !== 'offline');
  const head = `# ${t('What dreams cost: {0}', plainName(name))}`;
  if (paid.length === 0) {
    const none = t('No dream of this folder asked a model. {0} ran offline, and cost nothing.', dreams.length);
    return `${head}\n\n${none}\n`;
  }
  return `${[
    head,
    summary(dreams, paid, t),
    t(
      'Amounts are US dollars by the list prices of {0} and the tokens that the provider counted. The bill is what the provider says.',
      pricesAsOf,
    ),
    `## ${t('By month')}`,
    byMonth(paid, t),
    `## ${t('By model')}`,
    t('Requests, then tokens: read anew, read and kept in the cache, read from the cache, written.'),
    byModel(paid, t),
    `## ${t('By dream')}`,
    byDream(paid, time, t),
  ].join('\n\n')}\n`;
}

function summary(all: readonly DreamRecord[], paid: readonly DreamRecord[], t: Translate): string {
  const spent = sum(paid, ({ costUsd }) => costUsd);
  const offline = all.length - paid.length;
  const count = paid.length === 1 ? t('1 dream asked a model') : t('{0} dreams asked a model', paid.length);
  const words = t('{0}, and cost {1} in all.', count, dollars(spent, t));
  return offline === 0 ? words : `${words} ${t('{0} ran offline.', offline)}`;
}

function byMonth(paid: readonly DreamRecord[], t: Translate): string {
  const columns: readonly Column[] = [
    { head: t('month') },
    { head: t('dreams'), side: 'right' },
    { head: t('estimated'), side: 'right' },
    { head: t('actual'), side: 'right' },
  ];
  const months = grouping(paid, ({ createdAt }) => createdAt.slice(0, 7));
  const rows = [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, dreams]) => [
      month,
      String(dreams.length),
      amount(
        sum(dreams, ({ estimatedUsd }) => estimatedUsd ?? 0),
        t,
      ),
      amount(
        sum(dreams, ({ costUsd }) => costUsd),
        t,
      ),
    ]);
  return textTable(columns, rows);
}

function byModel(paid: readonly DreamRecord[], t: Translate): string {
  const lines = paid.flatMap(({ usage }) => usage ?? []);
  if (lines.length === 0) return t('No request was answered.');
  const columns: readonly Column[] = [
    { head: t('model') },
    { head: t('role') },
    { head: t('asked'), side: 'right' },
    { head: t('in'), side: 'right' },
    { head: t('to cache'), side: 'right' },
    { head: t('cached'), side: 'right' },
    { head: t('out'), side: 'right' },
    { head: t('cost'), side: 'right' },
  ];
  const total = (of: readonly UsageLine[], pick: (line: UsageLine) => number): string => grouped(sum(of, pick));
  const rows = [...grouping(lines, ({ model, role }) => `${model}\n${role}`).values()]
    .sort((a, b) => sum(b, ({ usd }) => usd) - sum(a, ({ usd }) => usd))
    .map((of) => [
      of[0]?.model === '' ? t('not told') : (of[0]?.model ?? ''),
      of[0]?.role ?? '',
      total(of, ({ requests }) => requests),
      total(of, ({ input }) => input),
      total(of, ({ cacheWrite }) => cacheWrite),
      total(of, ({ cacheRead }) => cacheRead),
      total(of, ({ output }) => output),
      amount(
        sum(of, ({ usd }) => usd),
        t,
      ),
    ]);
  return textTable(columns, rows);
}

function byDream(paid: readonly DreamtRecord[], time: (iso: string) => string, t: Translate): string {
  const columns: readonly Column[] = [
    { head: t('when') },
    { head: t('engine') },
    { head: t('outcome') },
    { head: t('sessions'), side: 'right' },
    { head: t('estimated'), side: 'right' },
    { head: t('actual'), side: 'right' },
    { head: t('of it'), side: 'right' },
  ];
  const rows = paid.map((dream) => [
    time(dream.createdAt),
    engineLabel(dream.engine, t),
    outcome(dream, t),
    String(dream.sessions.length),
    dream.estimatedUsd === undefined ? '' : amount(dream.estimatedUsd, t),
    isPrepaid(dream.engine) ? t('plan or quota') : amount(dream.costUsd, t),
    share(dream),
  ]);
  return textTable(columns, rows);
}

function outcome({ status, changes, error }: DreamRecord, t: Translate): string {
  switch (status) {
    case 'completed':
      return changes === 1 ? t('1 change') : t('{0} changes', changes ?? 0);
    case 'canceled':
      return t('canceled');
    case 'failed':
      return t('failed: {0}', error?.code ?? '');
    case 'pending':
    case 'running':
      return t('under way');
  }
}

function share({ costUsd, estimatedUsd }: DreamRecord): string {
  if (estimatedUsd === undefined || estimatedUsd === 0) return '';
  return `${Math.round((costUsd / estimatedUsd) * 100)} %`;
}

/** In a column every amount has the same form; a fraction of a cent is worth seeing here. */
function amount(usd: number, t: Translate): string {
  if (usd === 0) return t('nothing');
  return usd < 0.01 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`;
}

function sum<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}

function grouping<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 100);
}
