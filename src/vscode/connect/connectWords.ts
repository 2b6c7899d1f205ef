import type { ConnectPlan } from '../../node/claude/connection';
import type { Translate } from '../translate';

/** Why a file is left alone, and what to do. */
export function refusalWords({ path, reason }: ConnectPlan['refusals'][number], t: Translate): string {
  return `${path}: ${reasonWords(reason, t)}`;
}

function reasonWords(reason: ConnectPlan['refusals'][number]['reason'], t: Translate): string {
  switch (reason) {
    case 'not-json':
      return t('this is no valid JSON. Correct it, then try again.');
    case 'not-an-object':
    case 'wrong-shape':
      return t('it is not built as Claude Code wants its settings. Correct it, then try again.');
    case 'twice':
      return t('a key stands in it twice. Remove one of them, then try again.');
    case 'symlink':
    case 'hard-link':
      return t('it is a link, or below one. Replace it by a file of its own, or add the hooks where it leads to.');
    case 'read-only':
      return t('it may not be written. Make it writable, then try again.');
    case 'too-large':
      return t('it is larger than 1 MB.');
    case 'not-utf8':
      return t('it is not UTF-8 text. Save it as UTF-8, then try again.');
    case 'not-a-file':
      return t('something else stands in its place.');
    case 'unreadable':
      return t('it cannot be read.');
    case 'not-ours':
      return t('a file of yours stands where a rule would be written. Rename it, then try again.');
    case 'not-there':
      return t('there is no such file, and none is made: it would keep Claude Code from reading AGENTS.md.');
  }
}

/** What to know before saying yes. */
export function warningWords({ path, kind }: ConnectPlan['warnings'][number], t: Translate): string {
  return kind === 'not-plain-json'
    ? t('{0} holds comments or trailing commas: Claude Code ignores such a file as a whole. Take them out first.', path)
    : t('Git tracks {0}: the change will show, and may be committed.', path);
}

interface PlanWords {
  readonly t: Translate;
  /** A path as a person reads it. */
  readonly name: (path: string) => string;
}

/** The files of a plan and what happens to each, one a line. */
export function planLines(plan: ConnectPlan, { t, name }: PlanWords): readonly string[] {
  return plan.files.map(({ path, before, after }) => {
    if (before === null) return t('{0} is made', name(path));
    return after === null ? t('{0} is removed', name(path)) : t('{0} is changed', name(path));
  });
}
