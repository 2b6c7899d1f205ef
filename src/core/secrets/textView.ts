/** A text derived from another, which knows where each of its characters comes from. */
export interface TextView {
  readonly text: string;
  /** Where in the original the character at `offset` begins. */
  readonly start: (offset: number) => number;
  /** Where in the original what ends at `offset` (exclusive) ends. */
  readonly end: (offset: number) => number;
}

/** The text itself. */
export function wholeText(text: string): TextView {
  return { text, start: (offset) => offset, end: (offset) => offset };
}

/**
 * Builds a view from left to right. `keep` copies a part of the source; `replace` lets a part of the source appear as
 * something else, which maps back only as a whole. What neither covers is left out.
 */
export interface ViewBuilder {
  keep(from: number, to: number): void;
  replace(from: number, to: number, by: string): void;
  build(): TextView;
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

/** A builder of views of `source`. */
export function createViewBuilder(source: TextView): ViewBuilder {
  /** Per part: where it begins in the view, and in the source; `ends` is -1 for parts that were kept. */
  const parts: number[] = [];
  const begins: number[] = [];
  const ends: number[] = [];
  let text = '';
  const add = (from: number, end: number, part: string): void => {
    parts.push(text.length);
    begins.push(from);
    ends.push(end);
    text += part;
  };
  return {
    keep(from, to) {
      if (to > from) add(from, -1, source.text.slice(from, to));
    },
    replace(from, to, by) {
      if (by !== '') add(from, to, by);
    },
    build() {
      const begin = (offset: number): number => {
        const part = lastAtOrBefore(parts, offset);
        const from = begins[part] ?? 0;
        return (ends[part] ?? -1) < 0 ? from + offset - (parts[part] ?? 0) : from;
      };
      const end = (offset: number): number => {
        const part = lastAtOrBefore(parts, offset - 1);
        const to = ends[part] ?? -1;
        return to < 0 ? (begins[part] ?? 0) + offset - (parts[part] ?? 0) : to;
      };
      return { text, start: (offset) => source.start(begin(offset)), end: (offset) => source.end(end(offset)) };
    },
  };
}
