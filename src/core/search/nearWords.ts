/** Words that were meant: a slip of the finger or two away from what was typed. */

/** Slips that a word of that many letters may have: none in short ones, where every other word is near. */
function slipsIn(letters: number): number {
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

/** Letters of the word as bits, so that most of the words that are far away are told by one comparison. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 31);
  return bits;
}

function bitsIn(number: number): number {
  let count = 0;
  for (let left = number; left !== 0; left &= left - 1) count += 1;
  return count;
}

/**
 * How many letters were left out, added, changed or swapped with their neighbour to make one word the other; `most` + 1
 * where it is more than `most`.
 */
function slips(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** A word that is near, and by how many slips. */
interface NearWord {
  readonly word: string;
  readonly slips: number;
}

/** A vocabulary to be asked for words that are near. */
export class NearWords {
  private readonly byLength = new Map<number, { readonly word: string; readonly letters: number }[]>();

  constructor(words: Iterable<string>) {
    for (const word of words) {
      const known = this.byLength.get(word.length);
      const entry = { word, letters: lettersOf(word) };
      if (known === undefined) this.byLength.set(word.length, [entry]);
      else known.push(entry);
    }
  }

  /** The nearest words only: where one is a single slip away, none that is two away. In the order they were given. */
  near(typed: string): readonly NearWord[] {
    const most = slipsIn(typed.length);
    if (most === 0) return [];
    const letters = lettersOf(typed);
    const found: NearWord[] = [];
    for (let length = typed.length - most; length <= typed.length + most; length += 1) {
      for (const entry of this.byLength.get(length) ?? []) {
        // A changed letter is one bit less and one bit more.
        if (bitsIn(entry.letters ^ letters) > 2 * most) continue;
        const count = slips(typed, entry.word, most);
        if (count <= most) found.push({ word: entry.word, slips: count });
      }
    }
    const least = found.reduce((a, { slips: b }) => Math.min(a, b), most);
    return found.filter((one) => one.slips === least);
  }
}
