import { describe, expect, it } from 'vitest';
import { instructionsMiner } from '../../../../../src/core/dream/offline/instructions';
import { readEnglish } from '../../../../../src/core/dream/offline/language/english';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

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

describe('a preference said twice in other words', () => {
  it('is one memory that quotes the words of the rule, and the newest ones', async () => {
    const sessions = [
      buildSession('s1', '2026-11-01T10:00:00Z').says('I prefer table tests with names for the parsers.').end(),
      buildSession('s2', '2026-11-03T10:00:00Z').says('As I said, I prefer table tests with good names.').end(),
    ];
    const notes = notesOf(await mine(instructionsMiner, sessions));
    expect(notes).toHaveLength(1);
    expect(notes[0]?.body).toContain('“As I said, I prefer table tests with good names.”');
    expect(notes[0]?.body).toContain('First said, on 2026-11-01: “I prefer table tests with names for the parsers.”');
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
