import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../../src/core/recall/view';
import { memoryAt } from '../../../fakes/memories';

const paths = (memories: readonly { readonly path: string }[]): readonly string[] => memories.map(({ path }) => path);

const STORE = [
  memoryAt('facts/all.md'),
  memoryAt('facts/named.md', { agents: ['Reviewer'] }),
  memoryAt('agents/reviewer/facts/own.md'),
  memoryAt('agents/tester/facts/other.md'),
  memoryAt('.local/personal/preferences/mine.md'),
  memoryAt('archive/facts/old.md'),
];

describe('a view', () => {
  it('of the main agent has what is for everybody and what is this user’s', () => {
    expect(paths(viewOf(STORE, { kind: 'main' }, { subagents: 'full' }))).toEqual([
      'facts/all.md',
      '.local/personal/preferences/mine.md',
    ]);
  });

  it('of a subagent has its own besides, or its own alone', () => {
    const viewer = { kind: 'agent', agent: 'reviewer' } as const;
    expect(paths(viewOf(STORE, viewer, { subagents: 'filtered' }))).toEqual([
      'facts/named.md',
      'agents/reviewer/facts/own.md',
    ]);
    expect(paths(viewOf(STORE, viewer, { subagents: 'full' }))).toHaveLength(4);
  });

  it('of a file has what is about it', () => {
    const store = [
      memoryAt('facts/api.md', { paths: ['packages/api/**'] }),
      memoryAt('facts/web.md', { paths: ['packages/web/**', '*.html'] }),
      memoryAt('facts/all.md'),
    ];
    const at = (path: string): readonly string[] => paths(viewOf(store, { kind: 'main' }, { subagents: 'full', path }));
    expect(at('packages/api/src/a.ts')).toEqual(['facts/api.md', 'facts/all.md']);
    expect(at('index.html')).toEqual(['facts/web.md', 'facts/all.md']);
    expect(at('packages/apix/a.ts')).toEqual(['facts/all.md']);
  });

  it('takes no minutes over a glob that was made to take them', () => {
    const evil = memoryAt('facts/evil.md', { paths: [`${'{a,b}'.repeat(60)}c`, '+(a|aa)'.repeat(40)] });
    expect(viewOf([evil], { kind: 'main' }, { subagents: 'full', path: 'a'.repeat(200) })).toEqual([]);
  });
});
