import type { Hasher } from '../ports';

/** Whether a log line is new, or repeats one of this session, or of another (a fork or a resumed copy). */
export type Sighting = 'new' | 'again' | { readonly session: string };

/** Remembers which lines were captured, by their uuid, in 52 bits each. */
export interface SeenLines {
  /** Notes the line and says whether it was seen before. */
  note(key: string): Sighting;
  /** The session's own lines, eight bytes each, for `createSeenLines`. */
  toBytes(): Uint8Array;
  readonly size: number;
}

const WIDTH = 8;

/** The numbers that `toBytes` wrote; a torn end is left out. */
export function seenNumbers(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: number[] = [];
  for (let at = 0; at + WIDTH <= bytes.byteLength; at += WIDTH) numbers.push(view.getFloat64(at));
  return numbers;
}

/** `others` maps lines of other sessions to their session; the session itself starts with `own`. */
export function createSeenLines(hasher: Hasher, own: Iterable<number>, others: ReadonlyMap<number, string>): SeenLines {
  const seen = new Set(own);
  return {
    note(key) {
      const number = Number.parseInt(hasher.sha256(key).slice(0, 13), 16);
      if (seen.has(number)) return 'again';
      const session = others.get(number);
      if (session !== undefined) return { session };
      seen.add(number);
      return 'new';
    },
    toBytes() {
      const bytes = new Uint8Array(seen.size * WIDTH);
      const view = new DataView(bytes.buffer);
      let at = 0;
      for (const number of seen) {
        view.setFloat64(at, number);
        at += WIDTH;
      }
      return bytes;
    },
    get size() {
      return seen.size;
    },
  };
}
