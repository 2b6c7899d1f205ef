import { describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import type { DreamRecord } from '../../../../src/core/dream/dream';
import type { Change, DreamId, Proposal } from '../../../../src/core/review/proposal';
import { describeCapture } from '../../../../src/vscode/capture/describeCapture';
import { describeOutcome } from '../../../../src/vscode/dream/describeOutcome';
import { toWindowProgress } from '../../../../src/vscode/windowProgress';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const record = { sessions: ['a', 'b'], engine: 'offline', costUsd: 0 } as unknown as DreamRecord;
const proposal = (changes: number): Proposal => ({
  format: 1,
  id: 'd' as DreamId,
  createdAt: '2026-11-21T09:00:00Z',
  changes: Array.from({ length: changes }, () => ({}) as Change),
  dismissed: [],
});

describe('how a dream ended', () => {
  it('is one sentence, and no change is a result like any other', () => {
    const completed = (changes: number) =>
      describeOutcome({ kind: 'completed', record, proposal: proposal(changes) }, t);
    expect(completed(1)).toBe('1 change proposed.');
    expect(completed(3)).toBe('3 changes proposed.');
    expect(completed(0)).toMatch(/^No change proposed: 2 sessions were read/);
    expect(describeOutcome({ kind: 'nothing-new', have: 1, need: 3 }, t)).toBe(
      'Nothing to dream yet, 1 of 3 new sessions.',
    );
    expect(describeOutcome({ kind: 'canceled', record }, t)).toBe('The dream was cancelled.');
    const error = new AgentDreamsError('disk-full', 'no space left');
    expect(describeOutcome({ kind: 'failed', record, error }, t)).toBe('The dream failed: no space left');
  });

  it('over a model is told with what it cost, and that nothing is lost where it did not end well', () => {
    const paid: DreamRecord = { ...record, engine: 'claude', costUsd: 0.12, estimatedUsd: 0.2 };
    expect(describeOutcome({ kind: 'completed', record: paid, proposal: proposal(3) }, t)).toBe(
      '3 changes proposed. It cost $0.12, $0.20 was estimated.',
    );
    expect(describeOutcome({ kind: 'canceled', record: paid }, t)).toMatch(
      /is kept, and is not paid for again\. It cost/u,
    );
    const error = new AgentDreamsError('model-busy', '529');
    expect(describeOutcome({ kind: 'failed', record: paid, error }, t)).toMatch(
      /^The engine is overloaded.*It cost \$0\.12/u,
    );
  });
});

describe('what a capture brought', () => {
  const report = {
    found: 12,
    captured: 0,
    updated: 0,
    unchanged: 12,
    excluded: 0,
    empty: 0,
    removed: 0,
    canceled: false,
    failed: [],
    prompts: 0,
    redactions: {},
    lineTypes: {},
    problems: [],
    bytesRead: 0,
  };

  it('is told in numbers, with what could not be read', () => {
    expect(describeCapture(report, t)).toBe('Nothing new: 12 sessions are captured.');
    expect(describeCapture({ ...report, captured: 4, updated: 2, unchanged: 6 }, t)).toBe(
      '4 new and 2 updated of 12 sessions.',
    );
    const failed = [{ file: '/x.jsonl', code: 'permission-denied' as const, message: 'no' }];
    expect(describeCapture({ ...report, failed }, t)).toBe(
      'Nothing new: 12 sessions are captured. 1 logs could not be read.',
    );
  });
});

describe('the progress bar', () => {
  it('never runs backwards, also over several passes', () => {
    const reports: { message?: string; increment?: number }[] = [];
    const progress = toWindowProgress({ report: (step) => reports.push(step) });
    progress.report({ message: 'Reading', done: 1, total: 2 });
    progress.report({ message: 'Dreaming', done: 0, total: 4 });
    progress.report({ message: 'Dreaming', done: 4, total: 4 });
    progress.report({ message: 'Wait', done: 0, total: 0 });
    expect(reports).toEqual([
      { message: 'Reading 1/2', increment: 50 },
      { message: 'Dreaming 0/4', increment: 0 },
      { message: 'Dreaming 4/4', increment: 50 },
      { message: 'Wait', increment: 0 },
    ]);
  });
});
