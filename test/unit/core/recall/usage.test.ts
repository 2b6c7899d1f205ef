import { describe, expect, it } from 'vitest';
import { usageOf } from '../../../../src/core/recall/usage';
import type { MemoryUse, Recalled } from '../../../../src/core/sessions/session';

const IDS = new Map([
  ['facts/port.md', 'm-1111'],
  ['pitfalls/ci.md', 'm-2222'],
  ['.local/personal/preferences/tone.md', 'm-3333'],
]);
const recalled = (at: string, ...entries: string[]): Recalled => ({ at, channel: 'hook', marker: '00000000', entries });
const used = (memory: string, more: Partial<MemoryUse> = {}): MemoryUse => ({
  ...{ memory, read: 0, cited: 0, success: 0, corrected: 0 },
  ...more,
});
const session = (more: {
  recalled?: readonly Recalled[];
  memoryUse?: readonly MemoryUse[];
  memoriesRead?: readonly string[];
  endedAt?: string;
}) => ({ recalled: [], memoryUse: [], memoriesRead: [], endedAt: '', ...more });

describe('usage', () => {
  it('counts in how many sessions a memory was loaded, and when last', () => {
    const usage = usageOf(
      [
        session({ recalled: [recalled('2026-11-03T10:00:00.000Z', 'm-1111', 'm-9999')] }),
        session({
          recalled: [recalled('2026-11-01T10:00:00.000Z', 'm-1111'), recalled('2026-11-01T11:00:00.000Z', 'm-1111')],
        }),
        session({ recalled: [recalled('', 'm-2222')] }),
      ],
      IDS,
    );
    expect(usage.get('facts/port.md')).toMatchObject({ loaded: 2, lastLoadedAt: '2026-11-03T10:00:00.000Z' });
    expect(usage.get('pitfalls/ci.md')).toEqual({ loaded: 1, listed: 0, read: 0, cited: 0, success: 0, corrected: 0 });
    expect([...usage.keys()]).toHaveLength(2);
  });

  it('tells sessions in which it was only a line of the index from those that had it whole', () => {
    const lines = { ...recalled('', 'm-1111', 'm-2222'), listed: ['m-1111', 'm-2222'] };
    const usage = usageOf(
      [
        session({ recalled: [lines] }),
        session({ recalled: [lines, { ...recalled('', 'm-1111'), agent: 'reviewer' }] }),
      ],
      IDS,
    );
    expect(usage.get('facts/port.md')).toMatchObject({ loaded: 2, listed: 1 });
    expect(usage.get('pitfalls/ci.md')).toMatchObject({ loaded: 2, listed: 2 });
  });

  it('knows a memory by its id and by whatever path an agent opened it', () => {
    const usage = usageOf(
      [
        session({
          memoryUse: [
            used('/w/project/.agent-memory/facts/port.md', { read: 3, success: 1 }),
            used('m-1111', { cited: 1, corrected: 1 }),
            used('C:\\w\\.agent-memory\\pitfalls\\ci.md', { read: 1 }),
            used('.agent-memory/MEMORY.md', { read: 1 }),
            used('preferences/none.md', { read: 1 }),
            used('m-abcd', { cited: 1 }),
          ],
          endedAt: '2026-11-02T10:00:00.000Z',
        }),
      ],
      IDS,
    );
    expect(Object.fromEntries(usage)).toEqual({
      'facts/port.md': {
        ...{ loaded: 0, listed: 0, read: 1, cited: 1, success: 1, corrected: 1 },
        lastUsedAt: '2026-11-02T10:00:00.000Z',
      },
      'pitfalls/ci.md': {
        ...{ loaded: 0, listed: 0, read: 1, cited: 0, success: 0, corrected: 0 },
        lastUsedAt: '2026-11-02T10:00:00.000Z',
      },
    });
  });

  it('takes what our own server was asked for, with or without the folder', () => {
    const usage = usageOf([session({ memoryUse: [used('./facts/port.md', { read: 1 })] })], IDS);
    expect(usage.get('facts/port.md')).toMatchObject({ read: 1 });
    const byId = usageOf([session({ memoryUse: [used('[m-1111]', { read: 1 })] })], IDS);
    expect(byId.get('facts/port.md')).toMatchObject({ read: 1 });
  });

  it('reads sessions that were captured before beats were counted', () => {
    const old = session({ memoriesRead: ['/w/.agent-memory/facts/port.md'], endedAt: '2026-11-02T10:00:00.000Z' });
    const newer = { ...old, endedAt: '2026-11-05T10:00:00.000Z' };
    expect(usageOf([newer, old], IDS).get('facts/port.md')).toMatchObject({
      ...{ read: 2, cited: 0, lastUsedAt: '2026-11-05T10:00:00.000Z' },
    });
  });
});
