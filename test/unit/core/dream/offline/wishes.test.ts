import { describe, expect, it } from 'vitest';
import { instructionsMiner } from '../../../../../src/core/dream/offline/instructions';
import { readEnglish } from '../../../../../src/core/dream/offline/language/english';
import { asksToRemember } from '../../../../../src/core/dream/offline/language/englishWishes';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const day = '2026-11-01T10:00:00Z';

function ruleOf(sentence: string): string | undefined {
  const reading = readEnglish(sentence);
  return reading.kind === 'instruction' ? reading.rule : undefined;
}

async function rulesOf(...prompts: readonly string[]): Promise<readonly (string | undefined)[]> {
  const session = prompts.reduce((built, prompt) => built.says(prompt), buildSession('s1', day)).end();
  return notesOf(await mine(instructionsMiner, [session])).map(({ body }) => body.split('\n')[0]);
}

describe('what the people of a project want', () => {
  it.each([
    ['we always want to be given a parsed date', 'we always want to be given a parsed date'],
    ['rename it as well, we never want to lose a draft', 'we never want to lose a draft'],
    ["We explicitly don't want recorded network fixtures.", "We explicitly don't want recorded network fixtures"],
    ['in this repo we want to commit the lock file', 'we want to commit the lock file'],
    ['from now on we want all queries parametrized', 'we want all queries parametrized'],
    ['Keep our design notes in the wiki.', 'Keep our design notes in the wiki'],
    [
      'we log through the wrapper everywhere else to keep ids in one place',
      'we log through the wrapper everywhere else to keep ids in one place',
    ],
    ['Docstrings should explain why', 'Docstrings should explain why'],
    ['Commit messages should be in the imperative', 'Commit messages should be in the imperative'],
    ['tests should not depend on the network', 'tests should not depend on the network'],
  ])('“%s” outlasts the task', (sentence, rule) => {
    expect(ruleOf(sentence)).toBe(rule);
  });

  it.each([
    'do we always want to be given a parsed date?',
    'users always want to see their drafts',
    'if we always want to parse, it gets slow',
    'I think we always want that',
    'we always want this in this PR',
    'we want to be given a parsed date',
    "we explicitly don't want to touch the schema in this PR",
    "we explicitly don't want the banner to be red",
    "we explicitly don't want any changes to the parser",
    'in this repo we want to add a dark mode',
    'what we want in this repo is speed',
  ])('“%s” is a task, a question or nothing', (sentence) => {
    expect(ruleOf(sentence)).toBeUndefined();
  });

  it.each([
    'Comments should be removed',
    'the comments should be loaded lazily',
    'Comments should show the avatar of their author',
    'tests should pass now',
    'tests should use the new fixture in this branch',
    'should comments link to the issue?',
    'the docs say comments should link to the issue',
    'maybe comments should link to the issue?',
    'the logs should be in the output folder',
  ])('“%s” says nothing of how texts are written', (sentence) => {
    expect(ruleOf(sentence)).toBeUndefined();
  });

  it.each([
    'keep our changes in one commit',
    'keep our current approach in the plan',
    'keep our options in mind',
    'keep our work in sync',
    'keep our notes in this file',
    'should we keep our notes in the wiki?',
    'we use it everywhere',
    'we still use the old client in other places',
    'we use the same hook in other places, right?',
    'is this used in other places',
  ])('“%s” keeps to what is worked on', (sentence) => {
    expect(ruleOf(sentence)).toBeUndefined();
  });

  it('hears a practice that is told in brackets, whatever is asked around it', async () => {
    const prompt =
      'a child process is fine for this, right? (we use the library explicitly in other places to stay independent of a checkout)';
    expect(await rulesOf(prompt)).toEqual([
      'We use the library explicitly in other places to stay independent of a checkout.',
    ]);
    expect(await rulesOf('is that fine? (we use the library for this one, I think)')).toEqual([]);
  });
});

describe('what the user asks to remember by pointing back', () => {
  it.each([
    "let's add that to CLAUDE.md",
    'lets add that to README.md and Claude.md for next time',
    'Can you add this to AGENTS.md?',
    'please remember that',
    'put it into your memory please',
    'keep that in mind for the future',
  ])('“%s” does', (sentence) => {
    expect(asksToRemember(sentence)).toBe(true);
  });

  it.each([
    'add that to the PR',
    'add this to the README',
    'did you add that to CLAUDE.md?',
    "don't add that to CLAUDE.md",
    'add this file to the list in CLAUDE.md',
    'add that section to CLAUDE.md',
    'I remember that',
    'keep that in mind',
    'update CLAUDE.md for the current changes',
    'we can do that next time',
  ])('“%s” does not', (sentence) => {
    expect(asksToRemember(sentence)).toBe(false);
  });

  it('takes the instruction of the prompt before, with both prompts as evidence', async () => {
    const session = buildSession('s1', day)
      .says('you need to uv tool install . --reinstall')
      .says('lets add that to CLAUDE.md for next time')
      .end();
    const [finding, ...others] = notesOf(await mine(instructionsMiner, [session]));
    expect(finding?.body.split('\n')[0]).toBe('You need to uv tool install . --reinstall.');
    expect(finding?.evidence).toMatchObject([
      { by: 'user', quote: 'you need to uv tool install . --reinstall' },
      { by: 'user', quote: 'lets add that to CLAUDE.md for next time' },
    ]);
    expect(others).toEqual([]);
  });

  it('takes the sentence before it in the same prompt', async () => {
    expect(await rulesOf('Run the codegen before the type check. Add that to CLAUDE.md.')).toEqual([
      'Run the codegen before the type check.',
    ]);
  });

  it.each([
    ['a question', 'can we check where else it happens?'],
    ['a piece of work', 'fix the failing login test'],
    ['a status', 'the build is green again'],
    ['a task of a ticket', 'use the new client for ABC-12'],
    ['a long task', 'Read the parser. Look at the lexer. See what is slow. Use the profiler for the hot loop.'],
  ])('takes nothing from %s', async (_, before) => {
    expect(await rulesOf(before, 'Can you add this to CLAUDE.md?')).toEqual([]);
  });

  it('takes nothing where nothing was said before', async () => {
    expect(await rulesOf('Add that to CLAUDE.md.')).toEqual([]);
  });
});
