import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter, type ByteLine } from '../../../../src/core/sessions/lineSplitter';

const text = (line: ByteLine): string | undefined => line.bytes && Buffer.from(line.bytes).toString('utf8');

interface PlainLine {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string | undefined;
}

const plain = (line: ByteLine): PlainLine => ({
  line: line.line,
  start: line.start,
  end: line.end,
  text: text(line),
});

/** Reads the way a file is read: into one buffer that every read overwrites. */
function splitInReads(bytes: Buffer, sizes: readonly number[], longest?: number): PlainLine[] {
  const splitter = createLineSplitter(undefined, longest);
  const buffer = Buffer.alloc(Math.max(1, ...sizes));
  const lines: PlainLine[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    const read = bytes.copy(buffer, 0, at, at + size);
    lines.push(...splitter.push(buffer.subarray(0, read)).map(plain));
    at += read;
  }
  const rest = splitter.rest();
  return rest === undefined ? lines : [...lines, plain(rest)];
}

describe('the line splitter', () => {
  it('gives each line with its number and offsets, without its break', () => {
    const lines = splitInReads(Buffer.from('one\r\ntwo\n\n  \nfünf'), [100]);
    expect(lines).toEqual([
      { line: 1, start: 0, end: 5, text: 'one' },
      { line: 2, start: 5, end: 9, text: 'two' },
      { line: 5, start: 13, end: 18, text: 'fünf' },
    ]);
  });

  it('gives the same lines however the stream is sliced', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('\n', '\r\n', '\0\0', '\ufeff', 'ünï\n', '  \n'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 8 }),
        (pieces, sizes) => {
          const bytes = Buffer.from(pieces.join(''));
          expect(splitInReads(bytes, sizes)).toEqual(splitInReads(bytes, [bytes.length + 1]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('drops a line past the limit, says where it was, and goes on', () => {
    const lines = splitInReads(Buffer.from(`short\n${'x'.repeat(100)}\nafter\n`), [7], 50);
    expect(lines.map(({ line, text: content }) => [line, content])).toEqual([
      [1, 'short'],
      [2, undefined],
      [3, 'after'],
    ]);
  });

  it('never holds more than the limit of an endless line', () => {
    const splitter = createLineSplitter(undefined, 1_000);
    const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 2_000; i += 1) splitter.push(Buffer.alloc(16_384, 120));
    const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    expect(after - before).toBeLessThan(40_000_000);
    expect(splitter.rest()).toMatchObject({ line: 1, bytes: undefined });
  });

  it('goes on from an offset and a line number', () => {
    const splitter = createLineSplitter({ offset: 100, lines: 7 });
    expect(splitter.push(Buffer.from('next\nhalf')).map(plain)).toEqual([
      { line: 8, start: 100, end: 105, text: 'next' },
    ]);
    expect(splitter.position()).toEqual({ offset: 105, lines: 8 });
    expect(splitter.rest()).toMatchObject({ line: 9, start: 105, end: 109 });
  });
});
