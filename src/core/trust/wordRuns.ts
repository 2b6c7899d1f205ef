/** Words in order, as far as two texts are compared for one repeating the other. */

/** The same in text of ASCII alone, in a fraction of the time. */
const ASCII_WORD = /[a-z\d]+/g;
const BEYOND_ASCII = /[^\0-\x7f]/;
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;
const JOINT = '\u0001';
/** So many words in a row are not the same by chance. */
export const RUN = 6;

/** Lower-case words in order of appearance; Chinese and Japanese character by character. No limit of length. */
export function wordsInOrder(text: string): readonly string[] {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** Every run of `length` words; the whole as one run where there are fewer. */
export function runsOf(words: readonly string[], length: number = RUN): readonly string[] {
  if (words.length === 0) return [];
  if (words.length <= length) return [words.join(JOINT)];
  return words.slice(length - 1).map((_, index) => words.slice(index, index + length).join(JOINT));
}

/** Looks for given runs in texts; cheap in what it does not look for. */
export class RunSearch {
  readonly #wanted = new Map<number, Set<string>>();
  /** First words, each with the second words that follow it; a run of one word has ''. */
  readonly #starts = new Map<string, Set<string>>();

  want(runs: readonly string[]): void {
    for (const run of runs) {
      const words = run.split(JOINT);
      const set = this.#wanted.get(words.length) ?? new Set<string>();
      set.add(run);
      this.#wanted.set(words.length, set);
      const seconds = this.#starts.get(words[0] ?? '') ?? new Set<string>();
      seconds.add(words[1] ?? '');
      this.#starts.set(words[0] ?? '', seconds);
    }
  }

  /** The wanted runs that stand in a text, given as `wordsInOrder` of it. */
  find(words: readonly string[]): readonly string[] {
    const found: string[] = [];
    words.forEach((word, index) => {
      const seconds = this.#starts.get(word);
      if (seconds === undefined || !(seconds.has(words[index + 1] ?? '') || seconds.has(''))) return;
      for (const [length, set] of this.#wanted) {
        if (index + length > words.length) continue;
        const run = words.slice(index, index + length).join(JOINT);
        if (set.has(run)) found.push(run);
      }
    });
    return found;
  }
}
