import { describe, expect, it } from 'vitest';
import { measureWrappings } from '../../../../bench/secrets/coverage';

describe('distinctive tokens', () => {
  it('are found whole wherever transcripts hold them', () => {
    const { results } = measureWrappings(1);
    expect(results.filter(({ covered, tokens }) => covered < tokens * 0.97)).toEqual([]);
  });
});
