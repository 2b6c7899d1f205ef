/** In how many texts a term stands. */
export class Spread {
  private readonly counts = new Map<string, number>();
  private size = 0;

  /** Counts one text by its terms; repeats in it do not matter. */
  add(terms: readonly string[]): void {
    this.size += 1;
    for (const term of new Set(terms)) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
  }

  /** How rare a term is: ln(1 + (N - n + .5) / (n + .5)). */
  rarity(term: string): number {
    const n = this.counts.get(term) ?? 0;
    return Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
  }
}
