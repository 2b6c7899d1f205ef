import { describe, expect, it } from 'vitest';
import { printable, printableLine } from '../../../src/cli/printable';
import { printProposal } from '../../../src/cli/printProposal';
import type { DreamRecord } from '../../../src/core/dream/dream';
import type { Change, Proposal } from '../../../src/core/review/proposal';

function recordOf(sessions: number): DreamRecord {
  return {
    format: 1,
    id: '01dream' as DreamRecord['id'],
    status: 'completed',
    engine: 'offline',
    createdAt: '2026-11-20T10:00:00.000Z',
    sessions: Array.from({ length: sessions }, (_, index) => `s${index}`),
    trigger: 'cli',
    costUsd: 0,
  };
}

function proposalOf(...changes: readonly Change[]): Proposal {
  return { format: 1, id: recordOf(1).id, createdAt: '2026-11-20T10:00:00.000Z', changes, dismissed: [] };
}

const update: Change = {
  id: 'c1' as Change['id'],
  kind: 'update',
  title: 'Use pnpm',
  rationale: 'Said in two sessions.',
  files: [{ path: 'conventions/use-pnpm.md', before: 'old line\n', after: 'new line\n' }],
  evidence: [
    { kind: 'quote', session: 's1', entry: 'e1', by: 'user', quote: 'always use pnpm', at: '2026-11-19T10:00:00.000Z' },
  ],
  trust: 'user',
  risk: 'low',
  warnings: [],
  fingerprint: 'f1',
};

describe('a printed proposal', () => {
  it('shows kind, title, file, evidence with its speaker, and the diff of each change', () => {
    const text = printProposal(recordOf(4), proposalOf(update));

    expect(text).toContain('1 change proposed from 4 sessions');
    expect(text).toContain('1. update: Use pnpm  (risk low, trust user)');
    expect(text).toContain('conventions/use-pnpm.md');
    expect(text).toContain('user, session s1, 2026-11-19T10:00:00.000Z: "always use pnpm"');
    expect(text).toContain('-old line\n+new line');
  });

  it('shows a new file against /dev/null and a move with both paths', () => {
    const add: Change = { ...update, kind: 'add', files: [{ path: 'facts/x.md', before: null, after: 'x\n' }] };
    const archive: Change = {
      ...update,
      kind: 'archive',
      files: [{ path: 'archive/facts/y.md', from: 'facts/y.md', before: 'y\n', after: 'y\n' }],
    };

    const text = printProposal(recordOf(1), proposalOf(add, archive));

    expect(text).toContain('--- /dev/null');
    expect(text).toContain('facts/y.md -> archive/facts/y.md');
  });

  it('says that a dream without changes is complete', () => {
    expect(printProposal(recordOf(3), proposalOf())).toContain('0 changes proposed from 3 sessions');
  });

  it('lets no escape sequence out of a log reach the terminal', () => {
    const hostile: Change = { ...update, title: 'Use \u001b]0;owned\u0007 pnpm\u202e' };

    const text = printProposal(recordOf(1), proposalOf(hostile));

    expect(text).not.toContain('\u001b');
    expect(text).toContain('\\u001b]0;owned\\u0007 pnpm\\u202e');
  });
});

describe('printable text', () => {
  it('keeps line ends and tabs, and shows everything hidden', () => {
    expect(printable('a\tb\nc\u0000\u200b')).toBe('a\tb\nc\\u0000\\u200b');
  });

  it('fits one line of the given length', () => {
    expect(printableLine('one\ntwo three', 8)).toBe('one two…');
  });
});
