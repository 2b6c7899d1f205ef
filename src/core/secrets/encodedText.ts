import { createViewBuilder, type TextView, type ViewBuilder } from './textView';

const PERCENT = /(?:%[0-9A-Fa-f]{2}){1,4096}/g;
/** Shorter runs hold no secret worth finding and occur everywhere. */
const SHORTEST = 24;
/** Longer runs are pictures and archives; what they begin with tells. */
const LONGEST = 200_000;
const LEAST_DECODED = 12;
const MOST_ATTEMPTS = 6;
const MOST_FOREIGN = 2;
/** A secret and what gives it away have more letters of ASCII in a row; names read as base64 hardly ever do. */
const LEAST_ASCII = 8;
/** Lines of encoded text are broken at 64 or 76 characters; shorter lines end it. */
const FULL_LINE = 60;

const FOREIGN = /[^\t-~]/;

const OTHER = 255;
/** The digits of this value and above may separate words, too. */
const SEPARATORS = 62;
const SIXTY_TWO = '+-';
const SIXTY_THREE = '/_';

/** The value of each base64 digit, standard and url-safe; 255 for what is none. */
const DIGITS: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (code >= 128) return OTHER;
  const letter = String.fromCharCode(code);
  if (letter >= 'A' && letter <= 'Z') return code - 65;
  if (letter >= 'a' && letter <= 'z') return code - 71;
  if (letter >= '0' && letter <= '9') return code + 4;
  if (SIXTY_TWO.includes(letter)) return 62;
  return SIXTY_THREE.includes(letter) ? 63 : OTHER;
});

function digit(text: string, at: number): number {
  return at < text.length ? (DIGITS[text.charCodeAt(at)] ?? OTHER) : OTHER;
}

function isText(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** So many digits are looked at before a run is decoded: no run is shorter, and they hold no line break. */
const PROBE = 24;
const CONTROL = 100;
/** Per byte: 0 for text, 1 for what is foreign to it, `CONTROL` for what never occurs in it. */
const KINDS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0 || byte >= 0x80) return 1;
  return isText(byte) ? 0 : CONTROL;
});

/** How many bytes the digits from `from` to `to` give while they are text; 0 if that is none that holds a secret. */
function textLength(text: string, from: number, to: number): number {
  let bits = 0;
  let held = 0;
  let zeros = 0;
  let foreign = 0;
  let letters = 0;
  let row = 0;
  let longest = 0;
  for (let at = from; at < to; at += 1) {
    const value = DIGITS[text.charCodeAt(at)] ?? OTHER;
    if (value === OTHER) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    const kind = KINDS[byte] ?? 0;
    // UTF-16 text of ASCII letters has a zero in every second place.
    if (kind === CONTROL || zeros + kind > MOST_FOREIGN + letters - foreign) break;
    if (byte === 0) {
      zeros += 1;
      continue;
    }
    letters += 1;
    foreign += kind;
    row = kind === 0 ? row + 1 : 0;
    if (row > longest) longest = row;
  }
  const isText = letters >= LEAST_DECODED && zeros + foreign <= letters && longest >= LEAST_ASCII;
  return isText ? zeros + letters : 0;
}

/** The first `length` bytes that the digits at `from` stand for, without zeros. */
function decodeBase64(text: string, from: number, length: number): string {
  let decoded = '';
  let bits = 0;
  let held = 0;
  let left = length;
  for (let at = from; left > 0; at += 1) {
    const value = digit(text, at);
    if (value === OTHER) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    left -= 1;
    const byte = (held >> bits) & 0xff;
    if (byte !== 0) decoded += String.fromCharCode(byte);
  }
  return decoded;
}

/** Whether the first bytes that the digits at `from` stand for may be text. Foreign letters and zeros are let pass. */
function beginsText(text: string, from: number): boolean {
  let foreign = 0;
  for (let at = from; at < from + PROBE; at += 4) {
    const bits =
      ((DIGITS[text.charCodeAt(at)] ?? 0) << 18) |
      ((DIGITS[text.charCodeAt(at + 1)] ?? 0) << 12) |
      ((DIGITS[text.charCodeAt(at + 2)] ?? 0) << 6) |
      (DIGITS[text.charCodeAt(at + 3)] ?? 0);
    const kinds = (KINDS[bits >> 16] ?? 0) + (KINDS[(bits >> 8) & 0xff] ?? 0) + (KINDS[bits & 0xff] ?? 0);
    if (kinds >= CONTROL) return false;
    foreign += kinds;
  }
  return foreign <= PROBE / 2;
}

/** Where the run of base64 digits that goes on at `at` ends, line breaks between full lines included. */
function endOfRun(text: string, start: number): number {
  let lineStart = start;
  let at = start;
  for (;;) {
    while (digit(text, at) !== OTHER) at += 1;
    if (at - lineStart < FULL_LINE || at - start > LONGEST) return at;
    let next = at;
    if (text[next] === '\r') next += 1;
    if (text[next] !== '\n') return at;
    next += 1;
    while (next < at + 14 && (text[next] === ' ' || text[next] === '\t')) next += 1;
    if (digit(text, next) === OTHER) return at;
    lineStart = next;
    at = next;
  }
}

type DecodedRun = readonly [from: number, decoded: string];

/**
 * A path or a name may be glued to encoded text by a separator that is a digit, too. Read from a wrong place, some of it
 * looks like foreign letters: what is ASCII throughout is taken at once, else the longest.
 */
function decodeRun(text: string, flat: string, from: number, to: number): DecodedRun | undefined {
  let attempts = 0;
  let best: DecodedRun | undefined;
  for (let at = from; at + SHORTEST <= to && attempts < MOST_ATTEMPTS; at += 1) {
    if (at > from && (DIGITS[flat.charCodeAt(at - 1)] ?? OTHER) < SEPARATORS) continue;
    attempts += 1;
    if (!beginsText(text, at)) continue;
    const length = textLength(text, at, Math.min(to, at + LONGEST));
    if (length === 0) continue;
    const decoded = decodeBase64(text, at, length);
    if (best === undefined || decoded.length > best[1].length) best = [at, decoded];
    if (!FOREIGN.test(decoded.slice(0, LEAST_DECODED))) return [at, decoded];
  }
  return best;
}

/** Where the next run of at least `SHORTEST` digits begins; -1 if there is none. `text` may be in lower case. */
function nextRun(text: string, start: number): number {
  const last = text.length - SHORTEST;
  let from = start;
  while (from <= last) {
    // As in the search of Boyer and Moore: seen from its end, most of a text need not be looked at.
    let at = from + SHORTEST - 1;
    while (at >= from && DIGITS[text.charCodeAt(at)] !== OTHER) at -= 1;
    if (at < from) return from;
    from = at + 1;
  }
  return -1;
}

function withPadding(text: string, end: number): number {
  if (text[end] !== '=') return end;
  return text[end + 1] === '=' ? end + 2 : end + 1;
}

/**
 * What the runs of base64 in a text say, a line each; each line maps back to its run as a whole. One pass: what is
 * encoded twice stays so. undefined if there is none. `flat` is a copy of the text, perhaps with its ASCII
 * letters in lower case, that can be read faster than a slice.
 */
export function decodedBase64(source: TextView, flat = source.text): TextView | undefined {
  const { text } = source;
  let view: ViewBuilder | undefined;
  for (let from = nextRun(flat, 0); from >= 0;) {
    const to = endOfRun(flat, from);
    const run = decodeRun(text, flat, from, to);
    if (run !== undefined) {
      view ??= createViewBuilder(source);
      view.replace(run[0], withPadding(text, to), `${run[1]}\n`);
    }
    from = nextRun(flat, to + 1);
  }
  return view?.build();
}

/** The text with percent encoding resolved, byte by byte; undefined if it has none. */
export function decodedPercent(source: TextView): TextView | undefined {
  const { text } = source;
  if (!text.includes('%')) return undefined;
  const view = createViewBuilder(source);
  let from = 0;
  for (const match of text.matchAll(PERCENT)) {
    view.keep(from, match.index);
    for (let at = 0; at < match[0].length; at += 3) {
      const letter = String.fromCharCode(Number.parseInt(match[0].slice(at + 1, at + 3), 16));
      view.replace(match.index + at, match.index + at + 3, letter);
    }
    from = match.index + match[0].length;
  }
  if (from === 0) return undefined;
  view.keep(from, text.length);
  return view.build();
}
