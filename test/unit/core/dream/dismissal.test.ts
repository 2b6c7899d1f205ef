import { describe, expect, it } from 'vitest';
import { dismissal, placeOf } from '../../../../src/core/dream/dismissal';
import type { Evidence } from '../../../../src/core/dream/finding';
import type { Edit, Note } from '../../../../src/core/dream/miner';

const quote: Evidence = { kind: 'quote', session: 's1', entry: 'p1', by: 'user', quote: 'use pnpm', at: '' };
const check: Evidence = { kind: 'check', subject: 'a.sh', verdict: 'gone', detail: 'no such file', at: '' };
const score = { recurrence: 0, spread: 0, outcome: 0.5, speaker: 1, specificity: 0, total: 0.35 };

const note = (title: string, evidence: readonly Evidence[]): Note => ({
  kind: 'note',
  title,
  finding: {
    miner: 'instructions',
    category: 'conventions',
    slug: 'use-pnpm',
    description: 'Use pnpm',
    body: 'Use pnpm.\n',
    evidence,
    trust: 'user',
    score,
    rationale: 'You said so.',
    fingerprint: 'f',
  },
});
const edit: Edit = {
  kind: 'edit',
  change: 'archive',
  miner: 'staleAnchors',
  title: 'A path is gone',
  rationale: 'It is gone.',
  files: [{ path: 'archive/facts/a.md', from: 'facts/a.md', before: 'a\n', after: 'a\n' }],
  evidence: [check],
  trust: 'observed',
  fingerprint: 'f',
};

describe('a dismissed candidate', () => {
  it('says who found it, why it is left out, how it was scored, and the first place it came from', () => {
    expect(dismissal(note('Use pnpm', [check, quote]), 'it is told already')).toEqual({
      miner: 'instructions',
      summary: 'Use pnpm',
      reason: 'it is told already',
      session: 's1',
      entry: 'p1',
      score,
    });
  });

  it('has no score and no place where it only tidies', () => {
    expect(dismissal(edit, 'it was rejected')).toEqual({
      miner: 'staleAnchors',
      summary: 'A path is gone',
      reason: 'it was rejected',
    });
  });

  it('is told briefly', () => {
    expect(dismissal(note('x'.repeat(500), [quote]), 'r').summary).toHaveLength(160);
  });

  it('is in no session where its evidence is none', () => {
    expect(placeOf(undefined)).toEqual({});
    expect(placeOf(check)).toEqual({});
  });
});
