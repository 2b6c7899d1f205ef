import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHiddenCharacters } from '../../../../src/core/review/hiddenText';

describe('hidden characters', () => {
  it.each([
    ['a direction override', 'run \u202Ecod\u202C', 'U+202E', 'direction'],
    ['a zero-width space', 'npm\u200Binstall', 'U+200B', 'invisible'],
    ['a tag character', 'ok\u{E0041}', 'U+E0041', 'tag'],
    ['an escape', 'a\u001B[31m', 'U+001B', 'control'],
    ['a joiner between Latin letters', 'pa\u200Dss', 'U+200D', 'invisible'],
    ['a BOM inside the text', 'a\uFEFFb', 'U+FEFF', 'invisible'],
  ])('%s is found', (_name, text, codePoint, name) => {
    expect(findHiddenCharacters(text)[0]).toMatchObject({ line: 0, codePoint, name });
  });

  it.each([
    ['a family emoji', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'],
    ['a heart with a variation selector', '\u2764\uFE0F'],
    ['Persian with a non-joiner', 'می\u200Cخواهم'],
    ['a BOM at the start', '\uFEFF---'],
    ['tabs and line ends', 'a\tb\r\nc'],
  ])('%s is not', (_name, text) => {
    expect(findHiddenCharacters(text)).toEqual([]);
  });

  it('says where it is', () => {
    expect(findHiddenCharacters('a\n\u{1F600}b\u200Bc')).toEqual([
      { line: 1, column: 3, codePoint: 'U+200B', name: 'invisible' },
    ]);
  });

  it('stops at the limit', () => {
    expect(findHiddenCharacters('\u200B'.repeat(50), 3)).toHaveLength(3);
  });

  it('finds nothing in plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '字', ' ', '\n', '`', '😀') }), (text) => {
        expect(findHiddenCharacters(text)).toEqual([]);
      }),
    );
  });
});
