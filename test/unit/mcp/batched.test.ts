import { expect, test } from 'vitest';
import { batched } from '../../../src/mcp/batched';

test('what is asked for meanwhile is handed on in one go, and each gets its own answer', async () => {
  const batches: (readonly number[])[] = [];
  let release = (): void => undefined;
  const first = new Promise<void>((done) => (release = done));
  const double = batched(async (items: readonly number[]) => {
    batches.push(items);
    if (batches.length === 1) await first;
    return items.map((item) => item * 2);
  });
  const one = double(1);
  await Promise.resolve();
  await Promise.resolve();
  const others = [2, 3, 4].map((item) => double(item));
  release();
  expect(await Promise.all([one, ...others])).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('a batch that fails does not hold up the next', async () => {
  let runs = 0;
  const work = batched((items: readonly string[]) => {
    runs += 1;
    return runs === 1 ? Promise.reject(new Error('no')) : Promise.resolve(items);
  });
  await expect(work('a')).rejects.toThrow('no');
  expect(await work('b')).toBe('b');
});
