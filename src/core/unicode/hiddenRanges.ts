import type { FindingKind } from './textFinding';

type Range = readonly [first: number, last: number, kind: FindingKind, words: string];

/** Characters with no picture of their own, from the Unicode character database; what is not listed has no entry. */
const RANGES: readonly Range[] = [
  [0x00, 0x1f, 'control', 'control character'],
  [0x7f, 0x9f, 'control', 'control character'],
  [0xad, 0xad, 'invisible', 'soft hyphen'],
  [0x34f, 0x34f, 'invisible', 'combining grapheme joiner'],
  [0x61c, 0x61c, 'direction', 'direction mark'],
  [0x115f, 0x1160, 'invisible', 'Hangul filler'],
  [0x1680, 0x1680, 'invisible', 'Ogham space mark'],
  [0x17b4, 0x17b5, 'invisible', 'invisible Khmer vowel'],
  [0x180b, 0x180d, 'selector', 'Mongolian variation selector'],
  [0x180e, 0x180e, 'invisible', 'Mongolian vowel separator'],
  [0x180f, 0x180f, 'selector', 'Mongolian variation selector'],
  [0x200b, 0x200b, 'invisible', 'zero-width space'],
  [0x200c, 0x200c, 'invisible', 'zero-width non-joiner'],
  [0x200d, 0x200d, 'invisible', 'zero-width joiner'],
  [0x200e, 0x200f, 'direction', 'direction mark'],
  [0x2028, 0x2028, 'separator', 'line separator'],
  [0x2029, 0x2029, 'separator', 'paragraph separator'],
  [0x202a, 0x202b, 'direction', 'direction embedding'],
  [0x202c, 0x202c, 'direction', 'end of a direction'],
  [0x202d, 0x202e, 'direction', 'direction override'],
  [0x2060, 0x2060, 'invisible', 'word joiner'],
  [0x2061, 0x2064, 'invisible', 'invisible operator'],
  [0x2066, 0x2068, 'direction', 'direction isolate'],
  [0x2069, 0x2069, 'direction', 'end of a direction'],
  [0x206a, 0x206f, 'invisible', 'deprecated format character'],
  [0x2800, 0x2800, 'invisible', 'blank Braille pattern'],
  [0x3164, 0x3164, 'invisible', 'Hangul filler'],
  [0xd800, 0xdfff, 'noncharacter', 'half of a character'],
  [0xe000, 0xf8ff, 'private-use', 'private-use character'],
  [0xfe00, 0xfe0f, 'selector', 'variation selector'],
  [0xfeff, 0xfeff, 'invisible', 'byte order mark'],
  [0xffa0, 0xffa0, 'invisible', 'Hangul filler'],
  [0xfff9, 0xfffb, 'invisible', 'interlinear annotation'],
  [0xfffc, 0xfffc, 'invisible', 'object replacement character'],
  [0x1d173, 0x1d17a, 'invisible', 'musical format character'],
  [0xe0000, 0xe007f, 'tag', 'tag character'],
  [0xe0100, 0xe01ef, 'selector', 'variation selector'],
  [0xf0000, 0xffffd, 'private-use', 'private-use character'],
  [0x100000, 0x10fffd, 'private-use', 'private-use character'],
];

const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;

/** What kind of hidden character this is; one that no table names is invisible by its Unicode property. */
export function describeHidden(code: number): { readonly kind: FindingKind; readonly words: string } {
  const range = RANGES.find(([first, last]) => code >= first && code <= last);
  if (range !== undefined) return { kind: range[2], words: range[3] };
  if (NONCHARACTER.test(String.fromCodePoint(code))) return { kind: 'noncharacter', words: 'noncharacter' };
  return { kind: 'invisible', words: 'invisible character' };
}

/**
 * Every character that a reader may not see, legitimate or not: controls but tab and line ends, format characters but
 * the visible signs of Arabic, Syriac and Kaithi numbers, what Unicode says to ignore, private use, halves of characters.
 */
const VISIBLE_FORMAT = String.raw`\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1345f}`;
const UNSEEN = [
  String.raw`[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`,
  String.raw`[\p{Noncharacter_Code_Point}\u1680\u2800\ufff9-\ufffc]`,
  String.raw`\r(?!\n)`,
  String.raw`(?![${VISIBLE_FORMAT}])\p{Cf}`,
].join('|');

/** A fresh matcher of all unseen characters, one code point each. */
export function unseenCharacters(): RegExp {
  return new RegExp(UNSEEN, 'gu');
}
