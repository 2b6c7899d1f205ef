/** A path behind `@` at the start of a word: in a file of instructions Claude Code loads that file in its place. */
const IMPORT = /(?<=^|\s)@(?=[^\s]{0,4096}?[/\\~.])/gmu;
const NO_IMPORT = /(?<=^|\s)\\@(?=[^\s]{0,4096}?[/\\~.])/gmu;

/**
 * The text with nothing in it that would load another file: a memory that says `@../.env` must not put what is there
 * into the context. To a reader, and to a shell, it says the same.
 */
export function withoutImports(text: string): string {
  return text.replace(IMPORT, '\\@');
}

/** Takes that back. */
export function withImports(text: string): string {
  return text.replace(NO_IMPORT, '@');
}
