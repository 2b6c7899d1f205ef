import { describe, expect, it } from 'vitest';
import { StemIndex } from '../../../../../src/core/dream/text/stemIndex';

describe('texts by their stems', () => {
  it('gives those that share enough, lowest number first', () => {
    const index = new StemIndex();
    const texts = [['a', 'b'], ['c'], ['b', 'a', 'd'], []];
    expect(texts.map((stems) => index.add(new Set(stems)))).toEqual([0, 1, 2, 3]);
    expect(index.sharing(new Set(['b', 'a', 'x']), 2)).toEqual([0, 2]);
    expect(index.sharing(new Set(['d']), 1)).toEqual([2]);
    expect(index.sharing(new Set(), 1)).toEqual([]);
  });
});
