import { describe, expect, it } from 'vitest';
import { tryFrontMatters } from '../../borders/frontMatters';

describe('mutated front matter', () => {
  it('is read or refused with a reason, and an edit keeps the body and every other line', () => {
    const result = tryFrontMatters(11, 400);

    expect(result).toMatchObject({ failed: 0, damaged: 0 });
    expect(result.readable).toBeGreaterThan(40);
    expect(result.refused).toBeGreaterThan(40);
    expect(result.edits).toBeGreaterThan(40);
  });
});
