import { describe, expect, it } from 'vitest';
import { REASONS } from '../../../../../src/core/dream/offline/language/reading';
import { readEnglish, readPlainInstruction } from '../../../../../src/core/dream/offline/language/english';

function ruleOf(sentence: string): string | undefined {
  const reading = readEnglish(sentence);
  return reading.kind === 'instruction' ? reading.rule : undefined;
}

function reasonOf(sentence: string): string {
  const reading = readEnglish(sentence);
  return reading.kind === 'refused' ? reading.reason : reading.kind;
}

describe('standing instructions in English', () => {
  it.each([
    ['Always run gofmt before committing', 'Always run gofmt before committing'],
    ['no, never push straight to main.', 'never push straight to main'],
    ['Please always write tests in TypeScript.', 'always write tests in TypeScript'],
    ['From now on, use pnpm instead of npm.', 'use pnpm instead of npm'],
    ['ok great. ', undefined],
    ['Use snake_case for column names from now on', 'Use snake_case for column names'],
    ["Don't ever commit the .env file", 'Never commit the .env file'],
    ['You must never edit generated files', 'never edit generated files'],
    ['you should always ask before adding a dependency', 'always ask before adding a dependency'],
    ['I want you to always answer in German', 'always answer in German'],
    ['stop adding comments that repeat the code', 'Do not add comments that repeat the code'],
    ['In this repo we use pnpm, never npm', 'use pnpm, never npm'],
    ['In this project, do not mock the database', 'do not mock the database'],
    ['we always squash commits on merge', 'always squash commits on merge'],
    [
      'Commit messages must always start with the ticket number',
      'Commit messages must always start with the ticket number',
    ],
    ['can you always run the linter after editing?', 'always run the linter after editing'],
    [
      'make sure to always run the type checker before you are done',
      'make sure to always run the type checker before you are done',
    ],
    ['commit this, and from now on always sign off commits', 'from now on always sign off commits'],
    ['By default, answer in two sentences', 'By default, answer in two sentences'],
  ])('reads “%s”', (sentence, rule) => {
    const found = ruleOf(sentence);
    if (rule === undefined) expect(found).toBeUndefined();
    else expect(found?.replace(/^from now on /u, '')).toBe(rule.replace(/^from now on /u, ''));
  });

  it('keeps the condition of a "whenever" as the time to apply the rule', () => {
    expect(readEnglish('Whenever you change the schema, run `make generate`.')).toEqual({
      kind: 'instruction',
      strength: 'durable',
      rule: 'Whenever you change the schema, run `make generate`',
      applyWhen: 'you change the schema',
    });
  });

  it.each([
    ['remember: the staging database is shared', 'the staging database is shared'],
    ['Please remember that integration tests need Docker', 'integration tests need Docker'],
    ['note to self: releases are cut from the release branch', 'releases are cut from the release branch'],
  ])('takes “%s” as an explicit request', (sentence, rule) => {
    expect(readEnglish(sentence)).toEqual({ kind: 'instruction', strength: 'explicit', rule });
  });
});

describe('sentences that are no standing instruction', () => {
  it.each([
    'the function should always return a list',
    'It always fails on the second run',
    'this helper is never called',
    'The test never passes on CI',
    'telemetry should be disabled by default',
    'Remove the else branch - nil now means disabled by default',
    'it always wants to be passed a valid checkpoint',
    'Always the same error',
    'always returns nil when the list is empty',
    'never mind',
    'Never seen that before',
    'every time I click the button it crashes',
  ])('“%s” is about the program or nothing at all', (sentence) => {
    expect(ruleOf(sentence)).toBeUndefined();
  });

  it.each([
    ['why do you always rewrite the whole file?', 'it is a question'],
    ['should we always use a transaction here?', 'it is a question'],
    ['use 12 characters instead of 10 for issue 17, always', 'it speaks of this task only'],
    ['for now always skip the slow tests', 'it speaks of this task only'],
    ['never touch line 42', 'it speaks of this task only'],
    ['always use the helper in this file', 'it speaks of this task only'],
    ['never do that again', 'it points at something outside the sentence'],
    ['always use it', 'it points at something outside the sentence'],
    ['the docs say to always use a context', 'it reports what somebody or something says'],
    ['I thought we always used tabs', 'it reports what somebody or something says'],
    ['you always forget the tests', 'it is a complaint without a rule'],
    ['remember that refactoring we did yesterday', 'it points at something outside the sentence'],
    ['remember that bug?', 'it is a question'],
  ])('“%s” is refused: %s', (sentence, reason) => {
    expect(reasonOf(sentence)).toBe(reason);
  });

  it.each(['commit and push', 'fix the failing test', 'yes, do it', 'what does this do?', 'remember to commit'])(
    'finds nothing durable in “%s”',
    (sentence) => {
      expect(readEnglish(sentence)).toEqual({ kind: 'none' });
    },
  );

  it('takes "here" for the project when the rule holds from now on, and for a place where something is put', () => {
    const rule = readEnglish('From now on use pnpm here, never npm: npm rewrites the lock file.');
    expect(rule).toMatchObject({ kind: 'instruction', rule: 'use pnpm here, never npm: npm rewrites the lock file' });
    expect(reasonOf('From now on put new helpers here.')).toBe(REASONS.unclear);
    expect(reasonOf('always use the second parameter here')).toBe(REASONS.unclear);
  });

  it.each([`always ${'a '.repeat(20_000)}`, `${', and '.repeat(5_000)}never`, `whenever you ${'x'.repeat(50_000)}`])(
    'finds no rule in hostile input',
    (sentence) => {
      expect(readEnglish(sentence).kind).not.toBe('instruction');
    },
  );
});

describe('plain instructions, which take recurrence', () => {
  it.each([
    ['no, use the wrapper script', 'use the wrapper script'],
    ["don't run the integration tests, too slow", 'Do not run the integration tests, too slow'],
    ["you shouldn't edit the lock file by hand", 'Do not edit the lock file by hand'],
    ['I want you to write table tests', 'write table tests'],
    ['stop using sed for edits', 'Do not use sed for edits'],
  ])('“%s”', (sentence, rule) => {
    expect(readPlainInstruction(sentence)).toBe(rule);
  });

  it.each(['no', 'that is wrong', 'it still fails', 'why did you do that?', 'use that instead', 'revert this'])(
    'finds none in “%s”',
    (sentence) => {
      expect(readPlainInstruction(sentence)).toBeUndefined();
    },
  );
});

describe('turns of phrase', () => {
  it.each([
    ['Whenever you add a route update the docs', true],
    ['Whenever you are ready', false],
    ['If the list is empty, always show a hint', false],
    ['Before you open a PR, always run the full suite', true],
    ['In this repo we do not use any ORM', true],
    ['In this repo we do not know who wrote it', false],
    ['In this repo we target Node 20', true],
    ['We never deploy on Fridays', true],
    ['We never knew', false],
    ['You should not ever rename public functions', true],
    ['You always should run the linter', true],
    ['Stop running in circles, ever', false],
    ['Our convention is to name hooks after their event', true],
    [`always ${'x'.repeat(1_200)}`, false],
    ['the tests must always pass', false],
    ['remember: it was broken?', false],
    ['remember: do it for this PR', false],
    ['remember: use that again', false],
  ])('“%s”: %s', (sentence, durable) => {
    expect(ruleOf(sentence) !== undefined).toBe(durable);
  });
});
