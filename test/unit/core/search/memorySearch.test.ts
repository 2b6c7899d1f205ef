import { describe, expect, test } from 'vitest';
import { parseMemory } from '../../../../src/core/memory/codec';
import type { Memory } from '../../../../src/core/memory/memory';
import { buildMemorySearch, createMemorySearch } from '../../../../src/core/search/memorySearch';
import { createFakePorts } from '../../../fakes/fakePorts';

function memory(path: string, description: string, body: string, more = ''): Memory {
  const slug = path.split('/').at(-1)?.replace('.md', '') ?? '';
  const text = `---\nname: ${slug}\ndescription: ${description}\n${more}---\n${body}\n`;
  const ports = createFakePorts();
  const read = parseMemory(path, ports.text.encode(text), ports);
  if (!read.ok) throw new Error(read.problem.reason);
  return read.memory;
}

const STORE: readonly Memory[] = [
  memory('agents/reviewer/pitfalls/nit.md', 'Leave out remarks about formatting', 'The formatter does that.'),
  memory('archive/commands/run-npm.md', 'Install with npm', 'Use npm.'),
  memory(
    'commands/release.md',
    'How a release is made',
    'First line.\n\nRun `pnpm release` on main.',
    'pinned: true\n',
  ),
  memory(
    'conventions/use-pnpm.md',
    'Install with pnpm, never npm',
    'npm breaks the workspace links.',
    'paths: ["packages/**"]\n',
  ),
  memory('pitfalls/migrations.md', 'Migrations run twice on CI', 'Make each migration idempotent.', 'agents: [dba]\n'),
];
const search = createMemorySearch(STORE);
const found = (query: string): readonly string[] => search.search(query).map(({ path }) => path);

describe('searching memories', () => {
  test('puts a word in the name before one in the text', () => {
    expect(found('pnpm')).toEqual(['conventions/use-pnpm.md', 'commands/release.md']);
  });

  test('finds other forms, beginnings and slips of a word', () => {
    expect(found('migrating')).toEqual(['pitfalls/migrations.md']);
    expect(found('migration')).toEqual(['pitfalls/migrations.md']);
    expect(found('idempo')).toEqual(['pitfalls/migrations.md']);
    expect(found('pnmp')[0]).toBe('conventions/use-pnpm.md');
    expect(found('formating')).toEqual(['agents/reviewer/pitfalls/nit.md']);
  });

  test('says the line that answers, by its number in the file', () => {
    const [hit] = search.search('pnpm release');
    expect(hit).toMatchObject({ path: 'commands/release.md', line: { text: 'Run `pnpm release` on main.' } });
    expect(hit?.memory.text.split('\n')[hit.line.number - 1]).toBe('Run `pnpm release` on main.');
  });

  test('leaves out the archive unless it is asked for', () => {
    expect(found('npm')).toEqual(['conventions/use-pnpm.md']);
    expect(found('npm is:archived')).toEqual(['archive/commands/run-npm.md']);
  });

  test('filters by agent, category, path and state', () => {
    expect(found('agent:reviewer')).toEqual(['agents/reviewer/pitfalls/nit.md']);
    expect(found('agent:dba')).toEqual(['pitfalls/migrations.md']);
    expect(found('in:conventions')).toEqual(['conventions/use-pnpm.md']);
    expect(found('is:pinned')).toEqual(['commands/release.md']);
    expect(found('pnpm path:src/a.ts')).toEqual(['commands/release.md']);
    expect(found('pnpm path:packages/a/b.ts')).toHaveLength(2);
  });

  test('holds exact words to what stands there', () => {
    expect(found('"pnpm release"')).toEqual(['commands/release.md']);
    expect(found('"release pnpm"')).toEqual([]);
  });

  test('answers nothing with nothing', () => {
    expect(createMemorySearch([]).search('pnpm')).toEqual([]);
    expect(found('zzzzzzzz')).toEqual([]);
  });
});

describe('an index that is made a few memories at a time', () => {
  const many = Array.from({ length: 450 }, (_, n) => memory(`facts/f${n}.md`, `Fact ${n % 7}`, `Body word${n % 13}.`));

  test('answers as one that is made at once, and lets others have their turn', async () => {
    let turns = 0;
    const pause = (): Promise<void> => {
      turns += 1;
      return Promise.resolve();
    };
    const built = await buildMemorySearch(many, pause);
    expect(turns).toBeGreaterThanOrEqual(8);
    for (const query of ['fact 3', 'word5', 'in:facts', 'wrod5'])
      expect(built.search(query, 50)).toEqual(createMemorySearch(many).search(query, 50));
  });
});
