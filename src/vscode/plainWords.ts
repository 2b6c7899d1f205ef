import { showHiddenCharacters } from '../core/unicode/cleanText';

const MAX_LENGTH = 400;

/**
 * Foreign words for a message, a prompt or a title of VS Code, which make links of `[words](command:…)`: on one line,
 * with hidden characters by their names, and no link.
 */
export function plainWords(text: string): string {
  const line = showHiddenCharacters(text.slice(0, 2 * MAX_LENGTH)).replace(/[\r\n\t]{1,400}/gu, ' ');
  const unlinked = line.replace(/\](?=[([])/gu, '] ');
  return unlinked.length > MAX_LENGTH ? `${unlinked.slice(0, MAX_LENGTH)}…` : unlinked;
}

/** Like `plainWords`, for labels in which VS Code draws `$(icons)`: lenses, quick picks, the status bar. */
export function plainLabel(text: string): string {
  return plainWords(text).replace(/\$(?=\()/gu, '\\$');
}

/** Foreign words for a tree, which draws text as it is: hidden characters by their names, line ends kept. */
export function plainRow(text: string): string {
  return showHiddenCharacters(text.slice(0, 4_000));
}
