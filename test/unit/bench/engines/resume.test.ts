import { describe, expect, it } from 'vitest';
import { runResume } from '../../../../bench/engines/resume';

describe('a process that is killed while it dreams', () => {
  it('is followed by one that sends nothing of what was answered', async () => {
    const report = await runResume(5, 'claude', [{ at: 'answers', count: 2 }]);

    expect(report).toMatchObject({ kills: 1, kept: [2], sentTwice: 0, changes: 5, sameProposal: true });
    expect(report.sent - report.underWay).toBe(5);
  }, 120_000);
});
