/** A text without what hides secrets from patterns: terminal colours and characters that show nothing. */
export interface PlainText {
  readonly text: string;
  /** Where in the original the character at `offset` stood. */
  readonly original: (offset: number) => number;
}

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
const escaped = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
const hiding = HIDING.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('');

/** Terminal control sequences, also where JSON or a shell wrote the escape character out. */
const CONTROL = [
  String.raw`(?:\u001b|\\u001b|\\x1b|\\033)\[[0-?]{0,32}[ -/]{0,4}[@-~]`,
  String.raw`\u009b[0-?]{0,32}[ -/]{0,4}[@-~]`,
  String.raw`\u001b\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)`,
  String.raw`\u001b[@-Z\\^_]`,
].join('|');
const TAGS = String.raw`\udb40[\udc00-\udfff]`;

const SUSPECT = new RegExp(String.raw`[\u001b\u009b${hiding}]|\udb40|\\(?:u001b|x1b|033)`);
const HIDDEN = new RegExp(`${CONTROL}|${TAGS}|[${hiding}]{1,64}`, 'g');

/** Removes terminal control sequences and default-ignorable characters; remembers where everything was. */
export function toPlainText(text: string): PlainText {
  if (!SUSPECT.test(text)) return { text, original: (offset) => offset };
  const starts: number[] = [0];
  const shifts: number[] = [0];
  let plain = '';
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    plain += text.slice(from, match.index);
    from = match.index + match[0].length;
    starts.push(plain.length);
    shifts.push(from - plain.length);
  }
  plain += text.slice(from);
  return { text: plain, original: (offset) => offset + (shifts[lastAtOrBefore(starts, offset)] ?? 0) };
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
