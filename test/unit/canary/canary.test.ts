import { describe, expect, it } from 'vitest';
import { runCanary } from '../../../bench/canary/run';

describe('secrets that are planted everywhere', () => {
  it('are in no file and no message after the whole product has seen them', async () => {
    const result = await runCanary(160, 7);

    expect(result.hits).toEqual([]);
    expect(result).toMatchObject({ planted: 160, refused: result.attempts });
    expect(result.formats).toBeGreaterThanOrEqual(60);
    expect(result.marks).toBeGreaterThanOrEqual(140);
    expect(result.reported).toBeGreaterThanOrEqual(140);
  }, 120_000);

  it('stand in texts that a dream proposes, which others of its changes are', async () => {
    const result = await runCanary(32, 8);

    expect(result.hits).toEqual([]);
    expect(result.findings).toBeGreaterThan(0);
  }, 60_000);
});
