import { oneSpace } from '../text/words';

/** Code is no speech: a command may hold a message between quotation marks. */
const CODE = /`[^`\n]{1,1000}`/gu;
/** What stands between quotation marks, or on a line that is set as a quotation. */
const SPEECH = /[“„"«]([^“”„"«»\n]{8,2000})[”“"»]|‘([^‘’\n]{8,2000})’|^\s{0,8}>([^\n]{8,2000})$/gmu;
/** Fewer are a name or a term. */
const MIN_WORDS = 3;

/**
 * Words that the texts give as somebody's and that stand in none of the sources, undefined if there are none. Case, white
 * space and the mark at the end may differ.
 */
export function madeUpSpeech(texts: readonly string[], sources: readonly string[]): string | undefined {
  const known = sources.map(plain);
  for (const text of texts) {
    for (const match of text.replace(CODE, ' ').matchAll(SPEECH)) {
      const said = plain(match[1] ?? match[2] ?? match[3] ?? '').replace(/[\s.,;:!?…]{1,9}$/u, '');
      if (said.split(' ').length >= MIN_WORDS && !known.some((source) => source.includes(said))) return said;
    }
  }
  return undefined;
}

function plain(text: string): string {
  return oneSpace(text.replace(/`/gu, '')).toLowerCase();
}
