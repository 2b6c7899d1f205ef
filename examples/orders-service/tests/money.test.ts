import { expect, test } from 'vitest';
import { discounted, roundHalfEven, taxOf } from '../src/money.js';

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [2.51, 3],
])('rounds %d to %d', (value, rounded) => {
  expect(roundHalfEven(value)).toBe(rounded);
});

test('a discount of 12.5 % on 20 cents takes 2', () => {
  expect(discounted(20, 12.5)).toBe(18);
});

test('tax is rounded half to even', () => {
  expect(taxOf(50, 19)).toBe(10);
});
