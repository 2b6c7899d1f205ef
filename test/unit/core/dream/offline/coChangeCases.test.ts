import { describe, expect, it } from 'vitest';
import { coChangeMiner } from '../../../../../src/core/dream/offline/coChange';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { fakeProbe, mine, notesOf, plainSchema } from './mine';

const day = (index: number): string => new Date(Date.UTC(2026, 8, 1 + index, 10)).toISOString();

/** A session that does one task after another; each edits these files. */
function tasks(id: string, at: string, ...edited: readonly (readonly string[])[]): CapturedSession {
  return edited
    .reduce(
      (session, paths, index) =>
        paths.reduce(
          (one, path) => one.edits(path.startsWith('/') ? path : `/ws/${path}`),
          session.says(`Task ${index}`),
        ),
      buildSession(id, at),
    )
    .end();
}

/** Sessions on days of their own, and as many that edit something else. */
const among = (sessions: readonly (readonly (readonly string[])[])[]): readonly CapturedSession[] =>
  sessions.flatMap((edited, index) => [
    tasks(`s${index}`, day(index), ...edited),
    tasks(`o${index}`, day(index), [`other${index}/file.ts`]),
  ]);

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const SETTINGS = 'src/settings.ts';
const REFERENCE = 'docs/reference.md';
const probe = fakeProbe({ [SETTINGS]: '', [REFERENCE]: '' });
const five = among(times(5, () => [[SETTINGS, REFERENCE]]));
const reasons = async (sessions: readonly CapturedSession[], more: Parameters<typeof mine>[2] = { probe }) => {
  const { candidates, dismissed } = await mine(coChangeMiner, sessions, more);
  return { told: candidates.length, why: dismissed.map(({ summary, reason }) => `${summary}: ${reason}`) };
};

describe('a pair of files is set aside', () => {
  const pair = `${REFERENCE} and ${SETTINGS}`;

  it('where it was seen on one day only', async () => {
    const sessions = times(5, (index) => tasks(`s${index}`, '2026-11-01T10:00:00Z', [SETTINGS, REFERENCE]));
    expect(await reasons(sessions)).toEqual({ told: 0, why: [`${pair}: seen on one day only`] });
  });

  it('where three sessions are all there is', async () => {
    const sessions = among(times(3, () => [[SETTINGS, REFERENCE]]));
    expect(await reasons(sessions)).toEqual({
      told: 0,
      why: [`${pair}: changed together in 3 sessions, 4 are needed`],
    });
  });

  it('where the instructions of the project name both in one paragraph, and only there', async () => {
    const told = (text: string) => ({ probe, instructionFiles: [{ path: 'AGENTS.md', text }] });
    expect(await reasons(five, told('Keep reference.md in step with settings.ts.'))).toEqual({
      told: 0,
      why: [`${pair}: the project's instructions name both already`],
    });
    expect((await reasons(five, told('See reference.md.\n\nMind settings.ts.'))).told).toBe(1);
    expect((await reasons(five, told('Mind settings.ts.'))).told).toBe(1);
  });

  it('where the schema has no place for it', async () => {
    const off = { enabled: false };
    const schema = plainSchema({ conventions: off, workflows: off, facts: off });
    const { told, why } = await reasons(five, { probe, schema });
    expect(told).toBe(0);
    expect(why).toHaveLength(1);
  });

  it('where each is edited in nearly every session, by tasks of their own', async () => {
    const sessions = times(8, (index) => tasks(`s${index}`, day(index), [SETTINGS], [REFERENCE]));
    const { told, why } = await reasons(sessions);
    expect(told).toBe(0);
    expect(why).toEqual([`${pair}: by chance they would meet in 8.0 sessions, they met in 8`]);
  });
});

describe('a pair that nearly every session edits', () => {
  it('is chance, also where some sessions edit the two far apart', async () => {
    const sessions = times(10, (index) =>
      index < 8
        ? tasks(`s${index}`, day(index), [SETTINGS, REFERENCE])
        : tasks(`s${index}`, day(index), [SETTINGS], [`other${index}/file.go`], [REFERENCE]),
    );
    expect(await reasons(sessions)).toEqual({
      told: 0,
      why: [`${REFERENCE} and ${SETTINGS}: by chance they would meet in 10.0 sessions, they met in 8`],
    });
  });
});

describe('which edits belong together', () => {
  it('are those of one task, and of the task after it', async () => {
    expect((await reasons(among(times(5, () => [[SETTINGS], [REFERENCE]])))).told).toBe(1);
    const apart = among(times(5, () => [[SETTINGS], ['lib/between.go'], [REFERENCE]]));
    expect((await reasons(apart)).why.filter((one) => one.includes('reference.md and src/settings'))).toEqual([]);
  });

  it('are edits of files of the project', async () => {
    const sessions = among(times(5, () => [[SETTINGS, '/elsewhere/notes.txt']]));
    expect(await reasons(sessions)).toEqual({ told: 0, why: [] });
  });

  it('are not those of a session that sweeps over the project', async () => {
    const sweep = times(41, (index) => `lib/f${index}.go`);
    const sessions = among(times(5, () => [[SETTINGS, REFERENCE, ...sweep]]));
    expect(await reasons(sessions)).toEqual({ told: 0, why: [] });
  });

  it('count once in a session, however often it edits them', async () => {
    const sessions = among(times(5, () => [[SETTINGS, REFERENCE, SETTINGS], [SETTINGS]]));
    const [finding] = notesOf(await mine(coChangeMiner, sessions, { probe }));
    expect(finding?.rationale).toContain('Changed together in 5 sessions: of 5 with');
  });
});

describe('many pairs of files', () => {
  /** Seven pairs, each in five sessions of its own. */
  const names = ['ash', 'birch', 'cedar', 'dogwood', 'elder', 'fir', 'gorse'];
  const pairs = names.map((name, index) => [`lib${index}/${name}.go`, `doc${index}/about${index}.txt`] as const);

  it('are told five at a time, the order the same whatever the order of sessions', async () => {
    const sessions = pairs.flatMap((pair, number) =>
      times(5, (index) => tasks(`s${number}-${index}`, day(number * 5 + index), pair)),
    );
    const all = fakeProbe(Object.fromEntries(pairs.flat().map((path) => [path, ''])));
    const result = await mine(coChangeMiner, sessions, { probe: all });
    const told = notesOf(result).map(({ paths }) => paths?.[0]);
    expect(told).toEqual([
      'doc0/about0.txt',
      'doc1/about1.txt',
      'doc2/about2.txt',
      'doc3/about3.txt',
      'doc4/about4.txt',
    ]);
    expect(result.dismissed.map(({ reason }) => reason)).toEqual(times(2, () => 'one dream tells 5 pairs of files'));
    const reversed = await mine(coChangeMiner, [...sessions].reverse(), { probe: all });
    expect(notesOf(reversed).map(({ paths }) => paths?.[0])).toEqual(told);
  });

  it('are led by the one that was seen most often', async () => {
    const [one, two] = pairs;
    const sessions = [
      ...times(5, (index) => tasks(`a${index}`, day(index), one ?? [])),
      ...times(7, (index) => tasks(`b${index}`, day(10 + index), two ?? [])),
    ];
    const all = fakeProbe(Object.fromEntries(pairs.flat().map((path) => [path, ''])));
    const found = notesOf(await mine(coChangeMiner, sessions, { probe: all }));
    expect(found.map(({ paths }) => paths?.[0])).toEqual(['doc1/about1.txt', 'doc0/about0.txt']);
  });
});

describe('a folder of files', () => {
  it('is one side of a pair where no file of it stands out', async () => {
    const sessions = among(times(5, (index) => [[`db/migrations/00${index}.sql`, 'src/model.go']]));
    const all = fakeProbe({ 'db/migrations/000.sql': '', 'src/model.go': '' });
    const [finding, ...others] = notesOf(await mine(coChangeMiner, sessions, { probe: all }));
    expect(others).toEqual([]);
    expect(finding?.paths).toEqual(['db/migrations/*.sql', 'src/model.go']);
    expect(finding?.evidence.filter(({ kind }) => kind === 'check')).toMatchObject([
      { subject: 'db/migrations' },
      { subject: 'src/model.go' },
    ]);
  });

  it('is left out where one file of it tells it more exactly', async () => {
    const sessions = among(
      times(8, (index) => [[`db/migrations/${index % 2 === 0 ? 'base' : `00${index}`}.sql`, 'src/model.go']]),
    );
    const all = fakeProbe({ 'db/migrations/base.sql': '', 'src/model.go': '' });
    const result = await mine(coChangeMiner, sessions, { probe: all });
    const told = notesOf(result).map(({ paths }) => paths);
    const why = result.dismissed.map(({ reason }) => reason);
    expect({ told, why }).toEqual({
      told: [['db/migrations/base.sql', 'src/model.go']],
      why: ['two files of them tell it more exactly', 'they lie in one folder'],
    });
  });
});
