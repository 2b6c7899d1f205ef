import { describe, expect, it } from 'vitest';
import { hotPlacesMiner } from '../../../../../src/core/dream/offline/hotPlaces';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { fakeProbe, mine, notesOf, plainSchema } from './mine';

const day = (at: number) => `2026-11-${String(at + 1).padStart(2, '0')}T10:00:00Z`;
const corrected = (at: number, paths: readonly string[], on = at): CapturedSession =>
  paths
    .reduce((session, path) => session.edits(path), buildSession(`c${at}`, day(on)).says('change the rate'))
    .says(`No, that is wrong, rate ${at} again`)
    .end();
const fine = Array.from({ length: 20 }, (_, at) =>
  buildSession(`f${at}`, day(at)).says('change the text').edits(`src/other${at}.ts`).says('thanks, next').end(),
);
const probe = fakeProbe({ 'src/a.ts': '', 'src/b.ts': '', 'src/c.ts': '', 'src/d.ts': '' });
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('hot places', () => {
  it('are told by how often they were put right, then by path', async () => {
    const sessions = [
      ...range(5).map((at) => corrected(at, at < 4 ? ['src/b.ts', 'src/a.ts', 'src/c.ts'] : ['src/c.ts'])),
    ];
    const found = notesOf(await mine(hotPlacesMiner, [...sessions, ...fine], { probe }));
    expect(found.map(({ paths }) => paths)).toEqual([['src/c.ts'], ['src/a.ts'], ['src/b.ts']]);
  });

  it.each([
    [
      'were put right on two days only',
      range(4).map((at) => corrected(at, ['src/a.ts'], at % 2)),
      plainSchema(),
      'put right on two days only',
    ],
    [
      'have no place in the schema',
      range(4).map((at) => corrected(at, ['src/a.ts'])),
      plainSchema({ pitfalls: { enabled: false }, conventions: { enabled: false }, facts: { enabled: false } }),
      'the schema has no enabled category among pitfalls, conventions, facts',
    ],
  ])('are none where they %s', async (_name, sessions, schema, reason) => {
    const { candidates, dismissed } = await mine(hotPlacesMiner, [...sessions, ...fine], { probe, schema });
    expect(candidates).toEqual([]);
    expect(dismissed).toMatchObject([{ summary: 'src/a.ts', reason }]);
  });

  it('are none where more than three files were edited before the words', async () => {
    const sessions = range(4).map((at) => corrected(at, ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts']));
    expect(await mine(hotPlacesMiner, [...sessions, ...fine], { probe })).toEqual({ candidates: [], dismissed: [] });
  });
});
