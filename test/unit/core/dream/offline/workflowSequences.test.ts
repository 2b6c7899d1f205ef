import { describe, expect, it } from 'vitest';
import { expectedByChance, frequentSequences } from '../../../../../src/core/dream/offline/workflowSequences';

const BAR = { minSessions: 2, minLength: 2, maxLength: 3, maxGap: 1 } as const;
const stepsOf = (sequences: readonly string[], bar: Partial<typeof BAR> = {}): readonly string[] =>
  frequentSequences(
    sequences.map((sequence) => Array.from(sequence)),
    { ...BAR, ...bar },
  ).map(({ steps }) => steps.join(''));

describe('sequences that recur', () => {
  it('are told in the order of their steps', () => {
    expect(stepsOf(['abc', 'abc'])).toEqual(['ab', 'abc', 'ac', 'bc']);
  });

  it('have no more steps than the bar allows', () => {
    expect(Math.max(...stepsOf(['abcde', 'abcde']).map(({ length }) => length))).toBe(3);
  });

  it('may have as many other steps between two of theirs as the bar allows', () => {
    expect(stepsOf(['axb', 'ayb'])).toEqual(['ab']);
    expect(stepsOf(['axxb', 'ayyb'])).toEqual([]);
  });

  it('name no step twice', () => {
    expect(stepsOf(['abab', 'abab'])).toEqual(['ab', 'ba']);
  });

  it('go on only where at least half of the sessions do', () => {
    expect(stepsOf(['ab', 'ab', 'ac', 'ad', 'ae'])).toEqual([]);
    expect(stepsOf(['ab', 'ab', 'ac', 'ad'])).toEqual(['ab']);
  });

  it('stand where they came last', () => {
    const [pattern] = frequentSequences([Array.from('abxab'), Array.from('ab')], BAR);
    expect([...(pattern?.places ?? [])]).toEqual([
      [0, [3, 4]],
      [1, [0, 1]],
    ]);
  });

  it('are looked for no longer where there are too many', () => {
    const steps = Array.from({ length: 40 }, (_, at) => `step ${String(at).padStart(2, '0')}`);
    const found = frequentSequences([steps, steps], { minSessions: 2, minLength: 1, maxLength: 6, maxGap: 6 });
    expect(found.length).toBeGreaterThan(3_000);
    expect(found.length).toBeLessThan(3_100);
    expect(found.at(-1)?.steps).toEqual(['step 39']);
  });
});

describe('what chance would do', () => {
  it('is nothing where the steps are missing', () => {
    expect(expectedByChance(['a', 'b'], [['a'], ['b'], []], BAR)).toBe(0);
  });

  it('is every session that cannot do otherwise', () => {
    expect(expectedByChance(['a'], [['a'], ['a']], BAR)).toBe(2);
  });

  it('is about half of the sessions of two steps', () => {
    const sequences = Array.from({ length: 40 }, () => ['a', 'b']);
    const expected = expectedByChance(['a', 'b'], sequences, BAR);
    expect(expected).toBeGreaterThan(15);
    expect(expected).toBeLessThan(25);
    expect(expectedByChance(['a', 'b'], sequences, BAR)).toBe(expected);
  });

  it('is less in a long session, whose steps lie far apart', () => {
    const long = Array.from('abcdefghijklmnop');
    expect(expectedByChance(['a', 'b'], [long], { ...BAR, maxGap: 0 })).toBeLessThan(
      expectedByChance(['a', 'b'], [long], { ...BAR, maxGap: 9 }),
    );
  });
});
