/** A character that a reviewer cannot see, or that changes the order of what is seen. */
export interface HiddenCharacter {
  /** 0-based. */
  readonly line: number;
  /** 0-based UTF-16 offset in the line. */
  readonly column: number;
  /** Like `U+202E`. */
  readonly codePoint: string;
  readonly name: 'direction' | 'invisible' | 'control' | 'tag';
}

type Range = readonly [first: number, last: number, name: HiddenCharacter['name']];

const HIDDEN: readonly Range[] = [
  [0x00, 0x08, 'control'],
  [0x0b, 0x0c, 'control'],
  [0x0e, 0x1f, 'control'],
  [0x7f, 0x9f, 'control'],
  [0xad, 0xad, 'invisible'],
  [0x34f, 0x34f, 'invisible'],
  [0x61c, 0x61c, 'direction'],
  [0x115f, 0x1160, 'invisible'],
  [0x17b4, 0x17b5, 'invisible'],
  [0x180b, 0x180f, 'invisible'],
  [0x200b, 0x200d, 'invisible'],
  [0x200e, 0x200f, 'direction'],
  [0x2028, 0x2029, 'invisible'],
  [0x202a, 0x202e, 'direction'],
  [0x2060, 0x2064, 'invisible'],
  [0x2066, 0x2069, 'direction'],
  [0x206a, 0x206f, 'invisible'],
  [0x3164, 0x3164, 'invisible'],
  [0xfeff, 0xfeff, 'invisible'],
  [0xffa0, 0xffa0, 'invisible'],
  [0xfff9, 0xfffb, 'invisible'],
  [0xe0000, 0xe0fff, 'tag'],
];

const JOINER = '\u200D';
const NON_JOINER = '\u200C';
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u;
/** Scripts whose spelling needs joiners. */
const JOINING_SCRIPT =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]/u;

/**
 * The hidden characters of a text, at most `limit`. Joiners inside emoji and inside scripts that are spelled with them
 * are not hidden. A BOM at the very start belongs to the file and is not reported.
 */
export function findHiddenCharacters(text: string, limit = 20): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [line, words] of lines.entries()) {
    const characters = Array.from(words);
    let column = 0;
    for (const [index, character] of characters.entries()) {
      const name = hiddenKind(character, characters[index - 1] ?? '', characters[index + 1] ?? '');
      if (name !== undefined) found.push({ line, column, codePoint: codePointOf(character), name });
      if (found.length >= limit) return found;
      column += character.length;
    }
  }
  return found;
}

function hiddenKind(character: string, before: string, after: string): HiddenCharacter['name'] | undefined {
  if (character === JOINER && EMOJI.test(before) && EMOJI.test(after)) return undefined;
  const joins = character === JOINER || character === NON_JOINER;
  if (joins && JOINING_SCRIPT.test(before) && (after === '' || JOINING_SCRIPT.test(after))) return undefined;
  const code = character.codePointAt(0) ?? 0;
  return HIDDEN.find(([first, last]) => code >= first && code <= last)?.[2];
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
