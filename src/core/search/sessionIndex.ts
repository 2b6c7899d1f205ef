import { Bm25 } from './bm25';
import type { SessionLine } from './sessionLines';
import { anyOf, Vocabulary, type Wanted } from './vocabulary';

/** Which line of a session answers best, and how well: comparable within one query only. */
export interface LineScore {
  readonly line: SessionLine;
  readonly score: number;
}

/** What a person typed is what a person remembers; results of tools repeat what was asked for. */
const SPEAKER_WEIGHT: Readonly<Record<SessionLine['speaker'], number>> = { user: 1.25, agent: 1, tool: 0.8 };

/** Sessions by their words: which ones to look into. One that is put again replaces what it was. */
export class SessionIndex {
  private readonly bm25 = new Bm25();
  private readonly vocabulary = new Vocabulary();
  private readonly numbers = new Map<string, number>();

  /** Sessions that were replaced or taken out still take room; undo that by making the index anew. */
  get dead(): number {
    return this.bm25.size - this.numbers.size;
  }

  put(id: string, title: string, lines: readonly SessionLine[]): void {
    const terms = [title, ...lines.map(({ text }) => text)].flatMap((text) => this.vocabulary.learn(text));
    this.numbers.set(id, this.bm25.add(terms));
  }

  remove(id: string): void {
    this.numbers.delete(id);
  }

  wanted(words: string, unfinished: boolean): readonly Wanted[] {
    return this.vocabulary.wanted(words, unfinished, (term) => this.bm25.has(term));
  }

  /** Sessions with something of what is wanted, and their scores: those with all words far before those with one. */
  rank(wanted: readonly Wanted[]): ReadonlyMap<string, number> {
    const sums = new Float64Array(this.bm25.size);
    const answered = new Uint16Array(this.bm25.size);
    for (const one of wanted) {
      this.bestOf(one).forEach((score, number) => {
        if (score <= 0) return;
        sums[number] = (sums[number] ?? 0) + score;
        answered[number] = (answered[number] ?? 0) + 1;
      });
    }
    const ranked = new Map<string, number>();
    for (const [id, number] of this.numbers) {
      const score = ((sums[number] ?? 0) * (answered[number] ?? 0)) / wanted.length;
      if (score > 0) ranked.set(id, score);
    }
    return ranked;
  }

  private bestOf(wanted: Wanted): Float64Array {
    const best = new Float64Array(this.bm25.size);
    for (const [term, weight] of wanted) {
      this.bm25.score(new Map([[term, weight]])).forEach((score, number) => {
        if (score > (best[number] ?? 0)) best[number] = score;
      });
    }
    return best;
  }

  /** The line that has most of what is wanted, rare words first; of equals the earlier. undefined where none has any. */
  bestLine(lines: readonly SessionLine[], wanted: readonly Wanted[]): LineScore | undefined {
    const any = anyOf(wanted);
    let best: LineScore | undefined;
    for (const line of lines) {
      const has = new Set(this.vocabulary.learn(line.text).filter((term) => any.has(term)));
      if (has.size === 0) continue;
      const score = SPEAKER_WEIGHT[line.speaker] * this.worth(has, wanted);
      if (score > (best?.score ?? 0)) best = { line, score };
    }
    return best;
  }

  /** Each word by what answers it best; a line that has only some of the words counts for that share. */
  private worth(has: ReadonlySet<string>, wanted: readonly Wanted[]): number {
    const each = wanted.map((one) =>
      [...one].reduce(
        (most, [term, weight]) => (has.has(term) ? Math.max(most, weight * this.bm25.rarity(term)) : most),
        0,
      ),
    );
    const answered = each.filter((score) => score > 0).length;
    return (each.reduce((a, b) => a + b, 0) * answered) / wanted.length;
  }

  /** Terms of a text of a session. */
  termsOf(text: string): readonly string[] {
    return this.vocabulary.learn(text);
  }
}
