import { activeLinks } from './activeLinks';
import { hiddenCharacters } from './characters';
import { maskCode } from './codeMask';
import { fakeTurns } from './fakeTurns';
import { hidingGaps } from './gaps';
import { hiddenHtml } from './hiddenHtml';
import { hiddenMarkdown } from './hiddenMarkdown';
import { lookAlikes } from './lookAlikes';
import type { FindingKind, FoundSpan, TextFinding } from './textFinding';

const DEFAULT_LIMIT = 200;
/** Texts beyond this are no memories; what is not looked at is not let in either (`newFindings`). UTF-16 units. */
const MAX_INSPECTED = 4_000_000;

/** Findings that stand for characters which a reader does not see at all. */
const CHARACTER_KINDS: ReadonlySet<FindingKind> = new Set([
  'invisible',
  'direction',
  'tag',
  'selector',
  'private-use',
  'noncharacter',
  'control',
  'terminal',
  'separator',
]);

/** True if the finding is about characters that are not seen, not about words. */
export function isHiddenCharacter({ kind }: TextFinding): boolean {
  return CHARACTER_KINDS.has(kind);
}

/**
 * Every place of a Markdown text that hides something, poses as something else, or would act: in order, at most `limit`
 * of each sort. Text that is spelled with joiners, marks and selectors is left alone. Time grows with the length.
 */
export function inspectText(text: string, limit = DEFAULT_LIMIT): readonly TextFinding[] {
  const inspected = text.slice(0, MAX_INSPECTED);
  const found = [...hiddenCharacters(inspected, limit), ...inspectWords(inspected, limit)];
  return place(inspected, found);
}

/** Like `inspectText`, for characters alone: for text that is shown and not stored. */
export function inspectCharacters(text: string, limit = DEFAULT_LIMIT): readonly TextFinding[] {
  const inspected = text.slice(0, MAX_INSPECTED);
  return place(inspected, hiddenCharacters(inspected, limit));
}

function inspectWords(text: string, limit: number): readonly FoundSpan[] {
  const withoutSpans = maskCode(text, 'inline');
  const withoutCode = maskCode(text, 'all');
  return [
    ...lookAlikes(text, limit),
    ...hidingGaps(text, limit),
    ...fakeTurns(withoutSpans, limit),
    ...hiddenHtml(withoutCode, limit),
    ...hiddenMarkdown(withoutCode, limit),
    ...activeLinks(withoutCode, limit),
  ];
}

/** Puts findings in order and gives each its line. */
function place(text: string, found: readonly FoundSpan[]): readonly TextFinding[] {
  if (found.length === 0) return [];
  const ordered = [...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const ends = /\r\n|\r|\n/gu;
  let [line, lineStart] = [0, 0];
  let end = ends.exec(text);
  return ordered.map((span) => {
    while (end !== null && end.index + end[0].length <= span.offset) {
      line += 1;
      lineStart = end.index + end[0].length;
      end = ends.exec(text);
    }
    return { ...span, line, column: span.offset - lineStart };
  });
}

/**
 * The findings of a text that were not in it before: what was there stays, what is written anew must be clean. A finding
 * is the same if its kind, its words and the line around it are. Text too long to inspect is a finding itself.
 */
export function newFindings(before: string, after: string): readonly TextFinding[] {
  if (after.length > MAX_INSPECTED) {
    return place(after, [
      {
        kind: 'blank-wall',
        offset: MAX_INSPECTED,
        length: 0,
        codePoints: [],
        count: 0,
        words: 'more text than can be checked',
      },
    ]);
  }
  const found = inspectText(after);
  if (found.length === 0) return [];
  const known = new Map<string, number>();
  for (const finding of inspectText(before)) {
    const key = keyOf(before, finding);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return found.filter((finding) => {
    const key = keyOf(after, finding);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
}

const MAX_KEY = 400;

function keyOf(text: string, { kind, words, offset, length, column }: TextFinding): string {
  const start = offset - Math.min(column, MAX_KEY);
  const rest = text.slice(offset + length, offset + length + MAX_KEY);
  const lineEnd = rest.search(/[\r\n]/u);
  const end = offset + length + (lineEnd === -1 ? rest.length : lineEnd);
  return [kind, words, text.slice(start, end)].join('\0');
}
