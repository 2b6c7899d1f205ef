import { compareText, isStopWord, oneSpace, words } from '../text/words';
import type { QuoteEvidence } from '../finding';

export const MAX_DESCRIPTION = 110;
const MAX_TITLE = 72;
const MAX_SLUG_WORDS = 6;
/** Words that turn a rule round: a file name without them would say the opposite. */
const NEGATIONS: ReadonlySet<string> = new Set(
  'no nie niemals nicht kein keine keinen nunca jamas jamás jamais pas não nao without except unless'.split(' '),
);

/** The rule as one sentence: first letter large, one space between words, a full stop at the end. */
export function asRule(text: string): string {
  const flat = oneSpace(text)
    .replace(/^[\s#>*•–—:,;-]{1,8}/u, '')
    .replace(/[\s,;:–—-]{1,8}$/u, '');
  const first = flat.slice(0, 1);
  const capital = /^`/u.test(flat) ? flat : first.toUpperCase() + flat.slice(1);
  return /[.!?。！？…]$/u.test(capital)
    ? capital
    : capital + (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(capital) ? '。' : '.');
}

/** The rule on one line of the index, cut between words if it must be. */
export function asDescription(rule: string): string {
  return shorten(rule.replace(/[.。]$/u, ''), MAX_DESCRIPTION);
}

/** What a person calls it in a list. */
export function asTitle(rule: string): string {
  return shorten(rule.replace(/[.。]$/u, ''), MAX_TITLE);
}

/** Topic words for a file name, at most six, in order of appearance; empty if the text has none in Latin script. */
export function topicWords(rule: string): readonly string[] {
  const seen = new Set<string>();
  for (const word of words(rule)) {
    const plain = word
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-+|-+$/gu, '');
    if (plain.length > 1 && !isStopWord(word)) seen.add(plain);
    if (word === 'never') seen.add('never');
    if (NEGATIONS.has(word)) seen.add(plain);
    if (word === 'not' || word === 'dont' || word === 'instead' || word === 'statt') seen.add('not');
    if (word === 'do' && /^\W{0,3}do not\b/iu.test(rule)) seen.add('do');
  }
  return [...seen].slice(0, MAX_SLUG_WORDS);
}

/** "**Why:**" with the user's words, newest statement first if there are several. */
export function whyQuoted(quotes: readonly QuoteEvidence[]): string {
  const newest = [...quotes].sort((a, b) => compareText(b.at, a.at) || compareText(a.entry, b.entry))[0];
  if (newest === undefined) return '';
  const day = newest.at.slice(0, 10);
  return `**Why:** The user said${day === '' ? '' : ` on ${day}`}: “${oneSpace(newest.quote)}”`;
}

function shorten(text: string, limit: number): string {
  const flat = oneSpace(text);
  if (flat.length <= limit) return flat;
  const cut = flat.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return (space > limit / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–—-]{1,40}$/u, '') + '…';
}
