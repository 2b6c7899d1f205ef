import { describe, expect, it } from 'vitest';
import { evidenceKey, sessionOfKey } from '../../../../src/core/dream/evidenceKey';
import type { Evidence } from '../../../../src/core/dream/finding';
import { isRejected } from '../../../../src/core/dream/rejections';
import { latestMs, score, sessionsOf } from '../../../../src/core/dream/score';
import { nodeHasher } from '../../../fakes/fakePorts';

const hasher = nodeHasher();
const said = (session: string, quote = 'use pnpm', at = ''): Evidence => ({
  kind: 'quote',
  session,
  entry: 'e',
  by: 'user',
  quote,
  at,
});
const seen = (session: string, at = ''): Evidence => ({
  kind: 'event',
  session,
  entry: 'e',
  event: 'succeeded',
  quote: 'x',
  at,
});
const gone = (subject: string): Evidence => ({ kind: 'check', subject, verdict: 'gone', detail: '', at: '' });
const keys = (...evidence: readonly Evidence[]): readonly string[] => evidence.map((one) => evidenceKey(one, hasher));

describe('what identifies evidence', () => {
  it('is where it is and what it shows, not white space or time', () => {
    expect(keys(said('s1', 'use  pnpm', '1'))).toEqual(keys(said('s1', 'use pnpm', '2')));
    expect(keys(said('s1', 'use npm'))).not.toEqual(keys(said('s1')));
  });

  it('tells the session, where there is one', () => {
    expect(keys(said('s1'), seen('s2'), gone('a')).map(sessionOfKey)).toEqual(['s1', 's2', undefined]);
    expect(
      keys({ kind: 'memory', path: 'a/b.md', sha256: 'x', quote: '' }, { kind: 'by-hand', at: 't' }).map(sessionOfKey),
    ).toEqual([undefined, undefined]);
  });
});

describe('a rejected claim', () => {
  const rejected = (...evidence: readonly Evidence[]) => ({ f: { evidence: keys(...evidence) } });

  it.each([
    ['on the same words', keys(said('s1')), true],
    ['on more words from the same session', keys(said('s1'), said('s1', 'really')), true],
    ['on new words from a new session', keys(said('s1'), said('s2')), false],
  ])('%s', (_, now, expected) => {
    expect(isRejected({ fingerprint: 'f', keys: now }, rejected(said('s1')))).toBe(expected);
  });

  it('is known by its words, even under another fingerprint', () => {
    expect(isRejected({ fingerprint: 'other', keys: keys(said('s1')) }, rejected(said('s1')))).toBe(true);
    expect(isRejected({ fingerprint: 'other', keys: keys(seen('s1')) }, rejected(seen('s1')))).toBe(false);
  });

  it('that was only observed needs as many new sessions as were rejected', () => {
    const before = [seen('s1'), seen('s2')];
    expect(isRejected({ fingerprint: 'f', keys: keys(...before, seen('s3')) }, rejected(...before))).toBe(true);
    expect(isRejected({ fingerprint: 'f', keys: keys(...before, seen('s3'), seen('s4')) }, rejected(...before))).toBe(
      false,
    );
  });

  it('about the workspace comes back for another subject', () => {
    expect(isRejected({ fingerprint: 'f', keys: keys(gone('a')) }, rejected(gone('a')))).toBe(true);
    expect(isRejected({ fingerprint: 'f', keys: keys(gone('a'), gone('b')) }, rejected(gone('a')))).toBe(false);
  });

  it('of nothing at all rejects nothing', () => {
    expect(isRejected({ fingerprint: 'f', keys: [] }, {})).toBe(false);
  });
});

describe('the score', () => {
  const day = (number: number): string => new Date(Date.UTC(2026, 10, number)).toISOString();

  it('grows with sessions, days, success and detail, term by term', () => {
    const once = score({ evidence: [said('s1', 'x', day(1))], trust: 'user', text: 'use pnpm' });
    const often = score({
      evidence: [said('s1', 'x', day(1)), said('s2', 'x', day(20))],
      trust: 'user',
      text: 'use pnpm',
    });
    expect(often.recurrence).toBeGreaterThan(once.recurrence);
    expect(often.spread).toBeGreaterThan(once.spread);
    expect(often.total).toBeGreaterThan(once.total);
    expect(score({ evidence: [], trust: 'observed', text: 'x', successRate: 1 }).outcome).toBe(1);
    expect(once.outcome).toBe(0.5);
    expect(score({ evidence: [], trust: 'tool', text: '' }).speaker).toBeLessThan(once.speaker);
    expect(
      score({ evidence: [], trust: 'user', text: 'run `go test` on 8080 in a/b.ts with pnpm' }).specificity,
    ).toBeGreaterThan(once.specificity);
  });

  it('is the weighted sum of its terms', () => {
    const terms = score({
      evidence: [said('s1', 'x', day(1)), seen('s2', day(3))],
      trust: 'observed',
      text: 'use pnpm',
      successRate: 0.8,
    });
    const sum =
      0.25 * terms.recurrence +
      0.15 * terms.spread +
      0.2 * terms.outcome +
      0.25 * terms.speaker +
      0.15 * terms.specificity;
    expect(terms.total).toBeCloseTo(sum, 2);
  });

  it('takes evidence without a time as it is', () => {
    expect(latestMs([said('s1', 'x', ''), gone('a')])).toBeUndefined();
    expect([...sessionsOf([said('s1'), seen('s1'), gone('a')])]).toEqual(['s1']);
  });
});
