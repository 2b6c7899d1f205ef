import { describe, expect, it } from 'vitest';
import { BRIDGES } from '../../../../src/core/bridges/bridge';
import type { ExportPlan, Refusal } from '../../../../src/core/bridges/planExport';
import {
  bridgeName,
  conflictWords,
  importWords,
  leftOutWords,
  planWords,
  refusalWords,
} from '../../../../src/vscode/bridges/bridgeWords';

const t = (message: string, ...args: readonly (string | number | boolean)[]): string =>
  message.replace(/\{(\d)\}/gu, (_, index: string) => String(args[Number(index)]));

const NOTHING: ExportPlan = { files: [], refusals: [], conflicts: [], out: [], told: [] };
const file = { path: 'AGENTS.md', before: null, after: 'x' };

describe('the words of bridges', () => {
  it('name every tool, each by another name', () => {
    expect(new Set(BRIDGES.map((id) => bridgeName(id, t))).size).toBe(BRIDGES.length);
  });

  it.each<[Refusal['reason'], RegExp]>([
    ['missing', /Export to AGENTS\.md instead\.$/u],
    ['torn', /in line 7\. Complete it or remove the line/u],
    ['twice', /in line 7\. Remove one of them/u],
    ['newer', /Update this one/u],
    ['symlink', /Export to the file that it leads to/u],
    ['hard-link', /Export to the file that it leads to/u],
    ['read-only', /Change its permissions/u],
    ['not-utf8', /Save it as UTF-8/u],
    ['too-large', /too large/u],
    ['not-a-file', /no file stands at/u],
    ['unreadable', /cannot be read/u],
  ])('say what to do about a file that is %s', (reason, words) => {
    const said = refusalWords({ path: 'docs/[x](command:y).md', reason, line: 7 }, t);
    expect(said).toMatch(words);
    expect(said).not.toContain('](command:');
  });

  it('say what an export would do, in one line', () => {
    expect(planWords(NOTHING, t)).toBe('nothing to tell');
    expect(planWords({ ...NOTHING, told: ['a.md'] }, t)).toBe('up to date');
    expect(planWords({ ...NOTHING, told: ['a.md', 'b.md'], files: [file] }, t)).toBe('2 memories, 1 file');
    expect(planWords({ ...NOTHING, refusals: [{ path: 'x', reason: 'torn', line: 1 }] }, t)).toBe('not possible');
    const conflict = { path: 'x', kind: 'edited', before: '', wanted: null } as const;
    expect(planWords({ ...NOTHING, conflicts: [conflict] }, t)).toBe('changed by hand');
    expect(conflictWords(conflict, t)).toBe('x was changed by hand since the last export, and stays as it is.');
    expect(conflictWords({ ...conflict, kind: 'foreign' }, t)).toMatch(/^x was written by somebody else/u);
  });

  it('name what is left out, and count the rest', () => {
    const reasons = ['not-team', 'one-agent', 'secret', 'hidden', 'glob', 'said-already', 'says-otherwise'] as const;
    const said = leftOutWords(
      reasons.map((reason) => ({ path: `${reason}.md`, reason, said: 'Use tabs' })),
      t,
    );
    expect(said.split('\n')).toHaveLength(7);
    expect(said).toContain('says-otherwise.md: the file says otherwise: “Use tabs”');
    const many = Array.from({ length: 20 }, () => ({ path: 'a.md', reason: 'not-team' }) as const);
    expect(leftOutWords(many, t).split('\n').at(-1)).toBe('… and 8 more');
  });

  it('say what became of an import', () => {
    expect(importWords([], t)).toBe('Nothing new was found.');
    expect(
      importWords(
        [
          { kind: 'proposed', dream: 'd' as never, change: 'c' as never, path: 'a.md', redacted: [] },
          { kind: 'pending', dream: 'd' as never, change: 'c' as never, path: 'a.md' },
          { kind: 'known', path: 'b.md' },
          { kind: 'rejected' },
          { kind: 'refused', reason: 'no' },
        ],
        t,
      ),
    ).toBe(
      '1 changes wait for your review. 1 wait already. 1 are remembered already. 1 were rejected before. 1 could not be proposed.',
    );
  });
});
