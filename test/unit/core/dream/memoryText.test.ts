import { describe, expect, it } from 'vitest';
import { chooseCategory, hasPhrase, placeIn, addedCues } from '../../../../src/core/dream/categories';
import { claimOf, sentencesOf, supersede } from '../../../../src/core/dream/memoryText';
import { asDescription, asRule, asTitle, topicWords, whyQuoted } from '../../../../src/core/dream/offline/rule';
import { slugFrom } from '../../../../src/core/dream/offline/slugFrom';
import { nodeHasher } from '../../../fakes/fakePorts';
import { plainSchema } from './offline/mine';

describe('what a memory claims', () => {
  it('is its body without reasons', () => {
    expect(claimOf({ body: 'Use pnpm.\n\n**Why:** because\n**Apply when:** always\n' })).toBe('Use pnpm.');
  });

  it('is cut into sentences without touching code', () => {
    expect(sentencesOf('Run `a.b c.d`. Then e.g. this. 好。再。')).toEqual([
      'Run `a.b c.d`.',
      'Then e.g. this. 好。',
      '再。',
    ]);
  });

  it('is superseded sentence by sentence; the rest stays', () => {
    const body = 'Use jest for tests. Keep snapshots small.\n\nOther $1 text.\n';
    expect(supersede(body, 'Use vitest for tests.', 'Use vitest for tests.\n\n**Why:** new')).toBe(
      'Use vitest for tests. Keep snapshots small.\n\nOther $1 text.\n\n**Why:** new Replaces: “Use jest for tests.”\n',
    );
  });

  it('keeps a body that has nothing alike', () => {
    expect(supersede('Nothing here.', 'Use vitest for tests.', '')).toBe('Nothing here.');
  });

  it('renews the reason it has', () => {
    expect(
      supersede('Use jest.\n\n**Why:** old\n', 'Use vitest jest.', 'x\n**Why:** new\n**Apply when:** y'),
    ).toContain('**Why:** new');
  });
});

describe('a rule in words', () => {
  it.each([
    ['use pnpm', 'Use pnpm.'],
    ['`pnpm` it is', '`pnpm` it is.'],
    ['use pnpm!', 'Use pnpm!'],
    ['- use  pnpm ,', 'Use pnpm.'],
    ['用 pnpm', '用 pnpm.'],
    ['使用工具', '使用工具。'],
  ])('%s → %s', (text, rule) => {
    expect(asRule(text)).toBe(rule);
  });

  it('is cut between words, never inside', () => {
    const long = 'word '.repeat(60);
    expect(asDescription(long).length).toBeLessThanOrEqual(110);
    expect(asTitle(long)).toMatch(/ word…$/u);
    expect(asTitle('x'.repeat(200))).toHaveLength(72);
  });

  it('names its file by its topic', () => {
    expect(topicWords('Never push to main without a review, please')).toEqual([
      'never',
      'push',
      'main',
      'without',
      'review',
    ]);
    expect(topicWords("Don't use café instead of bar")).toEqual(['not', 'use', 'cafe', 'bar']);
    expect(slugFrom([], '使用工具', nodeHasher())).toMatch(/^note-[0-9a-f]{8}$/u);
    expect(slugFrom(['a'.repeat(30), 'b'.repeat(30)], 'x', nodeHasher())).toBe('a'.repeat(30));
  });

  it('quotes the newest words, with a day if there is one', () => {
    const quote = { kind: 'quote', session: 's', entry: 'e', by: 'user', quote: 'use  pnpm', at: '' } as const;
    expect(whyQuoted([quote])).toBe('**Why:** The user said: “use pnpm”');
    expect(whyQuoted([quote, { ...quote, quote: 'do', at: '2026-01-02T00:00:00Z' }])).toBe(
      '**Why:** The user said on 2026-01-02: “do”',
    );
    expect(whyQuoted([])).toBe('');
  });
});

describe('the category of a claim', () => {
  it.each([
    ['Always answer in German', 'preferences'],
    ['Run the linter before every commit', 'workflows'],
    ['Name files in kebab-case', 'conventions'],
  ])('“%s” is one of %s', (text, name) => {
    expect(chooseCategory(plainSchema(), text)).toMatchObject({ kind: 'category', category: { name } });
  });

  it('falls through what is switched off', () => {
    const schema = plainSchema({ preferences: { enabled: false } });
    expect(chooseCategory(schema, 'Always answer in German')).toMatchObject({ category: { name: 'conventions' } });
    expect(placeIn(schema, ['preferences'], 'x')).toMatchObject({ kind: 'none' });
    expect(placeIn(plainSchema({ facts: { ignore: ['x'] } }), ['facts'], 'an x here')).toMatchObject({
      kind: 'none',
      reason: 'the schema ignores “x” in facts',
    });
  });

  it('the longest cue decides', () => {
    const schema = plainSchema({ facts: { cues: ['port'] }, pitfalls: { cues: ['the port is taken'] } });
    expect(chooseCategory(schema, 'mind that the port is taken')).toMatchObject({ category: { name: 'pitfalls' } });
    expect([...addedCues(schema)].sort()).toEqual(['port', 'the port is taken']);
  });

  it.each([
    ['support it', 'port', false],
    ['Port 80', 'port', true],
    ['this   is it', 'This is', true],
    ['使用工具', '工具', true],
    ['x', ' ', false],
  ])('“%s” has the phrase “%s”: %s', (text, phrase, expected) => {
    expect(hasPhrase(text, phrase)).toBe(expected);
  });
});
