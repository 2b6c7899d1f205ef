import { describe, expect, it } from 'vitest';
import { Grounds } from '../../../../../src/core/dream/model/ground';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';

const start = (id = 's1') => buildSession(id, '2026-11-10T10:00:00Z');
const groundsOf = (...sessions: readonly CapturedSession[]): Grounds => {
  const grounds = new Grounds();
  sessions.forEach((session) => grounds.add(session));
  return grounds;
};
const RULE = 'Name every migration after its ticket number.';
const quotesOf = (grounds: Grounds, statement: string): readonly string[] | string => {
  const found = grounds.find(statement, 'facts');
  return 'reason' in found ? found.reason : found.said.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
};

describe('a statement', () => {
  it.each([
    ['a prompt', start().says(RULE).end()],
    ['an answer', start().answers(`Fine. ${RULE}`).end()],
    ['the reason of a refusal', start().refused('Bash', RULE).end()],
    ['a failure', start().fails('make x', RULE).end()],
    ['a line among others', start().says(`Please\r\n${RULE}\nthanks`).end()],
  ])('is said by %s', (_name, session) => {
    expect(quotesOf(groundsOf(session), RULE)).toEqual([RULE]);
  });

  it.each([
    ['the output of what passed', start().runs('cat rules.md', RULE).end()],
    ['what a call was asked for', start().runs(`echo ${RULE}`).end()],
    [
      'a sentence as long as a page',
      start()
        .says(`${RULE.slice(0, -1)} ${'and so on '.repeat(70)}`)
        .end(),
    ],
    ['nobody', start().says('Thanks for all of that work').end()],
    ['a session of nothing', start().end()],
  ])('is not said by %s', (_name, session) => {
    expect(quotesOf(groundsOf(session), RULE)).toBe('no session says it');
  });

  it('is quoted once of each of three sessions at most', () => {
    const said = ['s1', 's2', 's3', 's4'].map((id) => start(id).says(RULE).answers('Yes.').says(RULE).end());
    const found = groundsOf(...said).find(RULE, 'facts');
    expect('said' in found && found.said.map(({ session }) => session)).toEqual(['s1', 's2', 's3']);
  });

  it('has to have its values in the words that say it', () => {
    const grounds = groundsOf(start().says('Run the long tests with make e2e on port 4711 here').end());
    expect(quotesOf(grounds, 'Run the long tests with make e2e on port 4711.')).toHaveLength(1);
    expect(quotesOf(grounds, 'Run the long tests with make e2e on port 4712.')).toBe('no session says it');
  });

  it('that says next to nothing is not looked for', () => {
    expect(quotesOf(groundsOf(start().says(RULE).end()), 'Do it.')).toBe('it says too little to be looked for');
  });
});
