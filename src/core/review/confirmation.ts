import { addedLines } from '../trust/addedText';
import { findRisks } from '../trust/risk';
import { isQuarantined } from '../trust/trustOf';
import { needsConfirmation } from '../trust/warnings';
import type { Change, Warning } from './proposal';

/**
 * What a person is asked about on its own before this change is accepted. A proposal is a file that anybody can edit:
 * its trust and its texts are looked at again, not only the warnings that it lists.
 */
export function askedAbout(change: Change): readonly Warning[] {
  const asked = change.warnings.filter(needsConfirmation);
  const has = (kind: Warning['kind']): boolean => asked.some((warning) => warning.kind === kind);
  const again: Warning[] = [];
  if (isQuarantined(change.trust) && !has('quarantined'))
    again.push({ kind: 'quarantined', message: `It rests on ${change.trust} text.` });
  const added = change.files.filter(({ from }) => from === undefined).map(addedLines);
  for (const { kind, reason } of findRisks(added.join('\n'))) if (!has(kind)) again.push({ kind, message: reason });
  return [...asked, ...again];
}

/**
 * The yes of a person to what they were asked, in the words that the journal keeps; undefined where nothing is asked. An
 * accept has to bring exactly these words, so that a yes to one reason is none to another that came later.
 */
export function confirmationOf(change: Change): string | undefined {
  const kinds = [...new Set(askedAbout(change).map(({ kind }) => kind))];
  return kinds.length === 0 ? undefined : `Confirmed: ${kinds.join(', ')}`;
}
