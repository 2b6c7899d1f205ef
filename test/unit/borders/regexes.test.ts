import { describe, expect, it } from 'vitest';
import { nestsRepeats, regexesOfSource } from '../../borders/regexes';

describe('the regular expressions of the product', () => {
  it.each([/(?:a+)+$/u, /(?:a|b*)*$/u, /(?:[^x]+y?)+z/u, /((?:a{2,})b?)*c/u])('may not be like %s', (regex) => {
    expect(nestsRepeats(regex)).toBe(true);
  });

  it.each([/(?:ab)+/u, /a+b*/u, /(?:a{0,3})+/u, /[(a+)+]*/u])('may be like %s', (regex) => {
    expect(nestsRepeats(regex)).toBe(false);
  });

  it('nest no unbounded repeat in another', () => {
    expect(
      regexesOfSource()
        .filter(({ regex }) => nestsRepeats(regex))
        .map(({ at }) => at),
    ).toEqual([]);
  });
});
