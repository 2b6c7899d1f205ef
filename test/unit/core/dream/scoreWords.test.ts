import { describe, expect, it } from 'vitest';
import type { Evidence, ScoreTerms, Trust } from '../../../../src/core/dream/finding';
import { score, SCORE_WEIGHTS } from '../../../../src/core/dream/score';
import { termsOf } from '../../../../src/core/dream/scoreWords';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 1);

/** One quote in each of so many sessions, spread evenly over so many days. */
function scored(sessions: number, days: number, more: { trust?: Trust; successRate?: number } = {}): ScoreTerms {
  const evidence = Array.from({ length: sessions }, (_, at): Evidence => {
    const time = START + (sessions === 1 ? 0 : (at / (sessions - 1)) * days * DAY);
    return { kind: 'quote', session: `s${at}`, entry: 'e', by: 'user', quote: 'q', at: new Date(time).toISOString() };
  });
  return score({ evidence, trust: 'user', text: 'Use pnpm', ...more });
}

const meaning = (terms: ScoreTerms, name: string): string | undefined =>
  termsOf(terms).find((term) => term.name === name)?.meaning;

describe('the words of a score', () => {
  it.each([
    [1, 'it came up in 1 session'],
    [2, 'it came up in 2 sessions'],
    [7, 'it came up in 7 sessions'],
    [8, 'it came up in 8 sessions or more'],
    [40, 'it came up in 8 sessions or more'],
  ])('%i sessions: %s', (sessions, words) => {
    expect(meaning(scored(sessions, 3), 'recurrence')).toBe(words);
  });

  it.each([
    [0, 'all at one time'],
    [0.2, 'within one day'],
    [1, 'over 1 day'],
    [12, 'over 12 days'],
    [30, 'over 30 days or more'],
  ])('%d days: %s', (days, words) => {
    expect(meaning(scored(2, days), 'spread')).toBe(words);
  });

  it('tells how trials went', () => {
    expect(meaning(scored(1, 0), 'outcome')).toBe('nothing was tried, or as much went well as badly');
    expect(meaning(scored(1, 0, { successRate: 0.75 }), 'outcome')).toBe('75 % of what was tried went well');
  });

  it.each<[Trust, string]>([
    ['user', 'you said it'],
    ['observed', 'it was seen to happen'],
    ['agent', 'the agent said it'],
    ['tool', 'a tool or a file said it'],
    ['file', 'a tool or a file said it'],
    ['recalled', 'memory alone says it'],
  ])('tells who speaks: %s', (trust, words) => {
    expect(meaning(scored(1, 0, { trust }), 'speaker')).toBe(words);
  });

  it.each([
    [0.1, 'it names little'],
    [0.5, 'it names something'],
    [0.9, 'it names much: values, paths, commands, topics'],
  ])('tells how concrete it is: %d', (specificity, words) => {
    expect(meaning({ ...scored(1, 0), specificity }, 'specificity')).toBe(words);
  });

  it('adds up: the terms times their weights are the total', () => {
    const terms = scored(3, 5, { successRate: 0.9 });
    const sum = termsOf(terms).reduce((total, { value, weight }) => total + value * weight, 0);
    expect(sum).toBeCloseTo(terms.total, 2);
    expect(Object.values(SCORE_WEIGHTS).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
  });
});
