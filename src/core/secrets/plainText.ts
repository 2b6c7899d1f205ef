import { createViewBuilder, type TextView, wholeText } from './textView';

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
const hiding = HIDING.map(([from, to]) => `${unit(from)}-${unit(to)}`).join('');

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

const SUSPECT = new RegExp(String.raw`[\u001b\u009b${hiding}\\]|\udb40|\[redacted:`, 'u');
const ALTERED = new RegExp(`(?<nothing>${CONTROL}|${TAGS}|[${hiding}]{1,64})|(?<mark>${MARK})|${ESCAPE}`, 'g');
const HIDES = new RegExp(`[${hiding}\u001b]`);
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(groups: Readonly<Record<string, string | undefined>>): string {
  const code = groups['wide'] ?? groups['narrow'];
  if (code !== undefined) {
    const letter = String.fromCharCode(Number.parseInt(code, 16));
    return HIDES.test(letter) ? '' : letter;
  }
  const letter = groups['letter'] ?? '';
  return LETTERS[letter] ?? letter;
}

/**
 * The text as a reader sees it: without terminal control sequences and characters that show nothing, with the escapes
 * of JSON and shell strings resolved, and a line break where a secret was redacted before.
 */
export function toPlainText(text: string): TextView {
  const source = wholeText(text);
  if (!SUSPECT.test(text)) return source;
  const view = createViewBuilder(source);
  let from = 0;
  for (const match of text.matchAll(ALTERED)) {
    const groups = match.groups ?? {};
    const to = match.index + match[0].length;
    view.keep(from, match.index);
    if (groups['mark'] !== undefined) view.replace(match.index, to, '\n');
    else if (groups['nothing'] === undefined) view.replace(match.index, to, unescaped(groups));
    from = to;
  }
  view.keep(from, text.length);
  return view.build();
}
