import { ENOUGH, type Impact, type ImpactGroup, type Rate, type Verdict } from '../../core/recall/impact';
import type { MemoryUsage } from '../../core/recall/usage';
import type { Translate } from '../translate';
import { textTable, type Column } from '../engines/textTable';

export interface ImpactReportInput {
  /** Of the folder. */
  readonly name: string;
  readonly impact: Impact;
  /** By path. */
  readonly usage: ReadonlyMap<string, MemoryUsage>;
  /** "loaded ✓ 14:02" */
  readonly proof: string;
  /** Writes a time of ISO 8601 as the user reads it. */
  readonly time: (iso: string) => string;
}

const MOST_ROWS = 30;

/** What memory changed, as Markdown: before and after it first arrived, and which memories were used. */
export function impactReport(input: ImpactReportInput, t: Translate): string {
  const { impact, name, usage, time, proof } = input;
  const { border } = impact;
  const parts = [`# ${t('Impact of memory: {0}', plainName(name))}`, t('Claude Code: {0}.', proof)];
  if (border === undefined) {
    parts.push(
      t('No captured session has had this memory yet, so there is no before and after.'),
      t('Until then: {0}.', inWords(impact.before, t)),
    );
  } else {
    parts.push(
      t(
        'The first session that had this memory began {0}. What was before is compared with the sessions since then that had it.',
        time(border),
      ),
      comparison(impact, t),
      `${t('Corrections')}: ${verdictWords(impact.corrections, t)} ${t('Repeated errors')}: ${verdictWords(impact.repeated, t)}`,
    );
  }
  parts.push(`## ${t('How this is counted')}`, ...method(t));
  parts.push(`## ${t('Which memories were used')}`, usageTable(usage, time, t));
  return `${parts.join('\n\n')}\n`;
}

function inWords({ sessions, prompts, corrections, repeated }: ImpactGroup, t: Translate): string {
  return t(
    '{0} sessions with {1} prompts, {2} corrections and {3} repeated errors',
    sessions,
    prompts,
    corrections?.count ?? 0,
    repeated?.count ?? 0,
  );
}

/** One column for each time: as rows, the ranges would not fit beside each other in an editor. */
function comparison({ before, after, without }: Impact, t: Translate): string {
  const groups: readonly (readonly [string, ImpactGroup])[] = [
    [t('before'), before],
    [t('since, with memory'), after],
    ...(without.sessions === 0 ? [] : [[t('since, without'), without] as const]),
  ];
  const columns: readonly Column[] = [{ head: '' }, ...groups.map(([head]): Column => ({ head, side: 'right' }))];
  const row = (label: string, say: (group: ImpactGroup) => string): readonly string[] => [
    label,
    ...groups.map(([, group]) => say(group)),
  ];
  return textTable(columns, [
    row(t('sessions'), ({ sessions }) => String(sessions)),
    row(t('prompts'), ({ prompts }) => String(prompts)),
    row(t('corrections'), ({ corrections }) => String(corrections?.count ?? 0)),
    row(t('per 100 prompts'), ({ corrections }) => rateWords(corrections, t)),
    row(t('repeated errors'), ({ repeated }) => String(repeated?.count ?? 0)),
    row(t('per 100 prompts'), ({ repeated }) => rateWords(repeated, t)),
  ]);
}

function rateWords(rate: Rate | undefined, t: Translate): string {
  if (rate === undefined) return '–';
  return t('{0} ({1} to {2})', rate.per100.toFixed(1), rate.low.toFixed(1), rate.high.toFixed(1));
}

function verdictWords(verdict: Verdict, t: Translate): string {
  switch (verdict) {
    case 'fewer':
      return t('clearly fewer than before.');
    case 'more':
      return t('clearly more than before.');
    case 'no-clear-difference':
      return t('no difference that could not be chance.');
    case 'too-few':
      return t(
        'too few sessions to say anything ({0} with {1} prompts are needed on each side).',
        ENOUGH.sessions,
        ENOUGH.prompts,
      );
  }
}

function method(t: Translate): readonly string[] {
  return [
    t(
      'A correction is a prompt that reads like one. An error counts as repeated if a session of the 30 days before ran into the same trouble with the environment: a missing tool, a port in use, a wrong command; defects of the code do not count.',
    ),
    t(
      'In parentheses: between which numbers the true one lies in 19 of 20 such samples, if prompts were independent of each other. They are not quite: prompts of one session go together, so the true range is wider.',
    ),
    t('Other things change over time, too: tasks, models, people. This shows a difference, not its cause.'),
  ];
}

function usageTable(usage: ImpactReportInput['usage'], time: (iso: string) => string, t: Translate): string {
  if (usage.size === 0) return t('No captured session has loaded or opened any of them yet.');
  const columns: readonly Column[] = [
    { head: t('memory') },
    { head: t('loaded'), side: 'right' },
    { head: t('opened'), side: 'right' },
    { head: t('named'), side: 'right' },
    { head: t('went well'), side: 'right' },
    { head: t('corrected'), side: 'right' },
    { head: t('last loaded') },
  ];
  const used = ({ read, cited }: MemoryUsage): number => read + cited;
  const all = [...usage].sort(
    ([a, one], [b, two]) => used(two) - used(one) || two.loaded - one.loaded || (a < b ? -1 : 1),
  );
  const rows = all
    .slice(0, MOST_ROWS)
    .map(([path, one]) => [
      path,
      ...[one.loaded, one.read, one.cited, one.success, one.corrected].map(String),
      one.lastLoadedAt === undefined ? '' : time(one.lastLoadedAt),
    ]);
  const more = all.length > MOST_ROWS ? `\n\n${t('and {0} more', all.length - MOST_ROWS)}` : '';
  return textTable(columns, rows) + more;
}

function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 100);
}
