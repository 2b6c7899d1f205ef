import type { SecretRule } from './secretRule';

/** A value that is known to be secret: a line of an `.env` file, our own key. `name` says where it is from. */
export interface ExactValue {
  readonly name: string;
  readonly value: string;
}

const SHORTEST = 8;
const LONGEST = 16_384;
const MOST_VALUES = 1_000;
/** Values of settings that are no secrets, however they are called. */
const COMMON: ReadonlySet<string> = new Set(
  'true false localhost development production staging testing undefined disabled enabled required optional'
    .split(' ')
    .concat(['127.0.0.1', '0.0.0.0', 'info', 'debug', 'warning', 'postgres', 'password', 'changeme', 'us-east-1'])
    .concat(['us-west-2', 'eu-west-1', 'eu-central-1', 'http://localhost', 'https://localhost', 'utf-8', 'public']),
);
const PLAIN =
  /^(?:[a-z]{1,12}|\d{1,9}|\d{1,5}(?:\.\d{1,5}){1,3}|(?:https?|file):\/\/[^@?]{0,300}|[~.]{0,2}\/[\w./-]{0,300})$/iu;
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d{1,5})?$/iu;

function isCommon(value: string): boolean {
  return COMMON.has(value.toLowerCase()) || PLAIN.test(value) || LOCAL_HOST.test(value) || /^(.)\1*$/u.test(value);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The base64 digits that `bytes` alone decide if they stand `shift` bytes after a multiple of three. */
function base64Core(bytes: readonly number[], shift: number): string {
  let digits = '';
  for (let bit = shift === 0 ? 0 : 6 - ((shift * 8) % 6); bit + 6 <= bytes.length * 8; bit += 6) {
    const at = bit >> 3;
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    digits += ALPHABET[(pair >> (10 - (bit & 7))) & 63] ?? '';
  }
  return digits;
}

function base64Forms(value: string): readonly string[] {
  const bytes = utf8(value);
  const standard = [0, 1, 2].map((shift) => base64Core(bytes, shift)).filter((form) => form.length >= SHORTEST);
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

const NEXT_DIGITS = '[A-Za-z0-9+/=_-]{0,4096}';

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/gu, String.raw`\$&`);
}

/** What the value begins with, as far as the keyword search can look for it; a row of ASCII letters inside else. */
function keywordOf(text: string): readonly [keyword: string, sticky: boolean] | undefined {
  const [first] = /^[\x20-\x7e]{4,32}/u.exec(text) ?? [];
  const [inner] = /[\x20-\x7e]{3,32}/u.exec(text) ?? [];
  if (first !== undefined) return [first.toLowerCase(), true];
  return inner === undefined ? undefined : [inner.toLowerCase(), false];
}

function rule(form: string, tail: string): SecretRule[] {
  const [keyword, sticky] = keywordOf(form) ?? [];
  if (keyword === undefined) return [];
  const pattern = new RegExp(literal(form) + tail, sticky === true ? 'y' : 'g');
  const reach = form.length + 64;
  return [
    {
      id: 'known-value',
      provider: 'workspace',
      keywords: [keyword],
      pattern,
      check: 'exact',
      before: reach,
      after: reach,
    },
  ];
}

/** Values of several lines are known line by line: that is how they are quoted. */
function pieces(value: string): readonly string[] {
  const lines = value.split(/\r?\n|\\n/u).map((line) => line.trim());
  return lines.length === 1 ? [value.trim()] : lines.filter((line) => line.length >= 16 && !line.startsWith('-----'));
}

/**
 * Rules that match known values literally and in any base64 text they are part of. At most 1,000 values; shorter than 8
 * characters, addresses without credentials, paths and common words are left out.
 */
export function exactRules(values: readonly ExactValue[]): readonly SecretRule[] {
  const known = new Set<string>();
  for (const { value } of values) {
    for (const piece of pieces(value.slice(0, LONGEST))) {
      if (piece.length >= SHORTEST && !isCommon(piece) && known.size < MOST_VALUES) known.add(piece);
    }
  }
  return [...known].flatMap((value) => [
    ...rule(value, ''),
    ...[...new Set(base64Forms(value))].flatMap((form) => rule(form, NEXT_DIGITS)),
  ]);
}
