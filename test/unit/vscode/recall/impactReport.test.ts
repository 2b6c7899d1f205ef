import { describe, expect, it } from 'vitest';
import { impactOf, type ImpactSession } from '../../../../src/core/recall/impact';
import { NO_USAGE, type MemoryUsage } from '../../../../src/core/recall/usage';
import { impactReport } from '../../../../src/vscode/recall/impactReport';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const session = (number: number, more: Partial<ImpactSession> = {}): ImpactSession => ({
  id: `s${number}`,
  startedAt: new Date(Date.parse('2026-11-01T00:00:00Z') + number * 86_400_000).toISOString(),
  ...{ prompts: 20, corrections: 0, loaded: false, errors: [] },
  ...more,
});
const report = (sessions: readonly ImpactSession[], usage: ReadonlyMap<string, MemoryUsage> = new Map()): string =>
  impactReport(
    { name: 'shop\n', impact: impactOf(sessions), usage, proof: 'loaded ✓ 14:02', time: (iso) => iso.slice(0, 10) },
    t,
  );

describe('the impact report', () => {
  it('compares before and after, with counts, rates and their ranges', () => {
    const before = Array.from({ length: 10 }, (_, index) => session(index, { corrections: 4 }));
    const after = Array.from({ length: 10 }, (_, index) => session(10 + index, { corrections: 1, loaded: true }));
    const text = report([...before, ...after, session(25)]);
    expect(text).toContain('# Impact of memory: shop \n');
    expect(text).toContain('Claude Code: loaded ✓ 14:02.');
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .filter((cell, index) => index > 1 || cell !== ''),
      );
    const cells = (label: string): readonly (readonly string[])[] => rows.filter(([first]) => first === label);
    expect(text).toMatch(/^\| +\| +before \| +since, with memory \| +since, without \|$/mu);
    expect(cells('sessions')[0]).toEqual(expect.arrayContaining(['10', '1']));
    expect(cells('prompts')[0]).toEqual(expect.arrayContaining(['200', '20']));
    expect(cells('corrections')[0]).toEqual(expect.arrayContaining(['40', '10', '0']));
    expect(cells('per 100 prompts')[0]?.[1]).toBe('20.0 (15.0 to 26.1)');
    expect(cells('per 100 prompts')[1]?.[1]).toBe('0.0 (0.0 to 1.9)');
    expect(text).toContain('Corrections: clearly fewer than before. Repeated errors: no difference that could not be');
  });

  it('says when there is too little, and when there is no after', () => {
    expect(report([session(0), session(1, { loaded: true })])).toContain('too few sessions to say anything (5 with 50');
    const none = report([session(0, { corrections: 2 })]);
    expect(none).toContain('Until then: 1 sessions with 20 prompts, 2 corrections and 0 repeated errors.');
    expect(none).not.toContain('before |');
    expect(report([])).toContain('0 sessions');
    expect(report([session(0)])).toContain('No captured session has loaded or opened any of them yet.');
  });

  it('says so when it got worse', () => {
    const before = Array.from({ length: 10 }, (_, index) => session(index));
    const after = Array.from({ length: 10 }, (_, index) => session(10 + index, { corrections: 5, loaded: true }));
    expect(report([...before, ...after])).toContain('Corrections: clearly more than before.');
  });

  it('lists the memories by use, thirty of them, and lets no path leave its cell', () => {
    const usage = new Map<string, MemoryUsage>([
      ['facts/idle.md', { ...NO_USAGE, loaded: 9 }],
      ['facts/used|x.md', { ...NO_USAGE, loaded: 2, read: 3, lastLoadedAt: '2026-11-20T10:00:00.000Z' }],
      ...Array.from({ length: 40 }, (_, index): [string, MemoryUsage] => [`a/${index}.md`, NO_USAGE]),
    ]);
    const rows = report([session(0)], usage)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows[2]).toMatch(/^\| facts\/used x\.md +\| +2 \| +3 \| +0 \| +0 \| +0 \| 2026-11-20/u);
    expect(rows[3]).toMatch(/^\| facts\/idle\.md/u);
    expect(rows).toHaveLength(32);
    expect(report([session(0)], usage)).toContain('and 12 more');
  });
});
