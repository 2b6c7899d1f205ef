/** A keyword found: which one, and the offset just after it. */
export type OnKeyword = (keyword: number, end: number) => void;

/** Finds any of many ASCII keywords in one pass, whatever their case. */
export interface KeywordAutomaton {
  search(text: string, found: OnKeyword): void;
}

interface Trie {
  readonly width: number;
  /** `next[state * width + class]`; completed by failure links, so that every character is one look-up. */
  readonly next: number[];
  readonly output: number[][];
}

function classesOf(keywords: readonly string[]): Uint8Array {
  const classes = new Uint8Array(128);
  let used = 0;
  for (const keyword of keywords) {
    for (const letter of keyword.toLowerCase()) {
      const code = letter.charCodeAt(0);
      if (classes[code] !== 0) continue;
      used += 1;
      classes[code] = used;
      classes[letter.toUpperCase().charCodeAt(0)] = used;
    }
  }
  return classes;
}

function buildTrie(keywords: readonly string[], classes: Uint8Array): Trie {
  const width = Math.max(...classes) + 1;
  const next: number[] = new Array<number>(width).fill(0);
  const output: number[][] = [[]];
  keywords.forEach((keyword, index) => {
    let state = 0;
    for (const letter of keyword.toLowerCase()) {
      const slot = state * width + (classes[letter.charCodeAt(0)] ?? 0);
      let child = next[slot] ?? 0;
      if (child === 0) {
        child = output.length;
        output.push([]);
        for (let i = 0; i < width; i += 1) next.push(0);
        next[slot] = child;
      }
      state = child;
    }
    output[state]?.push(index);
  });
  return { width, next, output };
}

/**
 * Failure links folded into the table: from every state every class leads to the longest keyword prefix still open.
 * Returns the states by their distance from the root.
 */
function complete({ width, next, output }: Trie): readonly number[] {
  const fail = new Array<number>(output.length).fill(0);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    for (let letter = 1; letter < width; letter += 1) {
      const slot = state * width + letter;
      const child = next[slot] ?? 0;
      const fallback = state === 0 ? 0 : (next[(fail[state] ?? 0) * width + letter] ?? 0);
      if (child === 0) {
        next[slot] = fallback;
        continue;
      }
      fail[child] = fallback;
      output[child]?.push(...(output[fallback] ?? []));
      queue.push(child);
    }
  }
  return queue;
}

/** The same table with states numbered by their distance from the root, so that what is used most lies together. */
function byDepth({ width, next, output }: Trie, order: readonly number[]): Trie {
  const numbers = new Int32Array(output.length);
  order.forEach((state, number) => (numbers[state] = number));
  const moved = order.flatMap((state) => next.slice(state * width, (state + 1) * width).map((to) => numbers[to] ?? 0));
  return { width, next: moved, output: order.map((state) => output[state] ?? []) };
}

/** The table as the search reads it: the next state, negative (bit complement) where a keyword ends. */
function flatten({ next, output }: Trie): Int16Array | Int32Array {
  const marked = next.map((state) => ((output[state]?.length ?? 0) > 0 ? ~state : state));
  return output.length < 32_768 ? Int16Array.from(marked) : Int32Array.from(marked);
}

/** Builds the automaton (Aho and Corasick, CACM 18(6), 1975). Keywords are non-empty ASCII. */
export function createKeywordAutomaton(keywords: readonly string[]): KeywordAutomaton {
  const classes = new Uint8Array(65_536);
  classes.set(classesOf(keywords));
  const trie = buildTrie(keywords, classes);
  const ordered = byDepth(trie, complete(trie));
  const { width, output } = ordered;
  const table = flatten(ordered);
  return {
    search(text, found) {
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        state = table[state * width + (classes[text.charCodeAt(at)] ?? 0)] ?? 0;
        if (state >= 0) continue;
        state = ~state;
        for (const keyword of output[state] ?? []) found(keyword, at + 1);
      }
    },
  };
}
