import { describe, expect, it } from 'vitest';
import { commandForm, dayParts, writesInstead } from '../../../../../src/core/dream/offline/commandForm';

const words = (line: string): readonly string[] => line.split(' ');

describe('the form of a command', () => {
  it.each([
    ['playwright test -s', 'playwright test'],
    ['playwright test -s smoke', 'playwright test -s smoke'],
    ['vitest --reporter', 'vitest'],
    ['vitest --reporter dot', 'vitest'],
    ['vitest --reporter --coverage', 'vitest --coverage'],
    ['pytest -k', 'pytest'],
    ['pytest -k -x', 'pytest'],
    ['git commit -m fix', 'git commit'],
    ['docker build -t app .', 'docker build -t app .'],
    ['git push -u origin topic-1', 'git push -u origin …'],
    ['git push', 'git push'],
    ['deno run tools/x.ts', 'deno run tools/x.ts'],
    ['deno lint tools/x.ts', 'deno lint'],
    ['node tools/x.js data/in.json', 'node tools/x.js'],
    ['git diff HEAD~2', 'git diff'],
    ['npx eslint src/**', 'npx eslint'],
    ['npm run test --', 'npm run test'],
  ])('%s → %s', (line, form) => {
    expect(commandForm(words(line))).toBe(form);
  });

  it('keeps one short line of code in quotation marks', () => {
    expect(commandForm(['node', '-e', 'run(1)'])).toBe("node -e 'run(1)'");
  });
});

describe('what in a command is of the day', () => {
  it.each([
    ['npm test', 'none'],
    ['npm test --verbose', 'none'],
    ['npx jest packages/core/', 'folder'],
    ['npx jest a/b.test.ts', 'other'],
    ['npx jest packages/core/ a/b.test.ts', 'other'],
    ['npx jest a/b.test.ts packages/core/', 'other'],
    ['pytest -k name', 'other'],
    ['git show 0123abc', 'other'],
  ])('%s: %s', (line, part) => {
    expect(dayParts(words(line))).toBe(part);
  });
});

describe('a check that writes what it finds', () => {
  it.each([
    ['eslint .', 'eslint . --fix', true],
    ['vitest', 'vitest -u', true],
    ['jest', 'jest --updateSnapshot=true', true],
    ['eslint . --fix', 'eslint . --fix', false],
    ['eslint .', 'eslint . --max-warnings=0', false],
  ])('%s, then %s: %s', (checking, writing, writes) => {
    expect(writesInstead(words(checking), words(writing))).toBe(writes);
  });
});
