import { describe, expect, it } from 'vitest';
import { runBodies } from '../../../../bench/engines/bodies';

describe('what a dream sends, one by one and as a batch', () => {
  it('holds no secret, and nothing of others but what is marked', async () => {
    const run = await runBodies(64, 7);

    expect(run.hits).toEqual([]);
    expect(run.misplaced).toEqual([]);
    expect(run.marks).toBeGreaterThanOrEqual(32);
    expect(run.bodies.extract).toBeGreaterThanOrEqual(8);
    expect(run.bodies.consolidate).toBeGreaterThanOrEqual(2);
    expect(run.bodies.counted).toBeGreaterThanOrEqual(8);
  }, 60_000);
});
