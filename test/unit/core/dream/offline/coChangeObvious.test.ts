import { describe, expect, it } from 'vitest';
import { isObviousPair, isOfEverything } from '../../../../../src/core/dream/offline/coChangeObvious';

describe('two files that change together', () => {
  it.each([
    ['Cargo.toml', 'Cargo.lock', 'a lock file changes with its manifest'],
    ['src/card.tsx', 'src/__snapshots__/view.txt', 'a snapshot is written by its test'],
    ['src/card.tsx.snap', 'src/view.ts', 'a snapshot is written by its test'],
    ['src/index.ts', 'src/circle.ts', 'an index changes with what it lists'],
    ['pkg/shape.py', 'pkg/__init__.py', 'an index changes with what it lists'],
    ['src/circle.ts', 'CHANGELOG.md', 'notes of the work change with everything'],
    ['docs/*.md', 'src/*.ts', 'two folders are no pair that can be told'],
    ['src/*.ts', 'src/app.ts', 'they lie in one folder'],
    ['src/order.ts', 'test/order.test.ts', 'their names say it'],
    ['src/orderList.tsx', 'styles/order-list.css', 'their names say it'],
    ['src/order_list.py', 'test/test_order_list.py', 'their names say it'],
    ['src/order.ts', 'src/orderTotals.ts', 'their names say it'],
    ['src/orderTotals.ts', 'src/order.ts', 'their names say it'],
  ])('are no news: %s and %s', (a, b, why) => {
    expect(isObviousPair(a, b)).toBe(why);
    expect(isObviousPair(b, a)).toBe(why);
  });

  it.each([
    ['src/settings.ts', 'docs/reference.md'],
    ['migrations/*.sql', 'src/schema.ts'],
    ['src/api.ts', 'src/apiary.ts'],
    ['src/history.ts', 'docs/reference.md'],
  ])('are news: %s and %s', (a, b) => {
    expect(isObviousPair(a, b)).toBeUndefined();
    expect(isObviousPair(b, a)).toBeUndefined();
  });
});

describe('what changes with everything', () => {
  it.each([
    'docs/TODO.md',
    'CLAUDE.local.md',
    'README',
    'yarn.lock',
    'src/index.mjs',
    'lib.rs',
    'a/__snapshots__/b.txt',
  ])('is %s', (path) => {
    expect(isOfEverything(path)).toBe(true);
  });

  it.each(['src/todo.ts', 'lib/history.rs', 'docs/reference.md', 'src/indexer.ts', 'src/snapshots.ts'])(
    'is not %s',
    (path) => {
      expect(isOfEverything(path)).toBe(false);
    },
  );
});
