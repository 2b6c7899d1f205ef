/** Control characters, line ends and tabs aside, and the ones that reorder or hide text. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text from logs and memories, safe for a terminal: no escape sequence acts, no hidden character stays hidden. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As `printable`, on one line of at most `max` characters. */
export function printableLine(text: string, max = 300): string {
  const line = printable(text.replace(/[\r\n\t]+/g, ' '));
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}
