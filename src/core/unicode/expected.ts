import { characterBefore, type Neighbours } from './neighbours';
import { directionExpected } from './direction';

/** Scripts whose letters join: their spelling needs joiners between any letters, and beside Latin words. */
const CURSIVE =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Sogdian}]/u;
/** Signs that silence a vowel: joiners stand after (or, for a few forms, before) one of them. */
const VIRAMA =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u1039\u103A\u1714\u1B44\u1BAA\u1BAB\uA806\uA8C4\uA953\uA9C0\uAAF6\uABED\u{11046}\u{110B9}\u{11133}\u{111C0}\u{11235}\u{1134D}\u{11442}\u{114C2}\u{115BF}]/u;
const BRAHMIC =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Javanese}\p{Script=Balinese}]/u;
/** Scripts written without spaces, where a zero-width space marks the end of a word. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}]/u;
const JAMO = /[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]/u;
const MONGOLIAN = /[\p{Script=Mongolian}\u180B-\u180F]/u;
const HAN = /[\p{Unified_Ideograph}\p{Script=Han}]/u;
const SELECTABLE = /[\p{Sm}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}\u3001-\u303F\uFF01-\uFF65]/u;
const BRAILLE = /[\u2800-\u28FF]/u;
const HEBREW_MARK = /[\u0591-\u05C7]/u;
const MUSIC = /[\u{1D100}-\u{1D172}\u{1D17B}-\u{1D1FF}]/u;
const VISIBLE = /[\p{L}\p{M}\p{N}]/u;
const LETTER_OR_PRIVATE = /[\p{L}\p{N}\p{Co}]/u;
/** Glyphs of prompts and status lines (branch, lock, arrows), which fonts of terminals draw. */
const PROMPT_GLYPHS = [0xe0a0, 0xe0d7] as const;

type Rule = (place: Neighbours) => boolean;

/** Where each unseen character is expected; what is not listed is expected nowhere. */
const RULES: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [0x034f, ({ before, after }) => HEBREW_MARK.test(before) && HEBREW_MARK.test(after)],
  [0x115f, ({ after }) => JAMO.test(after)],
  [0x1160, ({ before, after }) => JAMO.test(before) && (JAMO.test(after) || before !== '\u115F')],
  [0x180e, ({ before }) => MONGOLIAN.test(before)],
  [0x200b, ({ before, after }) => UNSPACED.test(before) && UNSPACED.test(after)],
  [0x200c, joinerExpected],
  [0x200d, joinerExpected],
  [0x2800, ({ before, after }) => BRAILLE.test(before) || (BRAILLE.test(after) && after !== '\u2800')],
  [0xfeff, ({ offset }) => offset === 0],
]);

type RangeRule = readonly [first: number, last: number, rule: Rule];

const RANGE_RULES: readonly RangeRule[] = [
  [0x061c, 0x061c, directionExpected],
  [0x180b, 0x180d, ({ before }) => MONGOLIAN.test(before)],
  [0x180f, 0x180f, ({ before }) => MONGOLIAN.test(before)],
  [0x200e, 0x200f, directionExpected],
  [0x2066, 0x2069, directionExpected],
  [...PROMPT_GLYPHS, ({ before, after }) => !LETTER_OR_PRIVATE.test(before) && !LETTER_OR_PRIVATE.test(after)],
  [0xfe00, 0xfe02, ({ before }) => HAN.test(before) || SELECTABLE.test(before)],
  [0x1d173, 0x1d17a, ({ before, after }) => MUSIC.test(before) || MUSIC.test(after)],
  // Registered ideographic variations use the first few selectors; the other two hundred are room for bytes.
  [0xe0100, 0xe011f, ideographSelected],
];

/** True where a character that nobody sees belongs to the spelling of what stands around it. */
export function isExpected(place: Neighbours): boolean {
  const rule =
    RULES.get(place.code) ?? RANGE_RULES.find(([first, last]) => place.code >= first && place.code <= last)?.[2];
  return rule?.(place) ?? false;
}

function joinerExpected({ before, after }: Neighbours): boolean {
  if (CURSIVE.test(before)) return !isJoiner(after);
  if (CURSIVE.test(after)) return VISIBLE.test(before);
  if (VIRAMA.test(before)) return !isJoiner(after);
  return BRAHMIC.test(before) && VIRAMA.test(after);
}

function isJoiner(character: string): boolean {
  return character === '\u200C' || character === '\u200D';
}

/** One selector after an ideograph; not one after each of a row of them, which spells something else. */
function ideographSelected({ text, offset, before }: Neighbours): boolean {
  if (!HAN.test(before)) return false;
  let [at, row] = [offset, 1];
  while (row <= MAX_SELECTED_ROW) {
    const beforeIdeograph = at - characterBefore(text, at).length;
    const selector = characterBefore(text, beforeIdeograph);
    const code = selector.codePointAt(0) ?? 0;
    if (code < 0xe0100 || code > 0xe01ef) return true;
    at = beforeIdeograph - selector.length;
    row += 1;
  }
  return false;
}

const MAX_SELECTED_ROW = 3;
