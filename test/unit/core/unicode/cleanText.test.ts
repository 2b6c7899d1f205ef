import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composed,
  composeNewLines,
  removeHiddenCharacters,
  showHiddenCharacters,
} from '../../../../src/core/unicode/cleanText';
import { inspectCharacters } from '../../../../src/core/unicode/inspectText';
import { refuseHidden, refuseUnseen } from '../../../../src/core/unicode/refuseHidden';

describe('removing hidden characters', () => {
  it('leaves what belongs to the spelling', () => {
    expect(removeHiddenCharacters('a\u200Bb می\u200Cخواهم \u001B[31mc\u2028d')).toBe('ab می\u200Cخواهم c\nd');
  });

  it('leaves none, whatever the text', () => {
    const unit = fc.constantFrom(
      'a',
      '\u200B',
      '\u202E',
      '\u{E0041}',
      '\u001B',
      '[',
      '\r',
      '\uFE0F',
      '👨',
      '\u200D',
      'ی',
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        let clean = removeHiddenCharacters(text);
        // Taking one away may leave its neighbour alone.
        for (let round = 0; round < 20; round += 1) clean = removeHiddenCharacters(clean);
        expect(inspectCharacters(clean)).toEqual([]);
      }),
    );
  });
});

describe('showing hidden characters', () => {
  it('writes their names, and how many stand in a row', () => {
    expect(showHiddenCharacters('a\u202Eb\u200B\u200B\u200Bc')).toBe('a[U+202E]b[U+200B ×3]c');
  });
});

describe('what we write', () => {
  it('is composed', () => {
    expect(composed('u\u0308')).toBe('ü');
  });

  it('keeps the bytes of lines that stand there already', () => {
    expect(composeNewLines('u\u0308\r\n', 'u\u0308\r\no\u0308\r\n')).toBe('u\u0308\r\nö\r\n');
  });
});

describe('the gate', () => {
  it('names the line and the character', () => {
    expect(() => refuseHidden('facts/a.md', 'a\nb\u202Ec')).toThrow(
      expect.objectContaining({
        code: 'hidden-text',
        details: { path: 'facts/a.md', line: 2, words: 'direction override', codePoint: 'U+202E' },
      }) as Error,
    );
  });

  it('lets pass what was known before', () => {
    expect(() => refuseHidden('facts/a.md', 'a\u202Eb', 'a\u202Eb')).not.toThrow();
  });

  it('leaves to the reader what stands in plain sight of a file written elsewhere', () => {
    expect(() => refuseUnseen('facts/a.md', 'a <!-- note -->')).not.toThrow();
    expect(() => refuseUnseen('facts/a.md', 'a\u200Bb')).toThrow(/U\+200B/);
  });
});
