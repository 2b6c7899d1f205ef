import { describe, expect, it } from 'vitest';
import { costRows } from '../../../../bench/cost/cost';

describe('what the steps of the design save', () => {
  const load = {
    sessions: 10,
    raw: Array<number>(10).fill(200_000),
    dreams: [{ shared: 9_000, questions: Array<number>(10).fill(4_000) }],
  };

  it('is told one after the other, each at list prices', () => {
    const [raw, condensed, small, cached, batch] = costRows(load);

    // Ten requests of 209,000 tokens to the large model, and two questions about changes.
    expect(raw?.readUsd).toBeCloseTo((10 * (209_000 * 4 + 700 * 20)) / 1e6);
    expect(raw?.usd).toBeCloseTo((raw?.readUsd ?? 0) + (2 * (5_000 * 4 + 2_500 * 20)) / 1e6);
    expect(condensed?.readUsd).toBeCloseTo((10 * (13_000 * 4 + 700 * 20)) / 1e6);
    expect(small?.readUsd).toBeCloseTo((10 * (13_000 * 0.1 + 700 * 0.5)) / 1e6);
    expect(cached?.readUsd).toBeCloseTo((10 * (4_000 * 0.1 + 700 * 0.5) + 9_000 * 0.125 + 9 * 9_000 * 0.01) / 1e6);
    expect(batch?.readUsd).toBeCloseTo((small?.readUsd ?? 0) / 2);
  });

  it('caches no beginning that is too short to be kept', () => {
    const [, , small, cached] = costRows({ ...load, dreams: [{ shared: 2_000, questions: [4_000, 4_000] }] });

    expect(cached?.usd).toBe(small?.usd);
  });
});
