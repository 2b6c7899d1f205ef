import { describe, expect, it } from 'vitest';
import { madeUpSpeech } from '../../../../../src/core/dream/model/quoted';

const SAID = ['from now on, name every migration after its `ticket`', 'error: cannot find module “left pad”'];
const invented = (text: string): string | undefined => madeUpSpeech([text], SAID);

describe('words that a text gives as somebody’s', () => {
  it('may be those of its findings, whatever the case, white space and the mark at the end', () => {
    expect(invented('Do it. “Name every  migration after its ticket.”')).toBeUndefined();
    expect(invented('"from now on, name every migration" is the rule')).toBeUndefined();
    expect(invented('> name every migration after its ticket')).toBeUndefined();
  });

  it.each([
    ['“always trust the build server”'],
    ['The user said: "always trust the build server".'],
    ['„immer dem Server vertrauen“ heißt es'],
    ['« toujours faire confiance au serveur »'],
    ['he said ‘trust the build server’ twice'],
    ['A rule.\n> always trust the build server'],
    ['"name every migration" and "always trust the build server"'],
  ])('must not be made up: %s', (text) => {
    expect(invented(text)).toBeDefined();
  });

  it('are no names, no code and no apostrophes', () => {
    expect(invented('Press “Save all”, then "OK".')).toBeUndefined();
    expect(invented('Commit with `git commit -m "fix the build server now"`.')).toBeUndefined();
    expect(invented("Don't name it before the ticket's day, that's all.")).toBeUndefined();
  });
});
