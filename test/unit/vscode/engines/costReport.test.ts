import { describe, expect, it } from 'vitest';
import type { DreamRecord } from '../../../../src/core/dream/dream';
import type { UsageLine } from '../../../../src/core/model/budget';
import type { DreamId } from '../../../../src/core/review/proposal';
import { costReport } from '../../../../src/vscode/engines/costReport';
import { textTable } from '../../../../src/vscode/engines/textTable';
import { plainTranslate as t } from '../../../../src/vscode/translate';

function dream(more: Partial<DreamRecord>): DreamRecord {
  return {
    format: 1,
    id: '01hzzzzzzzzzzzzzzzzzzzzzzz' as DreamId,
    status: 'completed',
    engine: 'claude',
    createdAt: '2026-11-20T08:00:00.000Z',
    sessions: ['a', 'b'],
    trigger: 'command',
    changes: 3,
    costUsd: 0.14,
    estimatedUsd: 0.16,
    ...more,
  };
}

function line(more: Partial<UsageLine>): UsageLine {
  const tokens = { input: 1_000, output: 200, cacheRead: 5_000, cacheWrite: 300 };
  return { role: 'extract', model: 'claude-haiku-5-5', requests: 2, usd: 0.04, ...tokens, ...more };
}

const report = (...dreams: readonly DreamRecord[]) =>
  costReport({ name: 'shop', dreams, pricesAsOf: '2026-11-20', time: (iso) => iso.slice(0, 16) }, t);

describe('the cost report', () => {
  it('adds up months, models and dreams, each estimate beside what it became', () => {
    const text = report(
      dream({ usage: [line({}), line({ role: 'consolidate', model: 'claude-sonnet-5-5', usd: 0.1 })] }),
      dream({ createdAt: '2026-11-02T08:00:00.000Z', usage: [line({})], costUsd: 0.04, estimatedUsd: 0.08 }),
      dream({ createdAt: '2026-10-31T08:00:00.000Z', status: 'canceled', costUsd: 0.002, estimatedUsd: 0.2 }),
      dream({ engine: 'offline', costUsd: 0 }),
    );
    expect(text).toBe(`# What dreams cost: shop

3 dreams asked a model, and cost $0.18 in all. 1 ran offline.

Amounts are US dollars by the list prices of 2026-11-20 and the tokens that the provider counted. The bill is what the provider says.

## By month

| month   | dreams | estimated |  actual |
| ------- | -----: | --------: | ------: |
| 2026-11 |      2 |     $0.24 |   $0.18 |
| 2026-10 |      1 |     $0.20 | $0.0020 |

## By model

Requests, then tokens: read anew, read and kept in the cache, read from the cache, written.

| model             | role        | asked |    in | to cache | cached | out |  cost |
| ----------------- | ----------- | ----: | ----: | -------: | -----: | --: | ----: |
| claude-sonnet-5-5 | consolidate |     2 | 1,000 |      300 |  5,000 | 200 | $0.10 |
| claude-haiku-5-5  | extract     |     4 | 2,000 |      600 | 10,000 | 400 | $0.08 |

## By dream

| when             | engine     | outcome   | sessions | estimated |  actual | of it |
| ---------------- | ---------- | --------- | -------: | --------: | ------: | ----: |
| 2026-11-20T08:00 | Claude API | 3 changes |        2 |     $0.16 |   $0.14 |  88 % |
| 2026-11-02T08:00 | Claude API | 3 changes |        2 |     $0.08 |   $0.04 |  50 % |
| 2026-10-31T08:00 | Claude API | canceled  |        2 |     $0.20 | $0.0020 |   1 % |
`);
  });

  it('says so where no dream asked a model', () => {
    expect(report(dream({ engine: 'offline', costUsd: 0 }))).toBe(
      '# What dreams cost: shop\n\nNo dream of this folder asked a model. 1 ran offline, and cost nothing.\n',
    );
  });

  it('speaks of plan and quota where no dollars were spent, and of requests that nobody answered', () => {
    const text = report(dream({ engine: 'claude-code', costUsd: 0, estimatedUsd: 0, status: 'failed' }));
    expect(text).toContain('plan or quota');
    expect(text).toContain('No request was answered.');
  });

  it('lets no text of a file out of its cell', () => {
    const text = report(dream({ usage: [line({ model: 'x | y\n# [run](command:evil) `z`' })] }));
    expect(text).toContain('| x   y #  run (command:evil)  z  |');
    expect(text.split('\n').filter((row) => row.startsWith('# '))).toHaveLength(1);
  });
});

describe('a table', () => {
  it('stands straight with any texts', () => {
    const text = textTable([{ head: 'a' }, { head: 'long head', side: 'right' }], [['xxxx', '1'], ['y']]);
    expect(new Set(text.split('\n').map(({ length }) => length)).size).toBe(1);
  });
});
