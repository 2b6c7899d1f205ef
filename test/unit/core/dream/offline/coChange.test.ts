import { describe, expect, it } from 'vitest';
import { coChangeMiner } from '../../../../../src/core/dream/offline/coChange';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { fakeProbe, mine, notesOf } from './mine';

/** Sessions that edit the pair, and as many that edit something else. */
function editing(pair: readonly string[], times: number) {
  return Array.from({ length: times * 2 }, (_, index) => {
    const session = buildSession(`s${index}`, `2026-11-${String(index + 1).padStart(2, '0')}T10:00:00Z`).says('Go on');
    const files = index % 2 === 0 ? pair : [`other/f${index}.ts`];
    return files.reduce((one, path) => one.edits(`/ws/${path}`), session).end();
  });
}

const found = async (pair: readonly string[], times = 5) =>
  mine(coChangeMiner, editing(pair, times), {
    probe: fakeProbe(Object.fromEntries(pair.map((path) => [path, '']))),
  });

describe('files that change together', () => {
  it('are told with counts', async () => {
    const [finding] = notesOf(await found(['src/settings.ts', 'docs/reference.md']));
    expect(finding?.description).toBe('When `docs/reference.md` changes, also change `src/settings.ts`');
    expect(finding?.rationale).toContain('Changed together in 5 sessions');
    expect(finding?.paths).toEqual(['docs/reference.md', 'src/settings.ts']);
  });

  it.each([
    ['test twins', ['src/order.ts', 'test/order.test.ts']],
    ['a lock file', ['package.json', 'pnpm-lock.yaml']],
    ['a barrel', ['src/shapes/index.ts', 'src/shapes/circle.ts']],
    ['notes of the work', ['src/order.ts', 'TODO.md']],
  ])('are no news: %s', async (_, pair) => {
    expect(notesOf(await found(pair))).toEqual([]);
  });

  it('need four sessions, and a file that is still there', async () => {
    expect(notesOf(await found(['src/settings.ts', 'docs/reference.md'], 3))).toEqual([]);
    const gone = await mine(coChangeMiner, editing(['src/settings.ts', 'docs/reference.md'], 5));
    expect(gone.dismissed.map(({ reason }) => reason)).toContain('docs/reference.md is no longer there');
  });

  it('are chance where each changes in nearly every session', async () => {
    const sessions = editing(['src/settings.ts', 'docs/reference.md'], 5).filter((_, index) => index % 2 === 0);
    expect(notesOf(await mine(coChangeMiner, sessions))).toEqual([]);
  });

  it('are told although each is edited alone now and then, and although they share their folders with others', async () => {
    const alone = [
      'src/settings.ts',
      'docs/reference.md',
      'src/settings.ts',
      'src/other.ts',
      'docs/guide.md',
      'lib/a.ts',
      'lib/b.ts',
    ];
    const sessions = [
      ...editing(['src/settings.ts', 'docs/reference.md'], 5),
      ...alone.map((path, index) =>
        buildSession(`a${index}`, `2026-11-2${index}T10:00:00Z`).says('Go on').edits(`/ws/${path}`).end(),
      ),
    ];
    const result = await mine(coChangeMiner, sessions, {
      probe: fakeProbe({ 'src/settings.ts': '', 'docs/reference.md': '' }),
    });
    expect(notesOf(result).map(({ description }) => description)).toEqual([
      'When `docs/reference.md` changes, also change `src/settings.ts`',
    ]);
  });

  it('are no pair where one changes mostly without the other', async () => {
    const alone = Array.from({ length: 8 }, (_, index) =>
      buildSession(`a${index}`, `2026-10-0${index + 1}T10:00:00Z`)
        .says('Go on')
        .edits('/ws/src/settings.ts')
        .end(),
    );
    const result = await mine(coChangeMiner, [...editing(['src/settings.ts', 'docs/reference.md'], 5), ...alone]);
    expect(notesOf(result)).toEqual([]);
  });
});
