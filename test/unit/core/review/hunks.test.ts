import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks, revertHunk } from '../../../../src/core/review/applyHunks';
import { computeHunks, type Hunk } from '../../../../src/core/review/hunks';
import { sameLines } from '../../../../src/core/review/lines';
import type { ChangeId } from '../../../../src/core/review/proposal';

const hasher = { sha256: (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex') };
const change = 'c'.repeat(26) as ChangeId;
const hunksOf = (current: string, draft: string, of = change): readonly Hunk[] =>
  computeHunks({ change: of, current, draft }, hasher);

/** Texts that share many lines, so that there are several hunks. */
const line = fc.constantFrom('', 'a', 'b', '  b', 'c d', '---', 'name: x', '- one', '__proto__');
const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));
const anyEnding = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 15 })
  .map((lines) => lines.map(([words, end]) => words + end).join(''));

describe('hunks', () => {
  it('are one per drawn block, with 0-based lines', () => {
    const hunks = hunksOf('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n');
    expect(
      hunks.map(({ oldStart, oldLines, newStart, newLines }) => ({ oldStart, oldLines, newStart, newLines })),
    ).toEqual([
      { oldStart: 1, oldLines: ['b'], newStart: 1, newLines: ['B'] },
      { oldStart: 4, oldLines: [], newStart: 4, newLines: ['e'] },
    ]);
  });

  it('count a missing newline at the end as a difference', () => {
    expect(hunksOf('a\n', 'a')).toHaveLength(1);
  });

  it('do not see line terminators or a BOM, as the diff editor does not', () => {
    expect(hunksOf('\uFEFFa\r\nb\r\n', 'a\nb\n')).toEqual([]);
  });

  it('see a difference in white space alone', () => {
    expect(hunksOf('a\n  b\n', 'a\nb\n')).toHaveLength(1);
  });

  it('keep their id when lines move above them, and have another in another change', () => {
    const [first] = hunksOf('a\nb\n', 'a\nB\n');
    const [moved] = hunksOf('x\ny\na\nb\n', 'x\ny\na\nB\n');
    const [other] = hunksOf('a\nb\n', 'a\nB\n', 'd'.repeat(26) as ChangeId);
    expect(moved?.id).toBe(first?.id);
    expect(other?.id).not.toBe(first?.id);
  });

  it('have different ids where the same lines change twice', () => {
    const ids = hunksOf('b\n1\n2\n3\nb\n', 'B\n1\n2\n3\nB\n').map((hunk) => hunk.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('become one where a text is far beyond any memory', () => {
    const long = Array.from({ length: 8_000 }, (_, index) => `line ${index}`);
    const changed = long.map((words, index) => (index === 10 || index === 7_000 ? `${words}!` : words));
    const hunks = hunksOf(long.join('\n'), changed.join('\n'));
    expect(hunks).toHaveLength(1);
    expect(applyHunks(long.join('\n'), hunks)).toBe(changed.join('\n'));
    expect(hunksOf(long.join('\n'), long.join('\n'))).toEqual([]);
  });
});

describe('applying hunks', () => {
  it('gives the draft for all and the base for none', () => {
    fc.assert(
      fc.property(text, text, (base, draft) => {
        const hunks = hunksOf(base, draft);
        expect(applyHunks(base, hunks)).toBe(draft);
        expect(applyHunks(base, [])).toBe(base);
      }),
    );
  });

  it('does not depend on the order in which they are chosen', () => {
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.nat({ max: 1_000 })), (base, draft, keys) => {
        const shuffled = hunksOf(base, draft)
          .map((hunk) => ({ hunk, key: Number(keys.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ hunk }) => hunk);
        expect(applyHunks(base, shuffled)).toBe(draft);
      }),
    );
  });

  it('one at a time, each on the fresh text, ends at the draft', () => {
    fc.assert(
      fc.property(text, text, fc.nat({ max: 30 }), (base, draft, pick) => {
        let current = base;
        for (let left = hunksOf(current, draft); left.length > 0; left = hunksOf(current, draft)) {
          const chosen = left[pick % left.length];
          current = applyHunks(current, chosen ? [chosen] : []);
        }
        expect(current).toBe(draft);
      }),
    );
  });

  it('leaves what was not chosen: the reverted draft shows the other hunks only', () => {
    fc.assert(
      fc.property(text, text, (base, draft) => {
        const [first, ...rest] = hunksOf(base, draft);
        if (!first) return;
        expect(applyHunks(base, rest)).toBe(revertHunk(draft, first));
      }),
    );
  });

  it('keeps the terminators of lines that stay, and gives new lines those of the file', () => {
    const base = 'a\r\nb\r\nc\r\n';
    const draft = 'a\nB\nB2\nc\n';
    expect(applyHunks(base, hunksOf(base, draft))).toBe('a\r\nB\r\nB2\r\nc\r\n');
  });

  it('keeps a BOM, and shows the same lines whatever the terminators', () => {
    fc.assert(
      fc.property(anyEnding, anyEnding, fc.boolean(), (base, draft, bom) => {
        const from = bom ? `\uFEFF${base}` : base;
        const applied = applyHunks(from, hunksOf(from, draft));
        expect(sameLines(applied, draft)).toBe(true);
        expect(applied.startsWith('\uFEFF')).toBe(bom);
      }),
    );
  });

  it('refuses a text that is not the one the hunk was made from', () => {
    const hunks = hunksOf('a\nb\n', 'a\nB\n');
    expect(() => applyHunks('a\nx\n', hunks)).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
    expect(() => applyHunks('', hunks)).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
  });
});
