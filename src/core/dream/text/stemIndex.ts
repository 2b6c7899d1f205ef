/**
 * Which of many texts share stems with one: an inverted index, so that a text is compared with the few that share
 * something with it and not with all.
 */
export class StemIndex {
  readonly #holders = new Map<string, number[]>();
  #size = 0;

  /** Adds a text by its stems; returns its number, counted from 0. */
  add(stems: ReadonlySet<string>): number {
    const number = this.#size;
    this.#size += 1;
    for (const stem of stems) {
      const holders = this.#holders.get(stem);
      if (holders === undefined) this.#holders.set(stem, [number]);
      else holders.push(number);
    }
    return number;
  }

  /** Numbers of the texts that share at least so many stems with this one, lowest first. */
  sharing(stems: ReadonlySet<string>, least: number): readonly number[] {
    const counts = new Map<number, number>();
    for (const stem of stems) {
      for (const number of this.#holders.get(stem) ?? []) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return [...counts].flatMap(([number, count]) => (count >= least ? [number] : [])).sort((a, b) => a - b);
  }
}
