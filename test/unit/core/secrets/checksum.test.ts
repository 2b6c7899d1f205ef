import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCrc32 } from '../../../../src/core/secrets/checksum';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const letter = fc.constantFrom(...Array.from(BASE62));
const payload = fc.array(letter, { minLength: 20, maxLength: 40 }).map((letters) => letters.join(''));

/** The check sum as the provider writes it, from the platform's own CRC. */
function digitsOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < 6; i += 1) {
    digits = (BASE62[rest % 62] ?? '') + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

describe('the check sum of a token', () => {
  it('is right where the last six digits are the CRC-32 of what follows the prefix', () => {
    fc.assert(fc.property(payload, (body) => hasCrc32(`abc_${body}${digitsOf(body)}`)));
  });

  it('is wrong as soon as one letter differs', () => {
    fc.assert(
      fc.property(payload, fc.nat(), letter, (body, place, other) => {
        const at = place % body.length;
        fc.pre(body[at] !== other);
        const changed = body.slice(0, at) + other + body.slice(at + 1);
        return !hasCrc32(`abc_${changed}${digitsOf(body)}`);
      }),
    );
  });

  it('is wrong where there is nothing to check', () => {
    expect(hasCrc32('abc_000000')).toBe(false);
    expect(hasCrc32('')).toBe(false);
  });
});
