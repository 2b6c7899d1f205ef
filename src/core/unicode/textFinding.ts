/** What is wrong with a place of a text. */
export type FindingKind =
  | 'invisible'
  | 'direction'
  | 'tag'
  | 'selector'
  | 'private-use'
  | 'noncharacter'
  | 'control'
  | 'terminal'
  | 'separator'
  | 'look-alike'
  | 'stacked'
  | 'blank-wall'
  | 'hidden-html'
  | 'hidden-markdown'
  | 'link'
  | 'turn';

/** A place in a text that hides something from a reader, speaks for somebody else, or would act when it is clicked. */
export interface TextFinding {
  readonly kind: FindingKind;
  /** 0-based; lines end as in an editor: CR LF, LF or CR. */
  readonly line: number;
  /** 0-based UTF-16 offset in the line. */
  readonly column: number;
  /** UTF-16 offset in the text, and how many units belong to the finding. */
  readonly offset: number;
  readonly length: number;
  /** The characters in question, like `U+202E`, each once, at most eight; empty where the words are the problem. */
  readonly codePoints: readonly string[];
  /** How many characters those are; 0 where the words are the problem. */
  readonly count: number;
  /** What it is, for a person: part of a sentence. */
  readonly words: string;
}

/** A finding before its line is known. */
export type FoundSpan = Omit<TextFinding, 'line' | 'column'>;

const MAX_NAMED = 8;

/** Like `U+00AD`. */
export function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The distinct characters of a string by name, at most eight. */
export function codePointsOf(characters: Iterable<string>): readonly string[] {
  const names = new Set<string>();
  for (const character of characters) {
    names.add(codePointName(character.codePointAt(0) ?? 0));
    if (names.size === MAX_NAMED) break;
  }
  return [...names];
}

/** A finding about words instead of single characters. */
export function wordSpan(
  kind: FindingKind,
  at: { readonly offset: number; readonly length: number },
  words: string,
): FoundSpan {
  return { kind, offset: at.offset, length: at.length, codePoints: [], count: 0, words };
}
