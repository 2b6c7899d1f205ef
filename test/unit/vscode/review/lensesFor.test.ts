import { describe, expect, it } from 'vitest';
import type { OpenChange } from '../../../../src/core/review/openProposals';
import { lensesFor, type Lens } from '../../../../src/vscode/review/lensesFor';
import { plainTranslate } from '../../../../src/vscode/translate';
import { change } from '../../core/review/dreamt';
import { runs, workflow } from '../../core/skills/workflow';
import { openChange } from './open';

const target = { folder: 'f', dream: 'd' as never, change: 'c' as never };
const lenses = (open: OpenChange, file = 0, enabled = true): readonly Lens[] => {
  const shown = open.files[file] ?? open.files[0];
  return lensesFor(
    { enabled, change: open, path: shown.path, hunks: shown.hunks, lineCount: shown.draft.split('\n').length, target },
    plainTranslate,
  );
};
const titles = (open: OpenChange, file = 0): readonly string[] =>
  lenses(open, file).map(({ line, title }) => `${line}: ${title.replace(/\$\([a-z-]+\) /, '')}`);

const two = change('two', [{ path: 'facts/a.md', before: 'a\nb\nc\nd\n', after: 'A\nb\nc\nD\n' }]);
const one = change('one', [{ path: 'facts/a.md', before: 'a\nb\n', after: 'A\nb\n' }]);

describe('lenses', () => {
  it('stand on each hunk, with the actions of the file on the first', () => {
    expect(titles(openChange(two))).toEqual([
      '0: Accept',
      '0: Reject',
      '0: Why',
      '0: Accept All (2)',
      '0: Reject All',
      '0: Next Change',
      '3: Accept',
      '3: Reject',
      '3: Why',
    ]);
  });

  it('say "All" only where there is more than one', () => {
    expect(titles(openChange(one))).toEqual(['0: Accept', '0: Reject', '0: Why', '0: Next Change']);
  });

  it('carry ids and a place, so that they cannot go stale', () => {
    const open = openChange(two);
    const [accept] = lenses(open);
    expect(accept).toMatchObject({
      command: 'agentDreams.acceptHunk',
      arguments: [{ ...target, hunk: open.files[0].hunks[0]?.id, at: 0 }],
    });
  });

  it('offer a workflow as a skill where it is strong', () => {
    const strong = workflow();
    expect(titles(openChange(strong)).at(-1)).toBe('0: Export as Skill…');
    expect(titles(openChange(workflow({ evidence: runs(2) })))).not.toContain('0: Export as Skill…');
  });

  it('call a removal a removal, and stand where lines are left to stand on', () => {
    const removal = change('gone', [{ path: 'facts/a.md', before: 'a\nb\nc\nd', after: 'a' }]);
    expect(titles(openChange(removal))[0]).toBe('0: Accept Removal (3 lines)');
    const single = change('gone', [{ path: 'facts/a.md', before: 'a\nb\nc\n', after: 'a\nc\n' }]);
    expect(titles(openChange(single))[0]).toBe('1: Accept Removal (1 line)');
  });

  it('are none where nothing is left, or where the user switched them off', () => {
    const settled = change('done', [{ path: 'facts/a.md', before: 'a\n', after: 'a\n' }]);
    expect(lenses(openChange(settled, { status: 'accepted' }))).toEqual([]);
    expect(lenses(openChange(two), 0, false)).toEqual([]);
  });

  it('point at warnings and at a newer dream', () => {
    const warned = change('one', one.files, { warnings: [{ kind: 'executes', message: 'It runs a script.' }] });
    const open = openChange(warned, { coveredBy: 'newer' as never });
    expect(titles(open).slice(-2)).toEqual(['0: runs code', '0: A newer dream changes this file too']);
    const quarantined = { kind: 'quarantined', message: 'A web page says so.' } as const;
    const twice = change('one', one.files, { warnings: [quarantined, ...warned.warnings] });
    expect(titles(openChange(twice)).at(-1)).toBe('0: quarantined, runs code');
  });

  it('offer no accept in a conflict', () => {
    expect(titles(openChange(two, { status: 'conflict' }))).toEqual([
      '0: The memory changed since the dream',
      '0: Review Against Current',
      '0: Reject',
      '0: Why',
    ]);
  });
});

describe('lenses of a change that is decided whole', () => {
  const merge = change(
    'merge',
    [
      { path: 'facts/a.md', before: 'a\n', after: 'A\n' },
      { path: 'archive/facts/b.md', from: 'facts/b.md', before: 'b\n', after: 'b\nx\n' },
      { path: 'archive/facts/c.md', from: 'facts/c.md', before: 'c\n', after: 'c\nx\n' },
    ],
    { kind: 'merge' },
  );

  it('decide on the first file', () => {
    expect(titles(openChange(merge))).toEqual([
      '0: Accept Merge (3 files)',
      '0: Reject Merge',
      '0: Why',
      '0: Next Change',
    ]);
  });

  it('only tell on the others', () => {
    const [lens, ...rest] = lenses(openChange(merge), 1);
    expect(lens).toMatchObject({ title: 'Moves into a.md with its merge: accept or reject there', command: '' });
    expect(rest).toEqual([]);
    expect(titles(openChange(change('split', merge.files, { kind: 'split' })), 1)).toEqual([
      '1: Belongs to a.md: accept or reject there',
    ]);
  });

  it('say what was decided', () => {
    expect(titles(openChange(merge, { status: 'accepted' }))).toEqual(['0: Accepted']);
    expect(titles(openChange(merge, { status: 'rejected' }), 1)).toEqual(['1: Rejected']);
  });

  it('offer the way out of a conflict on the first file only', () => {
    const open = openChange(merge, { status: 'conflict' });
    expect(titles(open)[1]).toBe('0: Review Against Current');
    expect(titles(open, 1)).toEqual(['1: Moves into a.md with its merge: accept or reject there']);
  });

  it.each([
    ['archive', 'Archive'],
    ['restore', 'Restore'],
    ['promote', 'Promotion'],
    ['demote', 'Demotion'],
    ['rescope', 'Move'],
    ['update', 'Update'],
    ['add', 'New Memory'],
  ] as const)('name a move of kind %s', (kind, name) => {
    const move = change('move', [{ path: 'archive/facts/b.md', from: 'facts/b.md', before: 'b\n', after: 'b\n' }], {
      kind,
    });
    expect(titles(openChange(move))[0]).toBe(`0: Accept ${name}`);
  });
});
