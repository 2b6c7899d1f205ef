import { describe, expect, it } from 'vitest';
import { isApproval, isCorrection } from '../../../../src/core/sessions/corrections';

describe('a correction', () => {
  it.each([
    'no, use pnpm',
    "No, that's wrong. We never use npm here",
    'nope',
    "that's not what I asked for",
    'stop, do not touch src',
    "don't run the integration tests, too slow",
    'actually no, we always truncate',
    'still failing',
    'it still fails with the same error',
    "that didn't work",
    'I told you to use make check',
    'you forgot to update the docs',
    'why did you delete the file?',
    'please revert that',
    'undo the last change',
    'again, this is not correct: the trailer is missing',
    'the first part is not correct, we use git hooks',
    "the keys aren't realistic enough",
    'This should not be changed, only the flag',
    "I don't quite like that, it gets rid of the output",
    "I'm not seeing the change come through",
    // de, es, fr, pt, zh, ja
    'nein, nimm pnpm',
    'das ist falsch',
    'das funktioniert nicht',
    'eso no es correcto',
    'no es lo que quería',
    'non, utilise pnpm',
    "c'est pas bon",
    'não, use pnpm',
    'está errado',
    '不对，应该用 pnpm',
    '不要改这个文件',
    '違います。npm は使いません',
    'いいえ、切り捨てです',
    'そうじゃなくて',
  ])('is heard in %j', (text) => {
    expect(isCorrection(text)).toBe(true);
  });

  it.each([
    '',
    'hmm, should we see them now?',
    'wait please, what does this do?',
    'no problem, go on',
    'no worries',
    'no need to rush, next: the docs',
    'now add a test',
    'notice how the test is named',
    'can you add a test please',
    'actually, what is the name of that file?',
    'normal mode please',
    'the build is fine, next step',
    'para el archivo, usa utf-8',
    'nonetheless, go on',
    'please do the same for the other file',
  ])('is not heard in %j', (text) => {
    expect(isCorrection(text)).toBe(false);
  });
});

describe('an approval', () => {
  it.each([
    'perfect, thanks',
    'looks good',
    'that worked',
    'commit this',
    'please commit and push',
    '完璧です',
    'super!',
  ])('is heard in %j', (text) => {
    expect(isApproval(text)).toBe(true);
  });

  it.each([
    '',
    'perfectly fine question: why?',
    'no, that is not good',
    "this didn't work great",
    'what is a commit?',
    'search the commit that has it',
    'create a PR description',
  ])('is not heard in %j', (text) => {
    expect(isApproval(text)).toBe(false);
  });
});
