import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageInDays, isPastSpan, worthAt } from '../../../../src/core/dream/decay';

describe('what a memory is worth by its age', () => {
  it.each([
    ['facts', 0, 1],
    ['facts', 180, 0.5],
    ['facts', 360, 0.25],
    ['decisions', 720, 0.5],
    ['a-category-of-ours', 360, 0.5],
    ['preferences', 10_000, 1],
    ['conventions', 10_000, 1],
  ])('%s after %i days: %f', (category, days, worth) => {
    expect(worthAt(category, days)).toBe(worth);
  });

  it('never rises with age, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('facts', 'pitfalls', 'preferences'),
        fc.nat(5_000),
        fc.nat(5_000),
        (kind, a, more) => {
          expect(worthAt(kind, a + more)).toBeLessThanOrEqual(worthAt(kind, a));
          expect(worthAt(kind, a)).toBeLessThanOrEqual(1);
          expect(worthAt(kind, a)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('a span is one half-life', () => {
    expect([isPastSpan('facts', 179), isPastSpan('facts', 180), isPastSpan('preferences', 9_999)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('the age of a memory', () => {
  it.each([
    ['2026-11-01', 20],
    ['2026-11-21', 0],
    [undefined, undefined],
    ['2026-99-99', undefined],
  ])('made on %s, on 2026-11-21: %s', (created, days) => {
    expect(ageInDays(created, '2026-11-21T09:00:00.000Z')).toBe(days);
  });
});
