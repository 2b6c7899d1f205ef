import { expect, test } from 'vitest';
import { findOrder, saveOrder } from '../src/db.js';

test('a saved order is found by its number', async () => {
  await saveOrder({ number: '20261006-0001', placedAt: new Date('2026-10-06T08:00:00Z'), net: 2500, tax: 475 });
  expect(await findOrder('20261006-0001')).toMatchObject({ net: 2500 });
});
