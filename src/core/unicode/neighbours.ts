/** An unseen character with what stands around it. */
export interface Neighbours {
  readonly text: string;
  readonly offset: number;
  readonly code: number;
  /** The code point before and after, '' at an end of the text. */
  readonly before: string;
  readonly after: string;
}

/** Reads the surroundings of the character that starts at an offset. */
export function neighboursOf(text: string, offset: number, character: string): Neighbours {
  return {
    text,
    offset,
    code: character.codePointAt(0) ?? 0,
    before: characterBefore(text, offset),
    after: characterAt(text, offset + character.length),
  };
}

function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The code point that ends at an offset, '' at the start of the text. */
export function characterBefore(text: string, offset: number): string {
  if (offset <= 0) return '';
  const low = text.charCodeAt(offset - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && offset >= 2;
  const whole = pair ? text.codePointAt(offset - 2) : undefined;
  return whole !== undefined && whole > 0xffff ? String.fromCodePoint(whole) : text.charAt(offset - 1);
}
