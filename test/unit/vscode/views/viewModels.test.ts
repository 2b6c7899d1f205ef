import { describe, expect, it } from 'vitest';
import type { Memory } from '../../../../src/core/memory/memory';
import type { SessionHeader } from '../../../../src/core/sessions/session';
import { plainTranslate as t } from '../../../../src/vscode/translate';
import { memoryRows, type MemoryInput } from '../../../../src/vscode/views/memoryModel';
import { targetsOf } from '../../../../src/vscode/views/nodeTargets';
import { sessionRows, type SessionsInput } from '../../../../src/vscode/views/sessionsModel';
import type { ViewNode } from '../../../../src/vscode/views/viewNode';

function memory(path: string, fields: Partial<Memory> = {}): Memory {
  const parts = path.split('/');
  return {
    path,
    scope: { kind: 'team' },
    category: parts.at(-2) ?? '',
    slug: (parts.at(-1) ?? '').replace(/\.md$/, ''),
    description: `about ${path}`,
    paths: [],
    agents: [],
    load: 'index',
    pinned: false,
    body: '',
    text: '',
    sha256: '',
    ...fields,
  };
}

function store(fields: Partial<MemoryInput> = {}): MemoryInput {
  return {
    folder: { id: 'f1', name: 'shop' },
    initialized: true,
    memories: [],
    problems: [],
    outside: [],
    budget: { lines: 12, bytes: 1126, dropped: [] },
    ...fields,
  };
}

/** The rows as an indented text, the way a person sees them. */
function drawn(rows: readonly ViewNode[], depth = 0): readonly string[] {
  return rows.flatMap((row) => [
    `${'  '.repeat(depth)}${[row.label, row.description ?? ''].join(' | ')}`,
    ...drawn(row.children, depth + 1),
  ]);
}

const every = (rows: readonly ViewNode[]): readonly ViewNode[] => rows.flatMap((row) => [row, ...every(row.children)]);

describe('the Memory view', () => {
  it('shows the index budget first, then categories with what loads always and what is scoped', () => {
    const memories = [
      memory('pitfalls/flaky.md', { paths: ['test/**'], agents: ['reviewer'] }),
      memory('commands/test.md', { load: 'always' }),
      memory('commands/build.md', { pinned: true, load: 'on-demand' }),
    ];
    expect(drawn(memoryRows([store({ memories })], t))).toEqual([
      'Index | 12 of 200 lines, 1.1 of 25 KB',
      'commands | 2',
      '  build | pinned · on demand · about commands/build.md',
      '  test | loads always · about commands/test.md',
      'pitfalls | 1',
      '  flaky | test/**, @reviewer · about pitfalls/flaky.md',
    ]);
  });

  it('keeps memories of this user, of an agent and of the archive apart', () => {
    const memories = [
      memory('.local/personal/preferences/short.md', { scope: { kind: 'personal' } }),
      memory('agents/reviewer/pitfalls/x.md', { scope: { kind: 'agent', agent: 'reviewer' } }),
      memory('archive/facts/old.md', { scope: { kind: 'archive' } }),
    ];
    const rows = memoryRows([store({ memories })], t).slice(1);
    expect(rows.map(({ label }) => label)).toEqual(['Only me', 'Agent reviewer', 'Archive']);
    const archived = every(rows).find(({ label }) => label === 'old');
    expect(archived?.contextValue).toBe('memory archived');
  });

  it('says what did not fit into the index', () => {
    const budget = { lines: 200, bytes: 20_000, dropped: ['facts/a.md', 'facts/b.md'] };
    const [index] = memoryRows([store({ budget })], t);
    expect(index?.description).toBe('200 of 200 lines, 19.5 of 25 KB · 2 left out');
    expect(index?.tooltip).toContain('facts/a.md, facts/b.md');
    expect(index?.icon?.name).toBe('warning');
  });

  it('lists what changed outside and what cannot be read before everything else', () => {
    const rows = memoryRows(
      [
        store({
          memories: [memory('facts/a.md')],
          outside: [
            { path: 'facts/z.md', kind: 'removed' },
            { path: 'facts/a.md', kind: 'changed' },
          ],
          problems: [{ path: 'facts/broken.md', reason: 'front matter is not closed' }],
        }),
      ],
      t,
    );
    expect(drawn(rows).slice(1)).toEqual([
      'Changed outside | 2',
      '  facts/a.md | changed',
      '  facts/z.md | removed',
      'Cannot be read | 1',
      '  facts/broken.md | front matter is not closed',
      'facts | 1',
      '  a | changed outside · about facts/a.md',
    ]);
    const outside = every(rows).filter(({ contextValue }) => contextValue.startsWith('outside '));
    expect(outside.map(({ target }) => target)).toContainEqual({ kind: 'outside', folder: 'f1', path: 'facts/z.md' });
  });

  it('says whether memory arrives, and how each memory was used', () => {
    const recall = { state: 'good', short: 'loaded ✓ 14:02', detail: ['The newest session got it.'] } as const;
    const counts = { loaded: 3, listed: 1, lastLoadedAt: '2026-11-20', read: 2, cited: 1, success: 2, corrected: 1 };
    const usage = new Map([['facts/a.md', counts]]);
    const rows = memoryRows([store({ memories: [memory('facts/a.md'), memory('facts/b.md')], usage, recall })], t);
    expect(drawn(rows).slice(1)).toEqual([
      'Recall | loaded ✓ 14:02',
      'facts | 2',
      '  a | used ×2 · about facts/a.md',
      '  b | about facts/b.md',
    ]);
    expect(rows[1]).toMatchObject({ icon: { name: 'pass' }, target: { kind: 'recall', folder: 'f1' } });
    const used = every(rows).find(({ label }) => label === 'a');
    expect(used?.tooltip?.split('\n').slice(-3)).toEqual([
      'Loaded in 3 sessions (in 1 as a line of the index), last 2026-11-20.',
      'Opened in 2, named in 1.',
      'After that 2 went well, and you corrected 1.',
    ]);
    expect(every(rows).find(({ label }) => label === 'b')?.tooltip).toBe('about facts/b.md\nfacts/b.md');
  });

  it('is empty without a store, so that the welcome text shows', () => {
    expect(memoryRows([store({ initialized: false })], t)).toEqual([]);
  });

  it('has a level of folders only where there are several', () => {
    const other = store({ folder: { id: 'f2', name: 'blog' }, initialized: false });
    const rows = memoryRows([store(), other], t);
    expect(rows.map(({ label, description, contextValue }) => [label, description, contextValue])).toEqual([
      ['shop', undefined, 'folder initialized'],
      ['blog', 'no memory yet', 'folder bare'],
    ]);
  });

  it('gives every row an id of its own', () => {
    const memories = [memory('facts/a.md'), memory('archive/facts/a.md', { scope: { kind: 'archive' } })];
    const outside = [{ path: 'facts/a.md', kind: 'changed' as const }];
    const ids = every(memoryRows([store({ memories, outside })], t)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

function header(id: string, fields: Partial<SessionHeader> = {}): SessionHeader {
  return {
    format: 1,
    id,
    title: `Session ${id}`,
    source: '/logs/x.jsonl',
    cwd: '/work',
    startedAt: '2026-11-20T10:00:00Z',
    endedAt: '2026-11-20T10:30:00Z',
    durationMs: 1_800_000,
    agents: [],
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    counts: { prompts: 3, toolCalls: 9, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 },
    memoriesLoaded: [],
    memoriesRead: [],
    recalled: [],
    memoryUse: [],
    outcome: 'success',
    completeness: 'tools',
    lineTypes: {},
    problems: [],
    problemCount: 0,
    ...fields,
  };
}

describe('the Sessions view', () => {
  const words = { t, formatTime: (iso: string) => iso.slice(0, 10) };
  const input = (sessions: readonly SessionHeader[], dreamt: readonly string[] = []): SessionsInput => ({
    folder: { id: 'f1', name: 'shop' },
    sessions,
    dreamt: new Set(dreamt),
  });
  const counts = { prompts: 3, toolCalls: 9, failedToolCalls: 2, rejections: 1, corrections: 1, redactions: 4 };

  it('says what is worth a look, in words as well as by icon', () => {
    const rows = sessionRows(
      [
        input(
          [
            header('a', { counts, outcome: 'corrected' }),
            header('b', { completeness: 'text', outcome: 'unknown' }),
            header('c', { completeness: 'truncated', outcome: 'failed', private: true }),
            header('d', { title: '', startedAt: '' }),
          ],
          ['b', 'd'],
        ),
      ],
      words,
    );
    expect(rows.map(({ label, description, icon }) => [label, description, icon?.name])).toEqual([
      ['Session a', 'new · 2 failed · 1 correction · 2026-11-20', 'edit'],
      ['Session b', 'text only · 2026-11-20', 'comment-discussion'],
      ['Session c', 'excluded · truncated · 2026-11-20', 'eye-closed'],
      ['Untitled session', '', 'pass'],
    ]);
    expect(rows[0]?.accessibleLabel).toContain('corrected by the user');
  });

  it('tells the rest in the tooltip', () => {
    const [row] = sessionRows([input([header('a', { counts, branch: 'main', problemCount: 2 })])], words);
    for (const fact of [
      'Outcome: succeeded',
      'Completeness: has tool calls and results',
      'Prompts: 3, corrections: 1',
      'Tool calls: 9, failed: 2, denied: 1',
      '4 secrets redacted',
      '2 unreadable log lines',
      'Branch: main',
      'New: no dream has read it yet',
    ]) {
      expect(row?.tooltip).toContain(fact);
    }
  });

  it('offers to exclude or to include, never both', () => {
    const rows = sessionRows([input([header('a'), header('b', { private: true })])], words);
    expect(rows.map(({ contextValue }) => contextValue)).toEqual(['session included', 'session excluded']);
  });

  it('groups by folder where there are several', () => {
    const second = { ...input([header('b')]), folder: { id: 'f2', name: 'blog' } };
    const rows = sessionRows([input([header('a')]), second], words);
    expect(rows.map(({ label, children }) => [label, children.length])).toEqual([
      ['shop', 1],
      ['blog', 1],
    ]);
  });
});

describe('what a command from a tree acts on', () => {
  const row = (session: string) => ({ target: { kind: 'session', folder: 'f1', session } });

  it('is the selection, where there is one', () => {
    expect(targetsOf([row('a'), [row('a'), row('b')]])).toEqual([row('a').target, row('b').target]);
  });

  it('is the clicked row otherwise, or the target itself from a link', () => {
    expect(targetsOf([row('a'), undefined])).toEqual([row('a').target]);
    expect(targetsOf([row('a').target])).toEqual([row('a').target]);
  });

  it('is nothing from the palette or from arguments of another shape', () => {
    for (const args of [[], [undefined], ['x'], [{ kind: 'session' }], [{ kind: 'other', folder: 'f1' }], [null, []]]) {
      expect(targetsOf(args)).toEqual([]);
    }
  });
});
