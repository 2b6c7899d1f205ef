import { showHiddenCharacters } from '../unicode/cleanText';

/** A place in the text that leads to an entry of a captured session. `line`, `start` and `end` as an editor counts. */
export interface EntryLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly session: string;
  readonly entry: string;
}

export interface Explanation {
  /** Markdown. */
  readonly text: string;
  readonly links: readonly EntryLink[];
}

/** Lines of Markdown, and where in them the links are. */
export class ExplainText {
  readonly #lines: string[] = [];
  readonly #links: EntryLink[] = [];

  add(...lines: readonly string[]): void {
    this.#lines.push(...lines);
  }

  /** A line that ends in the way to an entry. */
  addLinked(before: string, label: string, place: { readonly session: string; readonly entry: string }): void {
    const start = before.length + 2;
    this.#links.push({ line: this.#lines.length, start, end: start + label.length, ...place });
    this.#lines.push(`${before} (${label})`);
  }

  done(): Explanation {
    return { text: `${this.#lines.join('\n')}\n`, links: this.#links };
  }
}

/**
 * Foreign text for the middle of a line of Markdown: on one line, cut, hidden characters by their names, every sign that
 * could become markup escaped, and no address that an editor would make a link.
 */
export function foreign(text: string, limit: number): string {
  const line = showHiddenCharacters(text.slice(0, limit * 2))
    .replace(/\s{1,1000}/gu, ' ')
    .trim();
  const cut = line.length > limit ? `${line.slice(0, limit)}…` : line;
  return cut.replace(/[\\`*_[\]<>&|~#$]/g, '\\$&').replace(/:\/\//g, '\\:\\/\\/');
}
