import { createViewBuilder, type TextView, type ViewBuilder, wholeText } from './textView';

/** Code units that show nothing (Default_Ignorable_Code_Point of the basic plane), as inclusive ranges. */
const HIDING: readonly (readonly [from: number, to: number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfff8],
];
const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
type Ranges = readonly (readonly [from: number, to: number])[];
const spelled = (ranges: Ranges): string => ranges.map(([from, to]) => `${unit(from)}-${unit(to)}`).join('');
const hiding = spelled(HIDING);

/** Terminal control sequences, also where JSON or a shell wrote the escape character out. */
const CONTROL = [
  String.raw`(?:\u001b|\\{1,4}u001[bB]|\\{1,4}x1[bB]|\\{1,4}033|\\{1,4}e(?=\[))\[[0-?]{0,32}[ -/]{0,4}[@-~]`,
  String.raw`\u009b[0-?]{0,32}[ -/]{0,4}[@-~]`,
  String.raw`\u001b\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)`,
  String.raw`\u001b[@-Z\\^_]`,
].join('|');
const TAGS = String.raw`\udb40[\udc00-\udfff]`;
/** What this extension put in the place of a secret: parts left and right of it do not belong together. */
const MARK = String.raw`\[redacted:[a-z0-9-]{1,64}:[0-9a-f]{8}\]`;
/** Escapes of strings in strings, a few levels deep: quotes, slashes, line breaks, code units. */
const ESCAPE = String.raw`\\{1,8}(?:u(?<wide>[0-9a-fA-F]{4})|x(?<narrow>[0-9a-fA-F]{2})|(?<letter>["'/\x60nrt]))`;

/** These and a few others, in fewer ranges: V8 is ten times as slow with a class of more than 16. */
const ABOUT_HIDING: Ranges = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xfff8],
];
const SUSPECT = new RegExp(String.raw`[\\\u001b\u009b\udb40${spelled(ABOUT_HIDING)}]|\[redacted:`, 'g');
const ALTERED = new RegExp(`(?<nothing>${CONTROL}|${TAGS}|[${hiding}]{1,64})|(?<mark>${MARK})|${ESCAPE}`, 'y');
const HIDES = new RegExp(`[${hiding}\u001b]`);
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
/** By code unit, what one backslash and a letter stand for: the escapes that are common. */
const SIMPLE: ReadonlyMap<number, string> = new Map(
  Array.from('nrt"\'/`', (letter) => [letter.charCodeAt(0), LETTERS[letter] ?? letter]),
);

function unescaped(groups: Readonly<Record<string, string | undefined>>): string {
  const code = groups['wide'] ?? groups['narrow'];
  if (code !== undefined) {
    const letter = String.fromCharCode(Number.parseInt(code, 16));
    return HIDES.test(letter) ? '' : letter;
  }
  const letter = groups['letter'] ?? '';
  return LETTERS[letter] ?? letter;
}

const BACKSLASH = 92;
/** What may follow the backslashes of an escape. */
const ESCAPED = 'ux0e"\'/`nrt';
const MOST_BACKSLASHES = 8;

/** Where in the row of backslashes at `start` an escape may begin at the earliest; the end of the row if nowhere. */
function escapeFrom(text: string, start: number): number {
  let end = start + 1;
  while (text.charCodeAt(end) === BACKSLASH) end += 1;
  return ESCAPED.includes(text.charAt(end)) ? Math.max(start, end - MOST_BACKSLASHES) : end;
}

/** Puts what stands for something else at `at` into the view; returns where that ends, or `at` if nothing does. */
function alter(view: ViewBuilder, text: string, kept: number, at: number): number {
  const letter = text.charCodeAt(at) === BACKSLASH ? SIMPLE.get(text.charCodeAt(at + 1)) : undefined;
  if (letter !== undefined) {
    view.keep(kept, at);
    view.replace(at, at + 2, letter);
    return at + 2;
  }
  ALTERED.lastIndex = at;
  const match = ALTERED.exec(text);
  if (!match) return at;
  const groups = match.groups ?? {};
  const to = at + match[0].length;
  view.keep(kept, at);
  if (groups['mark'] !== undefined) view.replace(at, to, '\n');
  else if (groups['nothing'] === undefined) view.replace(at, to, unescaped(groups));
  return to;
}

/** Where the next character stands that may not be what it looks like; -1 if there is none. */
function nextSuspect(text: string, from: number): number {
  SUSPECT.lastIndex = from;
  return SUSPECT.exec(text)?.index ?? -1;
}

/**
 * The text as a reader sees it: without terminal control sequences and characters that show nothing, with the escapes
 * of JSON and shell strings resolved, and a line break where a secret was redacted before.
 */
export function toPlainText(text: string): TextView {
  const source = wholeText(text);
  let at = nextSuspect(text, 0);
  if (at < 0) return source;
  const view = createViewBuilder(source);
  let kept = 0;
  while (at >= 0) {
    let next = text.charCodeAt(at) === BACKSLASH ? escapeFrom(text, at) : at;
    if (next === at || text.charCodeAt(next) === BACKSLASH) {
      const to = alter(view, text, kept, next);
      if (to > next) kept = to;
      next = to > next ? to : next + 1;
    }
    at = nextSuspect(text, next);
  }
  if (kept === 0) return source;
  view.keep(kept, text.length);
  return view.build();
}
