import { describe, expect, it } from 'vitest';
import { readDecision } from '../../../../../src/core/dream/offline/language/decisions';
import { withoutCorrectionLead } from '../../../../../src/core/dream/offline/language/corrected';
import { sameRule, topicOf } from '../../../../../src/core/dream/offline/ruleGroups';

describe('a choice', () => {
  it.each([
    ["let's go with esbuild instead of webpack because it is faster", 'esbuild', 'webpack'],
    ['we decided on Postgres over MySQL', 'Postgres', 'MySQL'],
    ['tRPC it is, not GraphQL', 'tRPC', 'GraphQL'],
    ['drop moment in favour of date-fns', 'date-fns', 'moment'],
    ['vamos con Vite en vez de Webpack', 'Vite', 'Webpack'],
    ['wir nehmen Vite statt Webpack', 'Vite', 'Webpack'],
  ])('%s', (sentence, chosen, refused) => {
    expect(readDecision(sentence)).toMatchObject({ kind: 'decision', chosen, refused });
  });

  it.each([
    ['we use esbuild instead of webpack, it is faster', 'it is faster'],
    ['we went with Postgres over MySQL, the team knows it, and it is boring', 'the team knows it, and it is boring'],
    ['after a while, we use tRPC and not GraphQL, less code to write', 'less code to write'],
    [`we use esbuild instead of ${'w'.repeat(40)}, simpler to read`, 'simpler to read'],
  ])('has the reason after the comma: %s', (sentence, reason) => {
    expect(readDecision(sentence)).toMatchObject({ kind: 'decision', reason });
  });

  it('has no reason after a comma before its sides are told', () => {
    expect(readDecision('we use, it is known, esbuild instead of webpack').kind).not.toBe('decision');
    expect(readDecision('we chose esbuild over webpack')).not.toHaveProperty('reason');
  });

  it.each([
    'should we go with Redis instead of Memcached?',
    "let's go with option B instead of A",
    "let's go with a map instead of a list in this function",
    'maybe we should go with Kafka instead of RabbitMQ',
  ])('is not made by: %s', (sentence) => {
    expect(readDecision(sentence).kind).not.toBe('decision');
  });
});

describe('corrections', () => {
  it('lose their lead, and keep that they were said before', () => {
    expect(withoutCorrectionLead('I told you: use the wrapper')).toEqual({ text: 'use the wrapper', insists: true });
    expect(withoutCorrectionLead('nope — use the wrapper')).toEqual({ text: 'use the wrapper', insists: false });
    expect(withoutCorrectionLead('no --force, ever').text).toBe('no --force, ever');
  });

  it('are one where each tells both sides', () => {
    const meant = (rule: string) => ({ rule, stems: topicOf(rule) });
    expect(
      sameRule(
        meant('Do not swallow the exception, raise it.'),
        meant('Raise the exception instead of swallowing it.'),
      ),
    ).toBe(true);
    expect(sameRule(meant('Do not use the wrapper script.'), meant('Use the wrapper script.'))).toBe(false);
  });
});
