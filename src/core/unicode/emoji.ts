/** A part of a text: UTF-16 offsets, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Joined pictures, also ones newer than any table: picture, selector or skin, joiner, picture … */
const JOINED =
  /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?){1,8}/gu;
/** A picture or text presentation that was asked for, and keycaps. */
const PRESENTED = /(?:[0-9#*]\uFE0F?\u20E3)|(?:(?![0-9#*])\p{Emoji}(?:\uFE0E|\uFE0F))/gu;
/** Black flag, a region, its part, and the end. */
const SUBDIVISION = /\u{1F3F4}([\u{E0061}-\u{E007A}]{2})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,3}\u{E007F}/gu;
// The v flag is too new for a literal at our compile target; every engine we run in has it.
const REGION_FLAG = new RegExp(String.raw`^\p{RGI_Emoji_Flag_Sequence}$`, 'v');
const HAS_PARTS = /\u200D|\u20E3|\uFE0E|\uFE0F|[\u{E0020}-\u{E007F}]/u;

/** England, Scotland and Wales, the subdivisions with a picture everywhere. */
const COMMON_FLAGS: ReadonlySet<string> = new Set(['gbeng', 'gbsct', 'gbwls'].map(asTags));

/** A subdivision whose flag no vendor draws looks like any other black flag: more than these are a hiding place. */
const MAX_RARE_FLAGS = 2;

function asTags(letters: string): string {
  return Array.from(letters, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}

function isRegion(tags: string): boolean {
  const flag = Array.from(tags, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0061 + 0x1f1e6)).join('');
  return REGION_FLAG.test(flag);
}

function spans(text: string, pattern: RegExp): readonly Span[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function flagSpans(text: string): readonly Span[] {
  const found: Span[] = [];
  let rare = 0;
  for (const match of text.matchAll(SUBDIVISION)) {
    const [flag, region = ''] = match;
    const common = COMMON_FLAGS.has(flag.slice(2, -2));
    if (!common && (rare >= MAX_RARE_FLAGS || !isRegion(region))) continue;
    if (!common) rare += 1;
    found.push({ start: match.index, end: match.index + flag.length });
  }
  return found;
}

/** Emoji of a text that hold joiners, selectors or tags legitimately, in order; they may overlap. */
export function emojiSpans(text: string): readonly Span[] {
  if (!HAS_PARTS.test(text)) return [];
  const found = [...spans(text, JOINED), ...spans(text, PRESENTED), ...flagSpans(text)];
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
