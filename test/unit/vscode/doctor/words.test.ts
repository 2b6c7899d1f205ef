import { describe, expect, it } from 'vitest';
import { CHECKS, type DoctorFinding, type FindingKind } from '../../../../src/core/doctor/finding';
import { checkName } from '../../../../src/vscode/doctor/checkWords';
import { findingWords } from '../../../../src/vscode/doctor/findingWords';
import { plainTranslate } from '../../../../src/vscode/translate';

const ABOUT = {
  ...{ file: '/home/ada/f.json', path: 'facts/a.md', count: 2, days: 30, said: 'No such file', event: 'SessionStart' },
  ...{ command: 'cat x', folder: '.', layer: 'user', setting: 'disableAllHooks', first: '2026-12-01', logs: 1 },
  ...{ memory: 'facts/b.md', sentence: 'Use pnpm.', name: 'team', cadence: 'daily', since: '2026-01-01T00:00:00Z' },
};
const KINDS: readonly FindingKind[] = [
  ...(['unknown', 'no-store', 'not-connected', 'connection-problem', 'not-loaded', 'loaded-stale'] as const),
  ...(['hook-failed', 'hook-slow', 'hook-output', 'hook-too-long', 'hooks-disabled', 'hooks-managed-only'] as const),
  ...(['settings-invalid', 'recall-missing', 'recall-invalid', 'recall-stale', 'command-missing'] as const),
  ...(['command-failed', 'capture-off', 'history-off', 'log-unreadable', 'not-captured', 'text-only'] as const),
  ...(['log-damaged', 'moved-sessions', 'retention-short', 'retention-invalid', 'logs-expiring'] as const),
  ...(['index-full', 'index-stale', 'budget-full', 'schedule-unsaved', 'schedule-failed'] as const),
  ...(['schedule-overdue', 'waiting', 'memory-unreadable', 'conflict', 'auto-memory-in-store'] as const),
  ...(['auto-memory-ignored', 'auto-dream', 'auto-memory-overlap', 'secrets', 'store-missing'] as const),
  'store-unaccepted',
];

const finding = (kind: FindingKind, about: DoctorFinding['about'] = ABOUT): DoctorFinding => ({
  ...{ check: 'store', kind, severity: 'warning', about },
});

describe('the words of the doctor', () => {
  it('say of every kind of finding what it is, what it means and what to do, each in its own words', () => {
    const titles = KINDS.map((kind) => {
      const { title, meaning, todo } = findingWords(finding(kind), plainTranslate);
      expect(
        [title, meaning, todo].every((words) => words.trim() !== '' && !/\{\d\}|undefined/u.test(words)),
        kind,
      ).toBe(true);
      return title;
    });

    expect(new Set(titles).size).toBe(KINDS.length);
  });

  it.each([
    ['missing /a/settings.local.json', 'Part of the connection is gone'],
    ['altered /a/settings.local.json', 'The connection was altered'],
    ['outdated /a/settings.local.json', 'The connection is of an older version'],
    ['moved /gone/shop', 'The folder has moved'],
    ['not-plain-json /a/settings.local.json', 'Claude Code passes over its settings'],
    ['unrecorded /a/settings.local.json', 'The connection is not as it was made'],
  ])('tell apart what is wrong with a connection: %s', (problem, title) => {
    const words = findingWords(finding('connection-problem', { problem }), plainTranslate);

    expect(words.title).toBe(title);
    expect(words.meaning).toContain(problem.split(' ')[1]);
  });

  it('name every check', () => {
    expect(new Set(CHECKS.map((check) => checkName(check, plainTranslate))).size).toBe(CHECKS.length);
  });
});
