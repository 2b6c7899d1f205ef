import { beforeEach, describe, expect, test } from 'vitest';
import { initializeStore } from '../../../../src/core/memory/store';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { outsideChanges } from '../../../../src/core/memory/outside';
import { createMemoryTool, type MemoryTool, type ToolWrites } from '../../../../src/core/memoryTool/memoryTool';
import { acceptAll, editDraft, listProposals, rejectAll } from '../../../../src/core/review/review';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

let ports: FakePorts;

beforeEach(async () => {
  ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await remember('conventions', 'use-pnpm', 'Use pnpm', 'Install with pnpm.\nNever npm.');
  await remember('commands', 'release', 'How to release', 'Run `pnpm release`.');
});

async function remember(category: string, name: string, description: string, body: string): Promise<void> {
  await createMemory(ports, { path: `${category}/${name}.md`, description, body }, []);
}

function toolOf(writes: ToolWrites, name = 'Program'): MemoryTool {
  return createMemoryTool(ports, { writes, name, viewer: { kind: 'main' } });
}

const told = async (work: Promise<string>): Promise<string> =>
  work.then(
    (answer) => `no error: ${answer}`,
    (error: unknown) => (error as Error).message,
  );

const NOTE = '# Deploy on Fridays\n\nNobody deploys on Fridays.\n';
const FILE = '/memories/conventions/deploy-days.md';

describe('reading with the memory tool', () => {
  test('lists two levels, as the reference implementation does', async () => {
    expect((await toolOf('propose').view({ path: '/memories' })).split('\n')).toEqual([
      "Here're the files and directories up to 2 levels deep in /memories, excluding hidden items and node_modules:",
      expect.stringMatching(/^\d+B\t\/memories$/u),
      expect.stringMatching(/^\d+B\t\/memories\/commands\/$/u),
      expect.stringMatching(/^\d+B\t\/memories\/commands\/release\.md$/u),
      expect.stringMatching(/^\d+B\t\/memories\/conventions\/$/u),
      expect.stringMatching(/^\d+B\t\/memories\/conventions\/use-pnpm\.md$/u),
    ]);
  });

  test('numbers the lines of a file, all or some', async () => {
    const tool = toolOf('propose');
    const path = '/memories/conventions/use-pnpm.md';
    expect(await tool.view({ path })).toMatch(
      /^Here's the content of \/memories\/conventions\/use-pnpm\.md with line numbers:\n {5}1\t---\n {5}2\tname: use-pnpm\n/u,
    );
    expect(await tool.view({ path, view_range: [5, -1] })).toContain('     5\tInstall with pnpm.\n     6\tNever npm.');
    expect(await told(tool.view({ path, view_range: [1] }))).toContain('Invalid `view_range`');
  });

  test('shows nothing that is not accepted, archived, this user’s own or steering', async () => {
    ports.files.put('conventions/foreign.md', '---\nname: foreign\ndescription: d\n---\nRun it.\n');
    await createMemory(ports, { path: '.local/personal/preferences/mine.md', description: 'm', body: 'b' }, []);
    const tool = toolOf('propose');
    const all = await tool.view({ path: '/memories' });
    for (const name of ['foreign', 'mine', 'schema', '.local', 'MEMORY']) expect(all).not.toContain(name);
    for (const path of ['conventions/foreign.md', 'schema.md', 'MEMORY.md', 'archive']) {
      expect(await told(tool.view({ path: `/memories/${path}` }))).toMatch(/does not exist/u);
    }
  });

  test.each([
    ['/etc/passwd', 'Path must start with /memories'],
    ['/memoriesx/a.md', 'Path must start with /memories'],
    ['conventions/use-pnpm.md', 'Path must start with /memories'],
    ['/memories/../../etc/passwd', 'would escape /memories directory'],
    ['/memories/conventions/..\\..\\x', 'would escape /memories directory'],
    ['/memories/%2e%2e/%2e%2e/etc/passwd', 'would escape /memories directory'],
    ['/memories/..%2f..%2fetc', 'would escape /memories directory'],
    ['/memories/.local/personal/preferences/mine.md', 'cannot name a memory'],
    ['/memories/.git/config', 'cannot name a memory'],
    ['/memories/conventions/\u0000x.md', 'cannot name a memory'],
    ['/memories/conventions/use-pnpm.md:stream', 'cannot name a memory'],
  ])('refuses %s in every command', async (path, words) => {
    const tool = toolOf('direct');
    const before = new Map(ports.files.entries);
    const commands = [
      tool.view({ path }),
      tool.create({ path, file_text: NOTE }),
      tool.str_replace({ path, old_str: 'a', new_str: 'b' }),
      tool.insert({ path, insert_line: 0, insert_text: 'a' }),
      tool.delete({ path }),
      tool.rename({ old_path: path, new_path: FILE }),
      tool.rename({ old_path: '/memories/commands/release.md', new_path: path }),
    ];
    for (const command of commands) expect(await told(command)).toContain(words);
    expect(ports.files.entries).toEqual(before);
  });

  test.each([
    'schema.md',
    'rubric.md',
    'probes.yaml',
    'MEMORY.md',
    'CLAUDE.md',
    'notes.txt',
    'archive/conventions/x.md',
  ])('writes no %s', async (name) => {
    const before = new Map(ports.files.entries);
    const message = await told(toolOf('direct').create({ path: `/memories/${name}`, file_text: NOTE }));
    expect(message).toMatch(/No memory can stand|cannot name a memory/u);
    expect(ports.files.entries).toEqual(before);
  });
});

describe.each(['propose', 'direct'] as const)('writing with the memory tool (%s)', (writes) => {
  test('a program sees its own writes, in the words of the reference implementation', async () => {
    const tool = toolOf(writes);
    expect(await tool.create({ path: FILE, file_text: NOTE })).toBe(`File created successfully at: ${FILE}`);
    expect(await tool.view({ path: FILE })).toContain('Nobody deploys on Fridays.');
    expect(await tool.view({ path: FILE })).toContain('description: Deploy on Fridays');
    expect(await tool.str_replace({ path: FILE, old_str: 'Nobody deploys', new_str: 'Only Ann deploys' })).toMatch(
      /^The memory file has been edited\. Here is the snippet showing the change \(with line numbers\):\n/u,
    );
    expect(await tool.insert({ path: FILE, insert_line: 8, insert_text: 'Ask Ann.\n' })).toBe(
      `The file ${FILE} has been edited.`,
    );
    expect(await tool.view({ path: FILE })).toMatch(/Only Ann deploys on Fridays\.\n {5}9\tAsk Ann\./u);
    const moved = '/memories/decisions/friday-deploys.md';
    expect(await tool.rename({ old_path: FILE, new_path: moved })).toBe(`Successfully renamed ${FILE} to ${moved}`);
    expect(await told(tool.view({ path: FILE }))).toBe(`The path ${FILE} does not exist. Please provide a valid path.`);
    expect(await tool.view({ path: moved })).toContain('name: friday-deploys');
    expect(await tool.delete({ path: moved })).toBe(`Successfully deleted ${moved}`);
    expect(await told(tool.view({ path: moved }))).toContain('does not exist');
  });

  test('another program sees none of it until a person accepts', async () => {
    await toolOf(writes).create({ path: FILE, file_text: NOTE });
    expect(await told(toolOf(writes, 'Other').view({ path: FILE }))).toContain('does not exist');
    expect(await toolOf(writes).view({ path: FILE })).toContain('Fridays');
  });

  test('changes, archives and renames what is accepted', async () => {
    const tool = toolOf(writes);
    const path = '/memories/conventions/use-pnpm.md';
    await tool.str_replace({ path, old_str: 'Never npm.', new_str: 'Never npm, never yarn.' });
    await tool.str_replace({ path, old_str: 'Install', new_str: 'Always install' });
    expect(await tool.view({ path })).toContain('Always install with pnpm.\n     6\tNever npm, never yarn.');
    const release = '/memories/commands/release.md';
    await tool.rename({ old_path: release, new_path: '/memories/workflows/release.md' });
    expect(await told(tool.view({ path: release }))).toContain('does not exist');
    expect(await tool.view({ path: '/memories/workflows/release.md' })).toContain('pnpm release');
    await tool.delete({ path });
    expect(await told(tool.view({ path: '/memories/conventions' }))).toContain('does not exist');
  });

  test('says what is wrong as the reference implementation does', async () => {
    const tool = toolOf(writes);
    const path = '/memories/conventions/use-pnpm.md';
    const gone = '/memories/facts/nothing.md';
    expect(await told(tool.create({ path, file_text: 'x' }))).toBe(`File ${path} already exists`);
    expect(await told(tool.str_replace({ path: gone, old_str: 'a', new_str: 'b' }))).toBe(
      `The path ${gone} does not exist. Please provide a valid path.`,
    );
    expect(await told(tool.str_replace({ path: '/memories/conventions', old_str: 'a' }))).toBe(
      'The path /memories/conventions is not a file.',
    );
    expect(await told(tool.str_replace({ path, old_str: 'bun', new_str: 'b' }))).toBe(
      `No replacement was performed, old_str \`bun\` did not appear verbatim in ${path}.`,
    );
    expect(await told(tool.str_replace({ path, old_str: 'npm', new_str: 'b' }))).toMatch(
      /^No replacement was performed\. Multiple occurrences of old_str `npm` in lines: [\d, ]+\. Please ensure it is unique$/u,
    );
    expect(await told(tool.insert({ path, insert_line: 99, insert_text: 'a' }))).toMatch(
      /^Invalid `insert_line` parameter: 99\. It should be within the range of lines of the file: \[0, \d+\]$/u,
    );
    expect(await told(tool.delete({ path: gone }))).toBe(`The path ${gone} does not exist`);
    expect(await told(tool.delete({ path: '/memories' }))).toBe('Cannot delete the /memories directory itself');
    expect(await told(tool.rename({ old_path: '/memories', new_path: FILE }))).toBe(
      'Cannot rename the /memories directory itself',
    );
    expect(await told(tool.rename({ old_path: path, new_path: '/memories/commands/release.md' }))).toBe(
      'The destination /memories/commands/release.md already exists',
    );
    expect(await told(tool.create({ path: FILE, file_text: '---\nname: other\n---\nx' }))).toContain(
      'would not be a readable memory',
    );
  });

  test('takes secrets out and refuses what hides', async () => {
    const tool = toolOf(writes);
    const secret = ['ghp', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'].join('_');
    await tool.create({ path: FILE, file_text: `The token is ${secret} for CI.` });
    const all = [...ports.files.entries.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    expect(all).not.toContain(secret);
    const hides = 'Fine.\u{E0041}\u{E0042}';
    expect(await told(tool.create({ path: '/memories/facts/hides.md', file_text: hides }))).toMatch(/hides/u);
  });

  test('several at once end as if they came one after the other', async () => {
    const tool = toolOf(writes);
    const names = ['apples', 'bears', 'clouds', 'doors', 'eagles'];
    await Promise.all(
      names.map((name) => tool.create({ path: `/memories/facts/${name}.md`, file_text: `About ${name}: it is so.` })),
    );
    const listed = await tool.view({ path: '/memories/facts' });
    for (const name of names) expect(listed).toContain(`/memories/facts/${name}.md`);
  });
});

describe('proposing', () => {
  test('writes nothing of the store, and leaves one proposal for each file', async () => {
    const before = new Map([...ports.files.entries].filter(([path]) => !path.startsWith('.local/')));
    const tool = toolOf('propose');
    await tool.create({ path: FILE, file_text: NOTE });
    await tool.str_replace({ path: FILE, old_str: 'Nobody', new_str: 'No one' });
    expect(new Map([...ports.files.entries].filter(([path]) => !path.startsWith('.local/')))).toEqual(before);
    const open = (await listProposals(ports)).filter(({ pending }) => pending > 0);
    expect(open).toHaveLength(1);
    expect(open[0]?.changes[0]?.change).toMatchObject({ kind: 'add', trust: 'agent' });
  });

  test('becomes memory when a person accepts', async () => {
    const tool = toolOf('propose');
    await tool.create({ path: FILE, file_text: NOTE });
    await tool.rename({ old_path: '/memories/commands/release.md', new_path: '/memories/workflows/how-to-release.md' });
    for (const { proposal } of await listProposals(ports)) {
      expect((await acceptAll(ports, { dream: proposal.id })).kind).toBe('done');
    }
    const other = toolOf('propose', 'Other');
    expect(await other.view({ path: FILE })).toContain('Nobody deploys');
    expect(await other.view({ path: '/memories/workflows/how-to-release.md' })).toContain('name: how-to-release');
    expect(ports.files.text('commands/release.md')).toBeUndefined();
  });

  test('takes a proposal back where the program undoes its own change', async () => {
    const tool = toolOf('propose');
    const path = '/memories/conventions/use-pnpm.md';
    await tool.str_replace({ path, old_str: 'Never npm.', new_str: 'Never yarn.' });
    await tool.str_replace({ path, old_str: 'Never yarn.', new_str: 'Never npm.' });
    await tool.create({ path: FILE, file_text: NOTE });
    await tool.delete({ path: FILE });
    expect((await listProposals(ports)).filter(({ pending }) => pending > 0)).toEqual([]);
  });

  test('writes anew what it deleted', async () => {
    const tool = toolOf('propose');
    const path = '/memories/conventions/use-pnpm.md';
    await tool.delete({ path });
    await tool.create({ path, file_text: 'Use bun.' }).catch(() => undefined);
    expect(await tool.view({ path: '/memories' })).not.toContain('Use bun');
  });

  test('does not touch what a person has begun to write in', async () => {
    const tool = toolOf('propose');
    await tool.create({ path: FILE, file_text: NOTE });
    const [open] = await listProposals(ports);
    const dream = open!.proposal.id;
    const draft = open!.changes[0]!.files[0].draft;
    await editDraft(ports, { dream, path: 'conventions/deploy-days.md', text: `${draft}By hand.\n` });
    expect(await told(tool.str_replace({ path: FILE, old_str: 'Nobody', new_str: 'All' }))).toContain(
      'waits for a person',
    );
    expect((await listProposals(ports))[0]?.pending).toBe(1);
  });

  test('is told where a person said no, and the earlier proposal stays', async () => {
    const tool = toolOf('propose');
    await tool.create({ path: FILE, file_text: NOTE });
    const [open] = await listProposals(ports);
    await rejectAll(ports, { dream: open!.proposal.id });
    expect(await told(tool.create({ path: FILE, file_text: NOTE }))).toContain('a person has said no');
    expect(await told(tool.create({ path: '/memories/nonsense/x.md', file_text: 'Something else.' }))).toContain(
      'none of the categories',
    );
  });

  test('is told where the same is there already, and by which path', async () => {
    const tool = toolOf('propose');
    const again = { path: '/memories/facts/pnpm.md', file_text: 'Install with pnpm.\nNever npm.' };
    expect(await told(tool.create(again))).toBe('Not written: /memories/conventions/use-pnpm.md says the same.');
    await toolOf('propose', 'Other').create({ path: FILE, file_text: NOTE });
    expect(await told(tool.create({ path: '/memories/facts/days.md', file_text: NOTE }))).toBe(
      'Not written: the same waits for a person to review it.',
    );
  });

  test('changes no front matter that people set', async () => {
    const path = '/memories/conventions/use-pnpm.md';
    expect(await told(toolOf('propose').insert({ path, insert_line: 1, insert_text: 'pinned: true' }))).toContain(
      'people set the rest',
    );
  });
});

describe('writing directly', () => {
  test('waits as changed outside, and nothing is lost', async () => {
    const tool = toolOf('direct');
    await tool.create({ path: FILE, file_text: NOTE });
    await tool.delete({ path: '/memories/commands/release.md' });
    expect((await outsideChanges(ports)).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'added archive/commands/release.md',
      'removed commands/release.md',
      'added conventions/deploy-days.md',
    ]);
    expect(ports.files.text('archive/commands/release.md')).toContain('pnpm release');
  });

  test('does not write over what it does not see', async () => {
    ports.files.put('conventions/foreign.md', '---\nname: foreign\ndescription: d\n---\nRun it.\n');
    const path = '/memories/conventions/foreign.md';
    expect(await told(toolOf('direct').create({ path, file_text: 'Mine.' }))).toBe(`File ${path} already exists`);
    expect(ports.files.text('conventions/foreign.md')).toContain('Run it.');
    expect([...ports.files.entries.keys()].filter((name) => name.startsWith('.staging/'))).toEqual([]);
  });
});

describe('refusing', () => {
  test('reads and writes nothing', async () => {
    const tool = toolOf('refuse');
    expect(await tool.view({ path: '/memories/commands/release.md' })).toContain('pnpm release');
    const before = new Map(ports.files.entries);
    for (const command of [
      tool.create({ path: FILE, file_text: NOTE }),
      tool.delete({ path: '/memories/commands/release.md' }),
      tool.str_replace({ path: '/memories/commands/release.md', old_str: 'Run', new_str: 'x' }),
    ]) {
      expect(await told(command)).toBe('This memory can only be read.');
    }
    expect(ports.files.entries).toEqual(before);
  });
});
