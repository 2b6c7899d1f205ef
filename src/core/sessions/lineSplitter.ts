/** A line of the byte stream, without its line break. */
export interface ByteLine {
  /** 1-based. */
  readonly line: number;
  /** Offset of its first byte, and the offset just after its line break. */
  readonly start: number;
  readonly end: number;
  /** Missing if the line was longer than the limit. May be a view of the pushed chunk: use it before the next push. */
  readonly bytes: Uint8Array | undefined;
}

export interface LineSplitter {
  /** The lines that this chunk completes. Blank lines are counted and left out. */
  push(chunk: Uint8Array): readonly ByteLine[];
  /** What stands after the last line break, as if a line break followed; undefined if nothing does. */
  rest(): ByteLine | undefined;
  /** Just after the last line break: where reading can go on later. */
  position(): { readonly offset: number; readonly lines: number };
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** Longest line that is read; a longer one is skipped and reported. */
export const LONGEST_LINE = 32 * 1024 * 1024;

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= SPACE && byte !== 0);
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
}

function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Cuts a byte stream into lines, however it is sliced. Holds at most `longest` bytes: a longer line is dropped as it
 * arrives and comes out without bytes. `from` tells where in the file the stream starts.
 */
export function createLineSplitter(
  from: { readonly offset: number; readonly lines: number } = { offset: 0, lines: 0 },
  longest: number = LONGEST_LINE,
): LineSplitter {
  let start = from.offset;
  let lines = from.lines;
  let pieces: Uint8Array[] = [];
  let held = 0;
  let length = 0;

  const hold = (bytes: Uint8Array): void => {
    length += bytes.length;
    if (length > longest) {
      pieces = [];
      held = 0;
      return;
    }
    if (bytes.length === 0) return;
    // A copy, also of a Buffer, whose own `slice` would give a view that the next read overwrites.
    pieces.push(new Uint8Array(bytes));
    held += bytes.length;
  };

  const complete = (last: Uint8Array, breakLength: number): ByteLine | undefined => {
    const whole = length + last.length;
    const bytes =
      whole > longest ? undefined : pieces.length === 0 ? last : concatenate([...pieces, last], held + last.length);
    const line = { line: lines + 1, start, end: start + whole + breakLength };
    if (bytes === undefined) return { ...line, bytes: undefined };
    const content = withoutReturn(bytes);
    return isBlank(content) ? undefined : { ...line, bytes: content };
  };

  return {
    push(chunk) {
      const found: ByteLine[] = [];
      let at = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, at)) {
        const last = chunk.subarray(at, end);
        const line = complete(last, 1);
        if (line !== undefined) found.push(line);
        start += length + last.length + 1;
        lines += 1;
        pieces = [];
        held = 0;
        length = 0;
        at = end + 1;
      }
      hold(chunk.subarray(at));
      return found;
    },
    position: () => ({ offset: start, lines }),
    rest: () => (length === 0 ? undefined : complete(new Uint8Array(0), 0)),
  };
}
