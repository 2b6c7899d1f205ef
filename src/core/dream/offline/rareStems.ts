const MAX_STEMS = 50_000;
/** In more prompts than this a word is one of the project's own, and sharing it tells nothing. */
const RARE = { least: 6, share: 0.02, most: 16 } as const;

/** In how many prompts a word occurs: two corrections that share a word hardly ever said speak of one thing. */
export class RareStems {
  private readonly prompts = new Map<string, number>();
  private total = 0;

  /** Counts the stems of one prompt. What is met first after the bound is reached is not counted, and so is rare. */
  add(stems: ReadonlySet<string>): void {
    this.total += 1;
    for (const stem of stems) {
      const count = this.prompts.get(stem);
      if (count !== undefined || this.prompts.size < MAX_STEMS) this.prompts.set(stem, (count ?? 0) + 1);
    }
  }

  isRare(stem: string): boolean {
    const bar = Math.min(RARE.most, Math.max(RARE.least, this.total * RARE.share));
    return (this.prompts.get(stem) ?? 0) <= bar;
  }
}
