import { describe, expect, it } from 'vitest';
import { JOURNAL_PATH } from '../../../../src/core/history/journal';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { readPathRules } from '../../../../src/core/recall/pathRules';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function store(): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  const paths = ['packages/api/**', '*.{ts,tsx}'];
  const make = async (path: string, more: object = {}): Promise<unknown> =>
    createMemory(ports, { path, description: `About ${path}`, body: 'Body.', paths, ...more }, []);
  await make('conventions/scoped.md');
  await make('facts/twice.md');
  await make('pitfalls/twice.md');
  await make('facts/everywhere.md', { paths: [] });
  await make('facts/for-agent.md', { agents: ['reviewer'] });
  await make('agents/reviewer/facts/own.md');
  await make('.local/personal/facts/mine.md');
  await make('facts/asked.md', { load: 'on-demand' });
  return ports;
}

describe('rules for files', () => {
  it('hold the team’s memories that are about some files, each under a name of its own', async () => {
    const rules = await readPathRules(await store(), { subagents: 'full' });
    expect(rules.map(({ path }) => path).sort()).toEqual([
      'conventions/scoped.md',
      'facts/twice.md',
      'pitfalls/twice.md',
    ]);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(3);
    const [rule] = rules;
    expect(rule?.name).toBe('scoped.md');
    expect(rule?.text).toMatch(
      /^---\npaths:\n {2}- "packages\/api\/\*\*"\n {2}- "\*\.\{ts,tsx\}"\n---\n\nAgent Dreams memory [0-9a-f]{8}\n/u,
    );
    expect(rule?.text).toMatch(/\n## \[m-[0-9a-f]{4}\] About conventions\/scoped\.md\n {2}Body\.\n$/u);
  });

  it('are none where subagents must not see everything', async () => {
    expect(await readPathRules(await store(), { subagents: 'filtered' })).toEqual([]);
  });
});

it('leave out a memory with too many globs, or with one too long', async () => {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  const make = (path: string, paths: readonly string[]): Promise<unknown> =>
    createMemory(ports, { path, description: 'About files', body: 'Body.', paths }, []);
  await make(
    'facts/fifty.md',
    Array.from({ length: 50 }, (_, n) => `src/${n}/**`),
  );
  await make(
    'facts/many.md',
    Array.from({ length: 51 }, (_, n) => `src/${n}/**`),
  );
  await make('facts/wide.md', [`src/${'x'.repeat(400)}/**`]);
  const rules = await readPathRules(ports, { subagents: 'full' });
  expect(rules.map(({ path }) => path)).toEqual(['facts/fifty.md']);
});

it('say no day where no acceptance can be dated', async () => {
  const ports = await store();
  await ports.files.remove(JOURNAL_PATH);
  const [rule] = await readPathRules(ports, { subagents: 'full' });
  expect(rule?.text).toMatch(/^Agent Dreams memory [0-9a-f]{8}$/mu);
  expect(rule?.text).not.toMatch(/20\d\d-\d\d-\d\d/u);
});
