import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearDuplicates } from '../../../../../src/core/dream/text/minhash';
import { containment, jaccard, sameTopic } from '../../../../../src/core/dream/text/similarity';
import { complements, differsInValue, isNegative, valueSlots } from '../../../../../src/core/dream/text/slots';
import { contentStems, oneSpace, stem, words } from '../../../../../src/core/dream/text/words';

describe('words', () => {
  it('fold case, width and apostrophes, and keep names whole', () => {
    expect(words("Don't run `npm-run-all test:ci` on ＡＢＣ")).toEqual([
      'dont',
      'run',
      'npm-run-all',
      'test:ci',
      'on',
      'abc',
    ]);
  });

  it('cut Chinese and Japanese into pairs', () => {
    expect(words('使用工具')).toEqual(['使用', '用工', '工具']);
  });

  it('meet in one stem', () => {
    expect(['commits', 'committing', 'committed', 'commit'].map(stem)).toEqual([
      'commit',
      'commit',
      'commit',
      'commit',
    ]);
    expect(['use', 'using', 'uses', 'used'].map(stem)).toEqual([stem('use'), stem('use'), stem('use'), stem('use')]);
    expect(stem('dependencies')).toBe(stem('dependency'));
  });

  it('leave what carries no topic', () => {
    expect([...contentStems('please always use the wrapper')]).toEqual([stem('use'), 'wrapper']);
  });

  it('one space is idempotent', () => {
    fc.assert(fc.property(fc.string(), (text) => oneSpace(oneSpace(text)) === oneSpace(text)));
  });
});

describe('likeness of sets', () => {
  const sets = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String)).map((items) => new Set(items));

  it('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(jaccard(a, b)).toBe(jaccard(b, a));
        expect(containment(a, b)).toBe(containment(b, a));
        expect(jaccard(a, b)).toBeLessThanOrEqual(containment(a, b));
        expect(containment(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('takes two shared words to talk about the same', () => {
    expect(sameTopic(new Set(['a']), new Set(['a']))).toBe(false);
    expect(sameTopic(new Set(['a', 'b']), new Set(['a', 'b', 'c', 'd']))).toBe(true);
  });
});

describe('values', () => {
  it('are code, numbers, paths and members of a family', () => {
    expect([...valueSlots('Use `go test` on port 8080 in src/a.ts with pnpm')]).toEqual([
      'go test',
      '8080',
      'src/a.ts',
      'pnpm',
    ]);
  });

  it.each([
    ['Use pnpm for installs', 'Use npm for installs', true],
    ['The port is 8080', 'The port is 9090', true],
    ['Never squash commits', 'Squash commits', true],
    ['Indent with tabs', 'Indent with spaces', true],
    ['Use pnpm', 'Use pnpm, please', false],
    ['Use pnpm instead of npm', 'Use pnpm, not npm', false],
    ['Use pnpm, never npm', 'Never use npm', false],
    ['Use tabs, never spaces', 'Use spaces, never tabs', true],
    ['使用 pnpm 而不是 npm', '使用 npm', true],
    ['npm ではなく pnpm を使う', 'pnpm を使う', false],
    ['Commit the lock file', 'Never commit the lock file', true],
    ['Run `mise run test`', 'Run `mise run test:ci`', true],
    ['Run `mise run test`', 'Read `docs/a.md`', false],
    ['Use pnpm for installs', 'Install with pnpm on port 80', false],
  ])('“%s” against “%s”: %s', (a, b, differs) => {
    expect(differsInValue(a, b)).toBe(differs);
    expect(differsInValue(b, a)).toBe(differs);
  });

  it.each(['never x', "don't x", 'nicht x', 'jamais x', '不要 x', 'しないで'])('“%s” forbids', (text) => {
    expect(isNegative(text)).toBe(true);
  });
});

describe('two sides of one rule', () => {
  it('refuse the same value', () => {
    expect(complements('Never use npm', 'Use pnpm, not npm')).toBe(true);
    expect(complements('Never use npm', 'Use pnpm, not yarn')).toBe(false);
    expect(complements('Never use npm', 'Do not use npm')).toBe(false);
  });
});

describe('near duplicates', () => {
  const base =
    'the quick brown fox jumps over the lazy dog while nine other animals look on from the old fence and wonder';

  it('are found whatever surrounds them', () => {
    const other = Array.from(
      { length: 30 },
      (_, index) => `completely different text number ${index} about topic ${index * 7} and more words here`,
    );
    expect(nearDuplicates([base, ...other, `${base} much`])).toContainEqual([0, 31]);
  });

  it('pairs very many that are alike in a number of pairs that grows with them, not with their square', () => {
    const alike = Array.from({ length: 2_000 }, () => base);
    const pairs = nearDuplicates(alike);
    expect(pairs.length).toBeLessThanOrEqual(32 * alike.length);
    // They still hang together.
    expect(new Set(pairs.flat()).size).toBe(alike.length);
  });

  it('are not found among unlike or trivial texts', () => {
    expect(
      nearDuplicates([base, base.split(' ').reverse().join(' '), 'a a a a a a a a a', 'a a a a a a a a a', '']),
    ).toEqual([]);
  });
});
