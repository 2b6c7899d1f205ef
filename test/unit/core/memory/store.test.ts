import { describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import { readJournal } from '../../../../src/core/history/journal';
import { DEFAULT_SCHEMA_TEXT } from '../../../../src/core/memory/defaultTexts';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { outsideChanges } from '../../../../src/core/memory/outside';
import { initializeStore, readStore } from '../../../../src/core/memory/store';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

function memoryText(name: string): string {
  return `---\nname: ${name}\ndescription: About ${name}\n---\nBody.\n`;
}

function committed(ports: FakePorts): readonly string[] {
  return [...ports.files.entries.keys()].filter((path) => !path.startsWith('.local/')).sort();
}

describe('making a store', () => {
  it('writes index, schema, rubric, probes and what git ignores, as one journalled change', async () => {
    const ports = createFakePorts();

    await initializeStore(ports, { share: 'git' });

    expect(committed(ports)).toEqual([
      '.gitattributes',
      '.gitignore',
      'MEMORY.md',
      'probes.yaml',
      'rubric.md',
      'schema.md',
    ]);
    expect(ports.files.text('.gitignore')).toMatch(/^\.local\/$/mu);
    expect(ports.files.text('.gitignore')).not.toMatch(/^\*$/mu);
    expect(ports.files.text('.gitattributes')).toBe('MEMORY.md merge=union\n');
    expect((await readJournal(ports)).lines).toMatchObject([{ actor: 'user', action: 'initialize' }]);
    expect(await outsideChanges(ports)).toEqual([]);
    expect((await readStore(ports)).initialized).toBe(true);
  });

  it('keeps all of a private store out of git', async () => {
    const ports = createFakePorts();
    await initializeStore(ports, { share: 'private' });

    expect(ports.files.text('.gitignore')).toMatch(/^\*$/mu);
  });

  it('changes nothing when it is done again, whoever it is shared with then', async () => {
    const ports = createFakePorts();
    await initializeStore(ports, { share: 'git' });
    const before = new Map(ports.files.entries);

    await initializeStore(ports, { share: 'private' });

    expect(new Map(ports.files.entries)).toEqual(before);
  });

  it('leaves what is there as it is, lists it in the index, and accepts none of it', async () => {
    const ports = createFakePorts({
      'schema.md': '---\ncategories:\n  ours:\n---\n',
      'facts/a.md': memoryText('a'),
      '.gitignore': 'ours\n',
    });

    await initializeStore(ports, { share: 'git' });

    expect(ports.files.text('schema.md')).toBe('---\ncategories:\n  ours:\n---\n');
    expect(ports.files.text('.gitignore')).toBe('ours\n');
    expect(ports.files.text('MEMORY.md')).toContain('(facts/a.md)');
    expect((await outsideChanges(ports)).map(({ path, kind }) => [path, kind])).toEqual([
      ['facts/a.md', 'added'],
      ['schema.md', 'added'],
    ]);
  });

  it.each(['disk-full', 'read-only', 'permission-denied'] as const)(
    'leaves nothing behind when it is %s',
    async (code) => {
      const ports = createFakePorts();
      ports.files.beforeMutation = (mutation, path) => {
        if (mutation !== 'remove') throw new AgentDreamsError(code, 'planted', { path });
      };

      await expect(initializeStore(ports, { share: 'git' })).rejects.toMatchObject({ code });

      expect([...ports.files.entries.keys()]).toEqual([]);
    },
  );
});

describe('reading a store', () => {
  it('finds nothing where nothing is, with the default schema', async () => {
    const store = await readStore(createFakePorts());

    expect(store).toMatchObject({ initialized: false, memories: [], problems: [] });
    expect(store.schema.categories.map(({ name }) => name)).toContain('conventions');
  });

  it('knows by the path whose a memory is', async () => {
    const paths = [
      'agents/reviewer/pitfalls/a.md',
      'archive/facts/a.md',
      'facts/a.md',
      '.local/personal/preferences/a.md',
      '.local/archive/preferences/a.md',
    ];
    const { memories, problems } = await readStore(
      createFakePorts(Object.fromEntries(paths.map((path) => [path, memoryText('a')]))),
    );

    expect(problems).toEqual([]);
    expect(Object.fromEntries(memories.map(({ path, scope }) => [path, scope]))).toEqual({
      'agents/reviewer/pitfalls/a.md': { kind: 'agent', agent: 'reviewer' },
      'archive/facts/a.md': { kind: 'archive' },
      'facts/a.md': { kind: 'team' },
      '.local/personal/preferences/a.md': { kind: 'personal' },
      '.local/archive/preferences/a.md': { kind: 'archive' },
    });
  });

  it('shows every file that is no memory with its reason, and loses none of the others', async () => {
    const ports = createFakePorts({
      'facts/good.md': memoryText('good'),
      'facts/broken.md': '---\ndescription: [\n---\nBody.\n',
      'facts/plain.md': 'Just text.\n',
      'facts/nameless.md': '---\nname: other\ndescription: x\n---\n',
      'facts/Good.md': memoryText('good'),
      'facts/notes.txt': 'x',
      'facts/deep/down.md': memoryText('down'),
      'agents/findings/facts/a.md': memoryText('a'),
      'README.md': 'x',
    });
    ports.files.entries.set('facts/latin.md', new Uint8Array([0x2d, 0x2d, 0x2d, 0x0a, 0xe9]));
    ports.files.put('facts/long.md', `---\ndescription: x\n---\n${'x'.repeat(100_001)}`);
    ports.files.put('facts/huge.md', 'x'.repeat(1_100_000));

    const { memories, problems } = await readStore(ports);

    expect(memories.map(({ path }) => path)).toEqual(['facts/good.md']);
    const reasons = Object.fromEntries(problems.map(({ path, reason }) => [path, reason]));
    expect(Object.keys(reasons).sort()).toEqual(
      [...ports.files.entries.keys()].filter((path) => path !== 'facts/good.md').sort(),
    );
    expect(reasons['facts/broken.md']).toMatch(/line \d/u);
    expect(reasons['facts/plain.md']).toContain('no front matter');
    expect(reasons['facts/nameless.md']).toContain('name must be nameless');
    expect(reasons['facts/Good.md']).toContain('the same name as facts/good.md');
    expect(reasons['facts/latin.md']).toContain('UTF-8');
    expect(reasons['facts/long.md']).toContain('100 kB');
    expect(reasons['facts/huge.md']).toContain('1 MB');
  });

  it('names links and impossible names without opening them', async () => {
    const ports = createFakePorts({ 'facts/a.md': memoryText('a') });
    const { files } = ports;
    const list: typeof files.list = async (directory) =>
      directory === 'facts'
        ? [
            { name: 'a.md', kind: 'file' },
            { name: 'link.md', kind: 'other' },
            { name: 'nul.md', kind: 'file' },
            { name: 'x\u202Edm.exe', kind: 'file' },
          ]
        : files.list(directory);

    const { memories, problems } = await readStore({ ...ports, files: { ...files, list } });

    expect(memories.map(({ path }) => path)).toEqual(['facts/a.md']);
    expect(problems.map(({ path }) => path)).toEqual(['facts/link.md', 'facts/nul.md', 'facts/x?dm.exe']);
  });

  it('shows a memory that may not be read, and reads the others', async () => {
    const ports = createFakePorts({ 'facts/a.md': memoryText('a'), 'facts/b.md': memoryText('b') });
    const { files } = ports;
    const read: typeof files.read = async (path, options) => {
      if (path === 'facts/a.md') throw new AgentDreamsError('permission-denied', 'Not for you.', { path });
      return files.read(path, options);
    };

    const { memories, problems } = await readStore({ ...ports, files: { ...files, read } });

    expect(memories.map(({ path }) => path)).toEqual(['facts/b.md']);
    expect(problems).toEqual([{ path: 'facts/a.md', reason: 'Not for you.' }]);
  });

  it('uses the default schema in place of a broken one, and says so', async () => {
    const ports = createFakePorts({ 'schema.md': '---\ncategories: 3\n---\n' });

    const { schema, problems } = await readStore(ports);

    expect(schema.categories.map(({ name }) => name)).toContain('pitfalls');
    expect(problems).toMatchObject([
      { path: 'schema.md', reason: expect.stringMatching(/"categories".{1,80}defaults are used/u) as unknown },
    ]);
  });

  it('reports an index that is too large to be one', async () => {
    const ports = createFakePorts({ 'MEMORY.md': 'x'.repeat(1_100_000), 'schema.md': DEFAULT_SCHEMA_TEXT });

    const { problems, initialized } = await readStore(ports);

    expect(initialized).toBe(true);
    expect(problems.map(({ path }) => path)).toEqual(['MEMORY.md']);
  });

  it('agrees with the index that a change has written', async () => {
    const ports = createFakePorts();
    await initializeStore(ports, { share: 'git' });
    await createMemory(ports, { path: 'facts/a.md', description: 'About a', body: 'Body.' }, []);

    expect((await readStore(ports)).index.text).toBe(ports.files.text('MEMORY.md'));
  });
});
