import { describe, expect, it } from 'vitest';
import { contradicts, lostSentences } from '../../../../../src/core/dream/model/facts';

describe('what a new text loses of an old one', () => {
  it.each([
    [
      'nothing where the words differ and the meaning stays',
      'Run `make db` before the tests.',
      'Before the tests are run, run `make db`.',
      [],
    ],
    [
      'a command',
      'Run `make db` before the tests.',
      'Prepare the database before the tests run.',
      ['Run `make db` before the tests.'],
    ],
    ['a number', 'Retry 3 times, then give up.', 'Retry some times, then give up.', ['Retry 3 times, then give up.']],
    [
      'a path',
      'Money lives in src/money.ts and nowhere else.',
      'Money lives in one file and nowhere else.',
      ['Money lives in src/money.ts and nowhere else.'],
    ],
    ['a “not”', 'Never rebase the release branch.', 'Rebase the release branch.', ['Never rebase the release branch.']],
    [
      'what a rule is held against',
      'The lock file is committed, never ignored.',
      'The lock file is committed, never by hand.',
      ['The lock file is committed, never ignored.'],
    ],
    [
      'a condition',
      'Squash commits, except on the release branch.',
      'Squash commits, also on the release branch.',
      ['Squash commits, except on the release branch.'],
    ],
    [
      'a whole sentence',
      'Name tests after what they promise. The bank closes at noon.',
      'Name tests after what they promise.',
      ['The bank closes at noon.'],
    ],
    [
      'a short sentence, of which another has most words',
      'Commit the lock file. Review the lock file.',
      'Commit the lock file.',
      ['Review the lock file.'],
    ],
    ['a line of a list', '- Use tabs\n- Sign every commit', 'Use tabs', ['Sign every commit']],
  ])('is %s', (_, before, after, lost) => {
    expect(lostSentences(before, after)).toEqual(lost);
  });

  it('may be what a finding set right', () => {
    expect(
      lostSentences('Name migrations after the date.', 'Name migrations after the ticket.', [
        'name every migration after its ticket',
      ]),
    ).toEqual([]);
  });
});

describe('a sentence that cannot stand beside a text', () => {
  it.each([
    ['another value', 'Use `pnpm` to install packages.', 'Use `npm` to install packages.', true],
    ['the other way round', 'Commit the lock file.', 'Never commit the lock file.', true],
    ['another topic', 'Use `pnpm` to install packages.', 'Run `make db` first.', false],
    ['the same', 'Use `pnpm` to install packages.', 'To install packages, use `pnpm`.', false],
  ])('%s', (_, text, sentence, expected) => {
    expect(contradicts(text, sentence)).toBe(expected);
  });
});
