import { expect, test } from 'vitest';
import { fixedClock } from '../src/clock.js';
import { placeOrder } from '../src/orders.js';

test('an order carries the day it was placed in its number', () => {
  const order = placeOrder(
    { lines: [{ sku: 'mug', price: 1250, quantity: 2 }], discountPercent: 0, taxPercent: 19 },
    7,
    fixedClock('2026-10-06T08:00:00Z'),
  );
  expect(order).toMatchObject({ number: '20261006-0007', net: 2500, tax: 475 });
});
