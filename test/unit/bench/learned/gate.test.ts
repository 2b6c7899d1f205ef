import { describe, expect, it } from 'vitest';
import { judge, packModel, reasonsFor, unpackModel } from '../../../../bench/train/learned/gate';
import { CLASSES, describeFeature, featuresOf, tokensOf } from '../../../../bench/train/learned/tokens';
import { momentaryReason, readLasting } from '../../../../bench/train/learned/lasting';
import { WEIGHTS } from '../../../../bench/train/learned/weights';

describe('what a sentence is looked at as', () => {
  it('puts classes in the place of what it is about', () => {
    expect(tokensOf('Run `npm test` in src/app.ts, see #12, ABC-7 and https://example.org')).toEqual([
      'run', '<code>', 'in', '<file>', ',', 'see', '<ticket>', ',', '<ticket>', 'and', '<url>',
    ]); // prettier-ignore
    expect(tokensOf("Don't call loadUser 3 times")).toEqual(['dont', 'call', '<name>', '<number>', 'times']);
    expect(tokensOf('use --force and “quotes”')).toEqual(['use', '<flag>', 'and', '<quote>']);
  });

  it('reads Chinese and Japanese by the character', () => {
    expect(tokensOf('请总是用英文')).toEqual(['请', '总', '是', '用', '英', '文']);
    expect(tokensOf('必ずテスト')).toEqual(['必', 'ず', 'テスト']);
  });

  it('names each feature once, and in words', () => {
    const words = [...CLASSES, 'from', 'now', 'on'];
    const ids = ['from', 'now', 'on'].map((word) => words.indexOf(word));
    const features = featuresOf(ids);
    expect(new Set(features).size).toBe(features.length);
    const said = features.map((feature) => describeFeature(feature, words));
    expect(said).toContain('from now');
    expect(said).toContain('from … on');
    expect(said).toContain('<s> from now');
    expect(said).toContain('now on </s>');
    expect(said).toContain('its length');
    expect(said).toContain('now');
  });
});

describe('a model', () => {
  it('reads what it has written', () => {
    const ids = [CLASSES.length, CLASSES.length + 1];
    const features = featuresOf(ids);
    const packed = packModel(
      [...CLASSES, 'always', 'test'],
      features.map((feature) => [feature, [-9, 9, 0, 0, 0, 0]]),
      0.1,
    );
    const model = unpackModel(packed);
    const read = judge('always test', model);
    expect(read.kind).toBe('rule');
    expect(read.durable).toBeGreaterThan(0.99);
    expect(read.known).toBe(1);
    expect(reasonsFor('always test', model, true)).toHaveLength(3);
    expect(reasonsFor('always test', model, false)).toEqual([]);
  });

  it('is small', () => {
    expect(WEIGHTS.words.length + WEIGHTS.features.length).toBeLessThan(60_000);
  });
});

describe('what reads as meant to last', () => {
  it.each([
    'Secrets belong into the vault, nowhere else.',
    'Every endpoint gets a rate limit.',
    'No new package without my approval.',
    'Nobody merges into main without a review.',
  ])('takes “%s” although no word of time is in it', (sentence) => {
    const reading = readLasting(sentence);
    expect(reading.kind).toBe('instruction');
  });

  it.each([
    'Resolve the conflicts on this branch',
    'Take a look at the third commit',
    'let’s drop the preview endpoint altogether',
    'Should every endpoint get a rate limit?',
    'Every endpoint gets a rate limit in this PR.',
    'Tom says every endpoint gets a rate limit.',
    'The endpoint returns 500 for empty bodies.',
    'If we had more time, every endpoint would get a rate limit.',
    'const limit = { every: 5 };',
    'ok',
  ])('leaves “%s” alone', (sentence) => {
    expect(readLasting(sentence).kind).toBe('none');
  });
});

describe('a task of the moment', () => {
  it('is told by its form, with the words that tell', () => {
    const reason = momentaryReason('Merge the second branch and fix the failing test.');
    expect(reason).toMatch(/^it reads like a task of the moment/u);
  });

  it('is never a sentence with a word of time in it', () => {
    expect(momentaryReason('always fix the second call')).toBeUndefined();
  });

  it('is no rule', () => {
    expect(momentaryReason('Every endpoint gets a rate limit.')).toBeUndefined();
  });
});
