import type { DoctorFacts } from '../../core/doctor/facts';
import { CHECKS, type DoctorFinding, type Severity } from '../../core/doctor/finding';
import type { Translate } from '../translate';
import { checkName } from './checkWords';
import { findingWords } from './findingWords';
import { stateWords } from './healthWords';

/** What was looked at in one folder, and what was found. */
export interface Checked {
  readonly name: string;
  readonly facts: DoctorFacts;
  readonly findings: readonly DoctorFinding[];
}

interface Words {
  readonly t: Translate;
  readonly time: (iso: string) => string;
}

/** The report as plain Markdown. Words from files are inside code spans or on one line; nothing in it is a link. */
export function doctorReport(checked: readonly Checked[], words: Words): string {
  const { t } = words;
  return [`# ${t('Memory Setup')}`, '', ...checked.flatMap((one) => folderPart(one, words)), ''].join('\n');
}

function folderPart({ name, facts, findings }: Checked, words: Words): readonly string[] {
  const { t, time } = words;
  const bad = new Set(findings.flatMap(({ check, about }) => [check, ...String(about['checks'] ?? '').split(' ')]));
  const good = CHECKS.filter((check) => !bad.has(check)).map((check) => {
    const state = plain(stateWords(check, facts, words));
    return `- ✓ **${checkName(check, t)}**${state === '' ? '' : `: ${state}`}`;
  });
  return [
    `## ${plain(name)}`,
    '',
    t('Checked {0}.', time(new Date(facts.now).toISOString())),
    '',
    ...(findings.length === 0
      ? [t('Everything is as it should be.'), '']
      : findings.flatMap((one) => findingPart(one, t))),
    `### ${t('As it should be')}`,
    '',
    ...good,
    '',
  ];
}

function findingPart(finding: DoctorFinding, t: Translate): readonly string[] {
  const { title, meaning, todo } = findingWords(finding, t);
  return [`### ${severityWord(finding.severity, t)}: ${plain(title)}`, '', plain(meaning), '', plain(todo), ''];
}

/** How grave a finding is, in a word. */
export function severityWord(severity: Severity, t: Translate): string {
  switch (severity) {
    case 'problem':
      return t('Problem');
    case 'warning':
      return t('Warning');
    case 'unknown':
      return t('Not looked at');
    case 'note':
      return t('Note');
  }
}

/** One line without anything that Markdown makes something of. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/[\\`*_[\]<>#|]/gu, (mark) => `\\${mark}`)
    .slice(0, 2_000);
}
