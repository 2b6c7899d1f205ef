import { describe, expect, it } from 'vitest';
import { hotPlacesMiner } from '../../../../../src/core/dream/offline/hotPlaces';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { fakeProbe, mine, notesOf } from './mine';

const day = (at: number) => `2026-11-${String(at + 1).padStart(2, '0')}T10:00:00Z`;
const corrected = (at: number, path = 'src/tax.ts'): CapturedSession =>
  buildSession(`c${at}`, day(at)).says('change the rate').edits(path).says(`No, that is wrong, rate ${at} again`).end();
const fine = (at: number, path = `src/other${at}.ts`): CapturedSession =>
  buildSession(`f${at}`, day(at)).says('change the text').edits(path).says('thanks, and now the next').end();
const probe = fakeProbe({ 'src/tax.ts': '', 'CHANGELOG.md': '' });
const range = (count: number, from = 0) => Array.from({ length: count }, (_, at) => at + from);

describe('a place whose edits people put right again and again', () => {
  it('is told with counts and with what they said last', async () => {
    const sessions = [
      ...range(4).map((at) => corrected(at)),
      fine(4, 'src/tax.ts'),
      ...range(6, 5).map((at) => fine(at)),
    ];
    const [finding, ...more] = notesOf(await mine(hotPlacesMiner, sessions, { probe }));
    expect(more).toEqual([]);
    expect(finding?.description).toContain('Take care with `src/tax.ts`');
    expect(finding?.body).toContain('**Why:** People put edits of it right in 4 of the 5 sessions that edited it.');
    expect(finding?.body).toContain('- 2026-11-04: “No, that is wrong, rate 3 again”');
    expect(finding?.paths).toEqual(['src/tax.ts']);
    expect(finding?.evidence.filter((one) => one.kind === 'quote')).toHaveLength(4);
  });
});

describe('what is no hot place', () => {
  const others = range(8, 10).map((at) => fine(at));
  const reasonOf = async (sessions: readonly CapturedSession[]) => {
    const { candidates, dismissed } = await mine(hotPlacesMiner, sessions, { probe });
    expect(candidates).toEqual([]);
    return dismissed[0]?.reason;
  };

  it.each([
    ['three sessions', range(3).map((at) => corrected(at)), 'put right in 3 sessions, 4 are needed'],
    [
      'a file that is mostly edited well',
      [...range(4).map((at) => corrected(at)), ...range(7, 4).map((at) => fine(at, 'src/tax.ts'))],
      'put right in 4 of 11 sessions only',
    ],
    ['a file that is gone', range(4).map((at) => corrected(at, 'src/old.ts')), 'src/old.ts is no longer there'],
    ['notes of the work', range(4).map((at) => corrected(at, 'CHANGELOG.md')), 'it changes with everything'],
  ])('%s', async (_, sessions, reason) => {
    expect(await reasonOf([...sessions, ...others])).toBe(reason);
  });

  it('one file of a project in which everything is put right', async () => {
    const sessions = [
      ...range(4).map((at) => corrected(at)),
      ...range(4, 4).map((at) => corrected(at, `src/b${at}.ts`)),
    ];
    expect(await reasonOf(sessions)).toBe('edits of other files are put right about as often');
  });

  it('a sweep over many files, of which any may be meant', async () => {
    const sweep = range(4).map((at) =>
      range(5)
        .reduce((session, file) => session.edits(`src/s${file}.ts`), buildSession(`w${at}`, day(at)).says('sweep'))
        .says('No, that is wrong again, all of it')
        .end(),
    );
    expect(await mine(hotPlacesMiner, [...sweep, ...others], { probe })).toEqual({ candidates: [], dismissed: [] });
  });
});
