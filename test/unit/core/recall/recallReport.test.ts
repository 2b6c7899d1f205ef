import { expect, it } from 'vitest';
import { REPORT_PATH } from '../../../../src/core/recall/recallFiles';
import { readRecallReport } from '../../../../src/core/recall/recallReport';
import { createFakePorts } from '../../../fakes/fakePorts';

const REPORT = {
  format: 1,
  at: '2026-11-01T10:00:00.000Z',
  maxTokens: 6_000,
  subagents: 'full',
  views: [{ viewer: { kind: 'main' }, files: [], marker: '', tokens: 0, entries: [] }],
};
const read = (text: string) => readRecallReport(createFakePorts({ [REPORT_PATH]: text }));

it('is read as it was written, with the worktree that it is about', async () => {
  expect(await read(JSON.stringify(REPORT))).toEqual(REPORT);
  expect(await read(JSON.stringify({ ...REPORT, worktree: 'abc' }))).toEqual({ ...REPORT, worktree: 'abc' });
});

it('is none where there is no file, or one that somebody damaged', async () => {
  expect(await readRecallReport(createFakePorts())).toBeUndefined();
  for (const text of ['{', '[]', JSON.stringify({ ...REPORT, format: 2 }), JSON.stringify({ ...REPORT, views: [{}] })])
    expect(await read(text), text).toBeUndefined();
});
