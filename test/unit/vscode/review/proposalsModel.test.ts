import { describe, expect, it } from 'vitest';
import { proposalRows, type ProposalRow } from '../../../../src/vscode/review/proposalsModel';
import { plainTranslate } from '../../../../src/vscode/translate';
import { change } from '../../core/review/dreamt';
import { openChange, openProposal } from './open';
import type { OpenProposal } from '../../../../src/core/review/openProposals';

const words = { t: plainTranslate, formatTime: (iso: string) => iso.slice(0, 10) };
const folder = { id: 'f', name: 'web' };
const rows = (...proposals: readonly OpenProposal[]): readonly ProposalRow[] =>
  proposalRows([{ folder, proposals }], words);
const update = change('one', [{ path: 'facts/a.md', before: 'a\nb\nc\nd\n', after: 'A\nb\nc\nD\n' }]);

describe('the Proposals view', () => {
  it('is empty where nothing waits, so that the welcome text shows', () => {
    expect(rows(openProposal([openChange(update, { status: 'accepted' })]))).toEqual([]);
  });

  it('has a row per dream and per change, with evidence and risk', () => {
    const [dream] = rows(openProposal([openChange(update)]));
    expect(dream).toMatchObject({
      label: 'Dream of 2026-11-20',
      description: '1 of 1 to review',
      contextValue: 'dream open',
    });
    expect(dream?.children[0]).toMatchObject({
      label: 'Change one',
      description: '1 quote',
      icon: 'diff-modified',
      contextValue: 'change pending',
      target: { folder: 'f', change: update.id },
      children: [],
    });
  });

  it('says who asked, where nothing was dreamt', () => {
    const open = openProposal([openChange(update)]);
    const record = { ...open.record, engine: 'direct', trigger: 'mcp', by: 'Claude Code' } as const;
    const [row] = rows({ ...open, record });
    expect(row).toMatchObject({ label: 'Claude Code, 2026-11-20', icon: 'comment' });
    expect(row?.tooltip).toContain('Nothing was dreamt');
  });

  it('shows the files of a change that has several', () => {
    const merge = change(
      'merge',
      [
        { path: 'facts/a.md', before: 'a\n', after: 'A\n' },
        { path: 'archive/facts/b.md', from: 'facts/b.md', before: 'b\n', after: 'b\n' },
      ],
      { kind: 'merge', risk: 'medium' },
    );
    const row = rows(openProposal([openChange(merge)]))[0]?.children[0];
    expect(row?.icon).toBe('git-merge');
    expect(row?.children.map(({ description }) => description)).toEqual([
      'facts/a.md',
      'facts/b.md → archive/facts/b.md',
    ]);
  });

  it('puts decided changes last and says what became of them', () => {
    const open = openChange(update);
    const done = (status: 'accepted' | 'rejected') => openChange(update, { status, openHunks: 0 });
    const [dream] = rows(openProposal([done('accepted'), done('rejected'), open]));
    expect(dream?.children.map(({ contextValue, icon }) => [contextValue, icon])).toEqual([
      ['change pending', 'diff-modified'],
      ['change accepted', 'pass'],
      ['change rejected', 'circle-slash'],
    ]);
  });

  it('says it in words: parts left, conflict, warnings, a newer dream', () => {
    const risky = change('risky', update.files, {
      risk: 'high',
      warnings: [
        { kind: 'executes', message: 'Runs a script.' },
        { kind: 'permission', message: 'Allows more.' },
      ],
    });
    const [dream] = rows(
      openProposal([
        openChange(update, { status: 'partly', openHunks: 1 }),
        openChange(update, { status: 'partly', openHunks: 2 }),
        openChange(risky, { status: 'conflict', coveredBy: 'newer' as never }),
      ]),
    );
    expect(dream?.children.map(({ description }) => description)).toEqual([
      '1 part left · 1 quote',
      '2 parts left · 1 quote',
      'runs code · permissions · conflict: the memory changed · 1 quote',
    ]);
    expect(dream?.children[2]).toMatchObject({ icon: 'warning', contextValue: 'change conflict' });
    expect(dream?.children[2]?.accessibleLabel).toContain('Update, Change risky, conflict');
  });

  it('shows that decisions could not be read', () => {
    const [dream] = rows(openProposal([openChange(update)], { problem: 'is not JSON' }));
    expect(dream?.children[0]).toMatchObject({ kind: 'problem', icon: 'warning' });
  });

  it('has a level of folders where there are several, and none for those with nothing to do', () => {
    const inputs = [
      { folder, proposals: [openProposal([openChange(update)])] },
      { folder: { id: 'g', name: 'api' }, proposals: [] },
    ];
    const [only, ...others] = proposalRows(inputs, words);
    expect(only).toMatchObject({ label: 'web', kind: 'folder' });
    expect(only?.children).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it('tells what a dream was asked', () => {
    const proposal = openProposal([openChange(update)]);
    const asked = { ...proposal, record: { ...proposal.record, instructions: 'Look at the tests.' } };
    expect(rows(asked)[0]?.tooltip).toContain('Instructions: Look at the tests.');
  });

  it('tells which engine dreamt, and what that cost', () => {
    const proposal = openProposal([openChange(update)]);
    const paid = { ...proposal, record: { ...proposal.record, engine: 'claude', costUsd: 0.12 } as const };
    expect(rows(paid)[0]?.tooltip).toMatch(/dreamt over by: Claude API\nIt cost \$0\.12\./u);
    expect(rows(proposal)[0]?.tooltip).not.toContain('It cost');
  });
});
