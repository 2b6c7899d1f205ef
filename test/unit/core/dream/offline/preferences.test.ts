import { describe, expect, it } from 'vitest';
import { readEnglish } from '../../../../../src/core/dream/offline/language/english';

function ruleOf(sentence: string): string | undefined {
  const reading = readEnglish(sentence);
  return reading.kind === 'instruction' ? reading.rule : undefined;
}

describe('a preference stated in passing', () => {
  it.each([
    ['I prefer plain SQL over query builders, so can you rewrite the report?', 'Prefer plain SQL over query builders'],
    [
      "The parser is slow, and I prefer hand-written scanners to generated ones, but I'm not sure where to start.",
      'Prefer hand-written scanners to generated ones',
    ],
    [
      'Given my preference for small modules over large ones, how would you split this file?',
      'Prefer small modules over large ones',
    ],
    ['I usually prioritize readability over speed, can you review the loop?', 'Prefer readability over speed'],
    [
      'I prefer to validate input early rather than catch errors late, could you look at the form?',
      'Prefer to validate input early rather than catch errors late',
    ],
    // Its purpose points at the task, the preference does not.
    ['I prefer table tests with names to understand the reasons behind it.', 'Prefer table tests with names'],
  ])('“%s” outlasts the task around it', (sentence, rule) => {
    expect(ruleOf(sentence)).toBe(rule);
  });

  it.each([
    'I prefer this approach, can you go on?',
    'I prefer the second one, so please implement that',
    'I prefer option B because it is simpler',
    'I prefer to wait, can you stop here?',
    'I prefer a modal, can you build it?',
    'I prefer plain SQL for now, can you rewrite the report?',
    'Do I prefer tabs over spaces?',
    'If I prefer tabs over spaces, what changes?',
    'How can I balance my preference for speed with the need for care?',
    'users prefer short forms over long ones, can you shorten it?',
    'I prefer it',
  ])('“%s” is of the task, pointed at, or weighed', (sentence) => {
    expect(ruleOf(sentence)).toBeUndefined();
  });
});

describe('what to do when the speaker asks', () => {
  it.each([
    'Always include the release date when I ask about a version.',
    'Never round amounts when I ask for totals',
    'Always show units if I ask about measurements',
  ])('“%s” is said to who answers, whatever the verb', (sentence) => {
    expect(ruleOf(sentence)).toBe(sentence.replace(/\.$/u, ''));
  });

  it('is not “always show the banner when I scroll”, which tells a program', () => {
    expect(ruleOf('always show the banner when I scroll')).toBeUndefined();
  });
});
