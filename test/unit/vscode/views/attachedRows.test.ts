import { describe, expect, it } from 'vitest';
import type { AttachedState } from '../../../../src/vscode/recall/attachedStores';
import { attachedRows } from '../../../../src/vscode/views/attachedRows';
import { budgetRow } from '../../../../src/vscode/views/budgetRow';
import { targetsOf } from '../../../../src/vscode/views/nodeTargets';

const t = (message: string, ...args: readonly (string | number | boolean)[]): string =>
  message.replace(/\{(\d)\}/gu, (_, n: string) => String(args[Number(n)]));

const STORE: AttachedState = {
  setting: { path: '/srv/team', name: 'Team', access: 'read_only' },
  key: 'abcd1234',
  accepted: 2,
  waiting: [{ path: 'conventions/tabs.md', kind: 'added', sha256: 'ff' }],
};

describe('rows of attached stores', () => {
  it('show what waits, and travel as what was shown', () => {
    const [row] = attachedRows([STORE], t);
    expect(row).toMatchObject({
      label: 'Attached: Team',
      description: '2 memories · read-only · 1 to accept',
      contextValue: 'attached waiting',
    });
    expect(row?.children[0]).toMatchObject({ contextValue: 'attachedFile', description: 'not accepted yet' });
    expect(targetsOf([row?.children[0]])).toEqual([
      { kind: 'attached', store: 'abcd1234', root: '/srv/team', path: 'conventions/tabs.md', sha256: 'ff' },
    ]);
    expect(targetsOf([row])).toEqual([{ kind: 'attachedStore', store: 'abcd1234' }]);
    expect(targetsOf([{ kind: 'attached', store: 'x' }])).toEqual([]);
  });

  it('say why a store is not used', () => {
    const [row] = attachedRows([{ ...STORE, key: undefined, waiting: [], problem: 'There is no memory.' }], t);
    expect(row).toMatchObject({ description: 'not used: There is no memory.', children: [], target: { kind: 'none' } });
  });
});

describe('the row of the index', () => {
  it('counts what a session starts with', () => {
    const budget = { lines: 10, bytes: 2_048, dropped: [] };
    const told = { tokens: 1_234, maxTokens: 6_000, whole: 3, lines: 2, left: 1 };
    const row = budgetRow({ memories: [], budget, told }, 'f', t);
    expect(row.description).toBe('1234 of 6000 tokens · 10 of 200 lines, 2.0 of 25 KB');
    expect(row.tooltip).toContain('3 memories whole, 2 as a line, 1 only counted');
  });
});
