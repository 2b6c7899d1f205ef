import { describe, expect, it } from 'vitest';
import { NO_USAGE, type MemoryUsage } from '../../../../src/core/recall/usage';
import { demoted, loadChangeOf } from '../../../../src/core/recall/usageRules';
import { memoryOf } from '../dream/offline/mine';
import type { Memory } from '../../../../src/core/memory/memory';

const NOW = '2026-11-20T10:00:00.000Z';
const memory = (more: Partial<Memory> = {}): Memory =>
  memoryOf('facts/port.md', 'The port is 8081.', { load: 'index', ...more });
const change = (more: Partial<Memory>, usage: Partial<MemoryUsage>, correctedSessions = 0) =>
  loadChangeOf(memory(more), { ...NO_USAGE, ...usage }, { correctedSessions, now: NOW });

describe('what use says about how a memory loads', () => {
  it('is nothing without any, and nothing of a memory that stands whole in the context', () => {
    expect(change({}, {})).toBeUndefined();
    expect(change({ created: '2020-01-01' }, { loaded: 500 })).toBeUndefined();
  });

  it('is more, where sessions open what they were not told of', () => {
    expect(change({ load: 'on-demand' }, { read: 2 })).toBeUndefined();
    expect(change({ load: 'on-demand' }, { read: 3 })).toMatchObject({ kind: 'promote', to: 'index' });
    expect(change({ load: 'on-demand' }, { read: 3, corrected: 1 })).toBeUndefined();
  });

  it('is always, where at least half of the sessions that have only its line open it', () => {
    expect(change({}, { loaded: 10, listed: 10, read: 5 })).toMatchObject({ kind: 'promote', to: 'always' });
    expect(change({}, { loaded: 10, listed: 10, read: 4 })).toBeUndefined();
    expect(change({}, { loaded: 11, listed: 11, read: 5 })).toBeUndefined();
    expect(change({}, { loaded: 10, listed: 9, read: 9 })).toBeUndefined();
    expect(change({ load: 'always' }, { loaded: 10, listed: 10, read: 9 })).toBeUndefined();
  });

  it('is less, where the user corrects what follows, more often than not and in more than one session', () => {
    expect(change({}, { corrected: 3, success: 1 }, 2)).toMatchObject({ kind: 'demote', to: 'on-demand' });
    expect(change({ load: 'always' }, { corrected: 3 }, 3)).toMatchObject({ to: 'index' });
    expect(change({}, { corrected: 3 }, 1)).toBeUndefined();
    expect(change({}, { corrected: 2 }, 2)).toBeUndefined();
    expect(change({}, { corrected: 3, success: 3 }, 2)).toBeUndefined();
    expect(change({ pinned: true }, { corrected: 9 }, 9)).toBeUndefined();
    expect(change({ load: 'on-demand' }, { corrected: 9 }, 9)).toBeUndefined();
    expect([change({}, { corrected: 3 }, 2)?.why, change({}, { corrected: 3, success: 1 }, 2)?.why]).toEqual([
      'After it was used, the user corrected what followed 3 times in 2 sessions, and it went well never.',
      'After it was used, the user corrected what followed 3 times in 2 sessions, and it went well only once.',
    ]);
  });

  it('is less, where nobody has followed its line for the span of its kind', () => {
    const old = { created: '2026-01-01' };
    expect(change(old, { loaded: 20, listed: 20 })).toMatchObject({ kind: 'demote', to: 'on-demand' });
    expect(change(old, { loaded: 20, listed: 19 })).toBeUndefined();
    expect(change({ created: '2026-10-01' }, { loaded: 40, listed: 40 })).toBeUndefined();
    expect(change({}, { loaded: 40, listed: 40 })).toBeUndefined();
    expect(change({ ...old, pinned: true }, { loaded: 40, listed: 40 })).toBeUndefined();
  });

  it('counts from when it was used last', () => {
    const old = { created: '2025-01-01' };
    expect(change(old, { listed: 40, lastUsedAt: '2026-11-01T10:00:00.000Z' })).toBeUndefined();
    expect(change(old, { listed: 40, lastUsedAt: '2026-02-01T10:00:00.000Z' })?.why).toContain('for 292 days');
  });

  it('never calls idle what people want: it is followed without being opened', () => {
    for (const category of ['preferences', 'conventions'])
      expect(change({ category, created: '2020-01-01' }, { loaded: 400, listed: 400 })).toBeUndefined();
  });

  it('goes one step at a time', () => {
    expect(demoted({ load: 'always', pinned: false })).toBe('index');
    expect(demoted({ load: 'index', pinned: false })).toBe('on-demand');
    expect(demoted({ load: 'on-demand', pinned: false })).toBeUndefined();
    expect(demoted({ load: 'always', pinned: true })).toBeUndefined();
  });
});
