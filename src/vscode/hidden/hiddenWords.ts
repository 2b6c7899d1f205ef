import { isHiddenCharacter } from '../../core/unicode/inspectText';
import type { TextFinding } from '../../core/unicode/textFinding';
import type { Translate } from '../translate';

/** Words for a text that was refused because it hides something: where, and which character. */
export function hiddenWords(
  told: Readonly<Partial<Record<'path' | 'line' | 'codePoint' | 'words', string | number | boolean>>>,
  t: Translate,
): string {
  const what = [told.words, told.codePoint].map((part) => String(part ?? '')).filter((part) => part !== '');
  return t(
    'Line {0} of {1} hides something: {2}. Nothing was written. Remove it, then accept.',
    Number(told.line ?? 1),
    String(told.path ?? ''),
    what.join(' '),
  );
}

const MAX_NAMED = 4;

/** The title of the lens that counts what a text hides; undefined where it hides nothing. */
export function hiddenTitle(findings: readonly TextFinding[], t: Translate): string | undefined {
  const characters = findings.filter(isHiddenCharacter);
  const words = findings.filter((finding) => !isHiddenCharacter(finding));
  const count = characters.reduce((sum, finding) => sum + finding.count, 0);
  const names = [...new Set(characters.flatMap(({ codePoints }) => codePoints))];
  const named = names.length > MAX_NAMED ? `${names.slice(0, MAX_NAMED).join(', ')} …` : names.join(', ');
  const counted = count === 1 ? t('1 hidden character: {0}', named) : t('{0} hidden characters: {1}', count, named);
  const [first] = words;
  if (first === undefined) return count > 0 ? counted : undefined;
  const others = words.length - 1;
  const told = others === 0 ? first.words : t('{0} and {1} more', first.words, others);
  return count > 0 ? `${counted} · ${told}` : told;
}
