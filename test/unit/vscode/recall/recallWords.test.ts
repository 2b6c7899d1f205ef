import { describe, expect, it } from 'vitest';
import type { Cause, Proof } from '../../../../src/core/recall/proof';
import { NO_USAGE } from '../../../../src/core/recall/usage';
import { plainTranslate as t } from '../../../../src/vscode/translate';
import { proofWords, usageLabel, usageWords } from '../../../../src/vscode/recall/recallWords';

const words = { t, time: (iso: string) => iso.slice(11, 16) };
const show = (proof: Proof) => proofWords(proof, words);

describe('the proof in words', () => {
  it.each<[Proof, string, string]>([
    [{ kind: 'not-connected' }, 'off', 'not connected'],
    [{ kind: 'nothing-to-load' }, 'open', 'nothing to load yet'],
    [{ kind: 'waiting' }, 'open', 'waiting for a session'],
    [
      { kind: 'loaded', session: 's', at: '2026-11-20T14:02:00.000Z', marker: '0a1b2c3d', stale: false },
      'good',
      'loaded ✓ 14:02',
    ],
    [{ kind: 'not-loaded', session: 's', likely: [] }, 'bad', 'not loaded'],
  ])('%j', (proof, state, short) => {
    expect(show(proof)).toMatchObject({ state, short });
    expect(show(proof).detail.join(' ')).not.toBe('');
  });

  it('says that memory has changed since it was loaded', () => {
    const loaded = { kind: 'loaded', session: 's', at: '', marker: '0a1b2c3d' } as const;
    expect(show({ ...loaded, stale: false }).detail).toHaveLength(1);
    expect(show({ ...loaded, stale: true }).detail.at(-1)).toContain('changed since');
  });

  it('has a sentence for each cause', () => {
    const likely: readonly Cause[] = [
      { kind: 'hook-error', text: 'cat: no such file\n' },
      { kind: 'connection', text: 'altered /w/.claude/settings.local.json' },
      { kind: 'hooks-disabled' },
      { kind: 'managed-hooks-only' },
      { kind: 'trust-not-given' },
      { kind: 'bare' },
      { kind: 'safe-mode' },
      { kind: 'started-elsewhere', cwd: '/w/sub' },
    ];
    const { detail } = show({ kind: 'not-loaded', session: 's', likely });
    expect(detail).toHaveLength(9);
    expect(detail[1]).toBe('• The hook failed: cat: no such file');
    expect(detail[2]).toContain('not as Connect left it (altered /w/.claude/settings.local.json)');
    expect(detail.at(-1)).toContain('/w/sub');
  });
});

describe('usage in words', () => {
  it('says nothing where nothing is known', () => {
    expect(usageWords(undefined, words)).toEqual([]);
    expect(usageWords(NO_USAGE, words)).toEqual([]);
    expect([usageLabel(undefined, t), usageLabel(NO_USAGE, t)]).toEqual(['', '']);
  });

  it('tells one session from several', () => {
    expect(usageWords({ ...NO_USAGE, loaded: 1 }, words)).toEqual(['Loaded in 1 session.']);
    expect(usageWords({ ...NO_USAGE, loaded: 2 }, words)).toEqual(['Loaded in 2 sessions.']);
  });

  it('warns in the row of a memory after which the user corrects more than not', () => {
    expect(usageLabel({ ...NO_USAGE, read: 4, corrected: 3, success: 1 }, t)).toBe('corrected after use ×3');
    expect(usageLabel({ ...NO_USAGE, cited: 4, corrected: 1, success: 1 }, t)).toBe('used ×4');
  });
});
