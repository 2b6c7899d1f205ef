import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankEarlier, type Revision } from '../../../../src/core/search/earlier';
import { clausesOf } from '../../../../src/core/search/earlierClauses';

function first(later: string, earlier: readonly string[], revision: Revision): string | undefined {
  return earlier[rankEarlier(later, earlier, revision)[0]?.index ?? -1];
}

describe('the earlier message that a later one denies', () => {
  const rotated = 'I rotated the API keys of the mailer on Monday and the tests pass.';
  const template = 'The mailer template has a broken header, can you check the layout of the template?';

  test('is found by the clause that denies, whatever else is asked', () => {
    const later = 'The mailer template breaks the layout again, but I have never rotated any API keys. Can you help?';
    expect(first(later, [template, rotated], 'denied')).toBe(rotated);
  });

  test('is found by the whole of a message that denies nothing', () => {
    expect(first('Rotate the API keys of the mailer.', [template, rotated], 'denied')).toBe(rotated);
  });
});

describe('the earlier message that a later one updates', () => {
  const old = 'The dashboard answers in 400 ms under load.';

  test('is found by the clause that gives a value, not by the one that asks', () => {
    const retries = 'How do I write the retry loop of the queue worker?';
    const later = 'The dashboard now answers in 250 ms, so how do I write a retry loop for the queue worker as well?';
    expect(first(later, [retries, old], 'updated')).toBe(old);
  });

  test('is not looked for by what the message denies', () => {
    const deployed = 'We deployed to the staging cluster with Helm charts.';
    const later = 'The dashboard answers faster now, but I have never deployed to a staging cluster with Helm charts.';
    expect(first(later, [deployed, old], 'updated')).toBe(old);
    expect(first(later, [deployed, old], 'denied')).toBe(deployed);
  });

  test('told something, where another only takes up the answer to it', () => {
    const answer = 'Got it, the dashboard answers in 400 ms under load.';
    expect(first('The dashboard answers in 250 ms under load.', [answer, old], 'updated')).toBe(old);
  });

  test('is the newest of those that give a value', () => {
    const newer = 'The dashboard answers in 300 ms under load.';
    expect(first('The dashboard answers in 250 ms under load.', [old, newer], 'updated')).toBe(newer);
  });

  test.each([
    ['a change without a value', 'The dashboard moved.'],
    ['neither', 'What of the dashboard?'],
  ])('is found by %s, too', (_, later) => {
    expect(first(later, ['Nothing of interest here.', old], 'updated')).toBe(old);
  });
});

describe('any ranking of earlier messages', () => {
  test('holds each of them once, best first, ties in their order', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.array(fc.lorem({ maxCount: 6 }), { maxLength: 8 }),
        fc.constantFrom<Revision>('denied', 'updated'),
        (later, earlier, revision) => {
          const ranked = rankEarlier(later, earlier, revision);
          expect(ranked.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...earlier.keys()]);
          ranked.slice(1).forEach((one, at) => {
            const before = ranked[at];
            expect(one.score < (before?.score ?? 0) || one.index > (before?.index ?? 0)).toBe(true);
          });
        },
      ),
    );
  });

  test('reads no code, and short scraps are no clauses', () => {
    expect(clausesOf('It fails here:\n```\nconst never = 1;\n```\nOk. So what is next, and why does it fail?')).toEqual(
      ['It fails here:', 'So what is next', 'and why does it fail?'],
    );
    expect(rankEarlier('', [], 'denied')).toEqual([]);
  });
});
