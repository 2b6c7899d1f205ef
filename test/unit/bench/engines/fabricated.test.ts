import { describe, expect, it } from 'vitest';
import { runFabricated } from '../../../../bench/engines/fabricated';

describe('a model that makes things up', () => {
  it('brings nothing into a proposal but what was said', async () => {
    const run = await runFabricated(32, 7);

    expect(run.passed).toEqual([]);
    expect(run.untrue).toEqual([]);
    expect(run.shownAsPersons).toEqual([]);
    expect(run).toMatchObject({ replies: 32, honest: 32, honestProposed: 32, withoutRoom: 0 });
    expect(run.kinds).toBeGreaterThanOrEqual(31);
  }, 60_000);
});
