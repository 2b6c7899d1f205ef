import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameLines } from '../../../../src/core/review/lines';
import { rebase } from '../../../../src/core/review/rebase';

const text = fc
  .array(fc.constantFrom('', 'a', 'b', 'c', 'd e', 'constructor'), { maxLength: 20 })
  .map((lines) => lines.join('\n'));

describe('rebasing a draft', () => {
  it('keeps both edits where they are apart', () => {
    const base = 'one\ntwo\nthree\nfour\nfive\n';
    const rebased = rebase({ base, current: base.replace('one', 'ONE'), draft: base.replace('five', 'FIVE') });
    expect(rebased).toEqual({ kind: 'clean', text: 'ONE\ntwo\nthree\nfour\nFIVE\n' });
  });

  it('makes a conflict of two answers to the same line, with both in it', () => {
    const rebased = rebase({ base: 'x\ny\nz\n', current: 'x\nmine\nz\n', draft: 'x\ntheirs\nz\n' });
    expect(rebased).toEqual({
      kind: 'conflict',
      regions: [{ line: 1, base: ['y'], current: ['mine'], draft: ['theirs'] }],
      draftWins: 'x\ntheirs\nz\n',
    });
  });

  it('is no conflict where both made the same change', () => {
    expect(rebase({ base: 'x\ny\n', current: 'x\nY\n', draft: 'x\nY\n' })).toMatchObject({ kind: 'clean' });
  });

  it('takes a change of line terminators for none', () => {
    const rebased = rebase({ base: 'a\nb\n', current: 'a\r\nb\r\n', draft: 'a\nB\n' });
    expect(rebased).toEqual({ kind: 'clean', text: 'a\nB\n' });
  });

  it('writes with the terminators of the file where both changed', () => {
    const rebased = rebase({ base: 'a\nb\nc\nd\n', current: 'A\r\nb\r\nc\r\nd\r\n', draft: 'a\nb\nc\nD\n' });
    expect(rebased).toEqual({ kind: 'clean', text: 'A\r\nb\r\nc\r\nD\r\n' });
  });

  it('gives the other text where one side changed nothing', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        const onlyDraft = rebase({ base, current: base, draft: other });
        const onlyDisk = rebase({ base, current: other, draft: base });
        expect(onlyDraft).toEqual({ kind: 'clean', text: other });
        expect(onlyDisk.kind === 'clean' && sameLines(onlyDisk.text, other)).toBe(true);
      }),
    );
  });

  it('never loses a line of the text on disk without a conflict', () => {
    fc.assert(
      fc.property(text, text, text, (base, current, draft) => {
        const rebased = rebase({ base, current, draft });
        if (rebased.kind === 'conflict') {
          expect(rebased.regions.length).toBeGreaterThan(0);
          return;
        }
        const baseLines = new Set(base.split('\n'));
        const draftLines = new Set(draft.split('\n'));
        const added = current.split('\n').filter((line) => !baseLines.has(line) && !draftLines.has(line));
        for (const line of added) expect(rebased.text.split('\n')).toContain(line);
      }),
    );
  });
});
