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
