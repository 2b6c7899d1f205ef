/** What is expected of a dream over one planted project. Kept apart from the logs: nothing of it is written there. */

/** `must`: to be proposed; `may`: right, but nobody is asked to find it; `never`: a decoy. */
export type Verdict = 'must' | 'may' | 'never';

export interface Truth {
  readonly id: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** For people. */
  readonly statement: string;
  readonly language: string;
  /** Of every group, a right claim holds at least one. */
  readonly tokens: readonly (readonly string[])[];
  /** What a right claim does not hold, unless it denies it. */
  readonly forbidden: readonly string[];
  /** The claim says "not" or "never" in some language. */
  readonly negated: boolean;
  /** Sessions of which at least one is in the evidence. Empty: no matter. */
  readonly sessions: readonly string[];
  /** A memory in the given store that the change touches. */
  readonly memory?: string;
}

/** One memory of the store that a project starts with. */
export interface StoredMemory {
  readonly path: string;
  readonly description: string;
  readonly body: string;
}

/** Text with its marks taken off, and what was marked. */
export interface Marked {
  readonly text: string;
  readonly tokens: readonly (readonly string[])[];
}

const MARK = /\*([^*]{1,120})\*/gu;

/** `*a|b*` becomes `a`; one group `[a, b]`. */
export function readMarks(marked: string): Marked {
  const tokens: (readonly string[])[] = [];
  const text = marked.replace(MARK, (_, inner: string) => {
    const words = inner.split('|');
    tokens.push(words);
    return words[0] ?? '';
  });
  return { text, tokens };
}
