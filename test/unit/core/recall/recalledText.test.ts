import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entriesIn,
  idsNamedIn,
  isEntryId,
  markerIn,
  readRecalledText,
  shortRecalledText,
} from '../../../../src/core/recall/recalledText';

const PRINTED = [
  'Agent Dreams memory 0a1b2c3d, part 1 of 2, reviewed on 2026-11-20.',
  '',
  '## [m-1a2b] Use pnpm',
  'npm breaks the links.',
  '- [m-3c4d5e] The port is 8081 (facts/port.md)',
  '- [m-1a2b] again',
].join('\n');

describe('a text that recall printed', () => {
  it('is known by its marker, and says which memories it holds', () => {
    expect(readRecalledText(PRINTED)).toEqual({
      marker: '0a1b2c3d',
      entries: ['m-1a2b', 'm-3c4d5e'],
      listed: ['m-3c4d5e'],
    });
    expect(markerIn(`SessionStart hook additional context: ${PRINTED}`)).toBe('0a1b2c3d');
  });

  it('is none without the marker, whatever ids stand in it', () => {
    for (const text of [
      '',
      '[m-1a2b]',
      'Agent Dreams memory',
      'Agent Dreams memory 0a1b2c3',
      'Agent Dreams memory 0a1b2c3de',
    ])
      expect(readRecalledText(text)).toBeUndefined();
    expect(entriesIn('- [m-1a2b] x [m-12] [M-1A2B] [m-xyz1]')).toEqual(['m-1a2b']);
  });

  it('is kept as its marker and the beginning of each entry', () => {
    const long = `${PRINTED}\n- [m-9999] ${'x'.repeat(500)}`;
    const lines = shortRecalledText(long).split('\n');
    expect(lines.slice(0, 2)).toEqual(['Agent Dreams memory 0a1b2c3d', '## [m-1a2b] Use pnpm']);
    expect(lines.at(-1)).toHaveLength(160);
    expect(shortRecalledText(long)).not.toContain('npm breaks');
    expect(readRecalledText(shortRecalledText(long))).toEqual(readRecalledText(long));
  });

  it('stays short and readable back, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constant('[m-00aa]'), fc.constant('Agent Dreams memory 00000000'))),
        (lines) => {
          const text = ['Agent Dreams memory 12345678', ...lines].join('\n');
          const short = shortRecalledText(text);
          expect(short.length).toBeLessThanOrEqual(100 + 61 * 161);
          expect(readRecalledText(short)?.marker).toBe('12345678');
        },
      ),
    );
  });
});

describe('an id that an agent names', () => {
  it('is found with and without brackets, and not inside other words', () => {
    expect(idsNamedIn('As [m-1a2b] says, and m-3c4d: not item-1a2b, m-1a2b-x or m-12.')).toEqual(['m-1a2b', 'm-3c4d']);
    expect(idsNamedIn('nothing here')).toEqual([]);
    expect(isEntryId('m-1a2b')).toBe(true);
    expect(isEntryId('facts/m-1a2b')).toBe(false);
  });

  it('is one of 500 at most', () => {
    const many = Array.from({ length: 600 }, (_, index) => `m-${(0x1000 + index).toString(16)}`).join(' ');
    expect(idsNamedIn(many)).toHaveLength(500);
  });
});
