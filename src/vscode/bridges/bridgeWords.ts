import type { BridgeId, LeftOut } from '../../core/bridges/bridge';
import type { Conflict, ExportPlan, Refusal } from '../../core/bridges/planExport';
import type { DirectOutcome } from '../../core/dream/direct';
import { plainWords } from '../plainWords';
import { fileCount, memoryCount } from '../counts';
import type { Translate } from '../translate';

const MOST_LINES = 12;

/** What a tool's memory is called. */
export function bridgeName(id: BridgeId, t: Translate): string {
  switch (id) {
    case 'claude-memory':
      return t("Claude Code's Auto Memory");
    case 'claude-md':
      return 'CLAUDE.md';
    case 'agents-md':
      return 'AGENTS.md';
    case 'copilot':
      return t('Copilot Instructions');
    case 'cursor':
      return t('Cursor Rules');
    case 'windsurf':
      return t('Windsurf Rules');
    case 'codex':
      return t('Codex Memories');
  }
}

/** Why a file is left alone, and what to do about it. */
export function refusalWords({ path, reason, line = 0 }: Refusal, t: Translate): string {
  const name = plainWords(path);
  switch (reason) {
    case 'missing':
      return t(
        'There is no {0}, and none is made for you: Claude Code reads AGENTS.md as long as there is none. Export to AGENTS.md instead.',
        name,
      );
    case 'torn':
      return t(
        '{0} has half a block of Agent Dreams in line {1}. Complete it or remove the line, then try again.',
        name,
        line,
      );
    case 'twice':
      return t('{0} has a second block of Agent Dreams in line {1}. Remove one of them, then try again.', name, line);
    case 'newer':
      return t('{0} was written by a newer version of Agent Dreams. Update this one, then try again.', name);
    case 'symlink':
    case 'hard-link':
      return t('{0} is a link. Export to the file that it leads to instead.', name);
    case 'read-only':
      return t('{0} cannot be written to. Change its permissions, then try again.', name);
    case 'not-utf8':
      return t('{0} is not UTF-8. Save it as UTF-8, then try again.', name);
    case 'too-large':
      return t('{0} is too large to be edited.', name);
    case 'not-a-file':
      return t('Something that is no file stands at {0}.', name);
    case 'unreadable':
      return t('{0} cannot be read.', name);
  }
}

/** That a file was not made by us, or is no longer as we made it. */
export function conflictWords({ path, kind }: Conflict, t: Translate): string {
  return kind === 'edited'
    ? t('{0} was changed by hand since the last export, and stays as it is.', plainWords(path))
    : t('{0} was written by somebody else, and stays as it is. Rename it to export there.', plainWords(path));
}

/** In one line, what an export would do. */
export function planWords({ files, conflicts, refusals, told }: ExportPlan, t: Translate): string {
  if (refusals.length + conflicts.length > 0 && files.length === 0)
    return conflicts.length > 0 ? t('changed by hand') : t('not possible');
  if (files.length === 0) return told.length > 0 ? t('up to date') : t('nothing to tell');
  return `${memoryCount(told.length, t)}, ${fileCount(files.length, t)}`;
}

/** The memories that are left out, and why, one line each. */
export function leftOutWords(out: readonly LeftOut[], t: Translate): string {
  const lines = out.slice(0, MOST_LINES).map((one) => `• ${plainWords(one.path)}: ${reasonWords(one, t)}`);
  return [...lines, ...(out.length > MOST_LINES ? [t('… and {0} more', out.length - MOST_LINES)] : [])].join('\n');
}

function reasonWords({ reason, said = '' }: LeftOut, t: Translate): string {
  switch (reason) {
    case 'not-team':
      return t('personal or archived');
    case 'one-agent':
      return t('for one agent only');
    case 'secret':
      return t('it looks as if it held a secret');
    case 'hidden':
      return t('it hides something');
    case 'glob':
      return t('its paths cannot be written there');
    case 'said-already':
      return t('{0} says it already', plainWords(said));
    case 'says-otherwise':
      return t('the file says otherwise: “{0}”', plainWords(said));
  }
}

/** What became of an import, in one or two sentences. */
export function importWords(outcomes: readonly DirectOutcome[], t: Translate): string {
  const count = (kind: DirectOutcome['kind']): number => outcomes.filter((one) => one.kind === kind).length;
  const proposed = count('proposed');
  const words = [
    proposed === 0 ? t('Nothing new was found.') : t('{0} changes wait for your review.', proposed),
    ...(count('pending') > 0 ? [t('{0} wait already.', count('pending'))] : []),
    ...(count('known') > 0 ? [t('{0} are remembered already.', count('known'))] : []),
    ...(count('rejected') > 0 ? [t('{0} were rejected before.', count('rejected'))] : []),
    ...(count('refused') > 0 ? [t('{0} could not be proposed.', count('refused'))] : []),
  ];
  return words.join(' ');
}
