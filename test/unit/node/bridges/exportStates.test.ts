import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BridgeId } from '../../../../src/core/bridges/bridge';
import { bridgeFormat } from '../../../../src/core/bridges/formats';
import { planExport, planRemoval, type ExportPlan } from '../../../../src/core/bridges/planExport';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import type { CorePorts } from '../../../../src/core/ports';
import { bridgeFolder } from '../../../../src/node/bridges/bridgeFolder';
import { carryOutExport } from '../../../../src/node/bridges/carryOutExport';
import { createFakePorts, nodeHasher } from '../../../fakes/fakePorts';

const BLOCK = /<!-- agent-dreams:memory:begin[\s\S]*?<!-- agent-dreams:memory:end -->/u;
let root: string;
let ports: CorePorts;

async function remember(description: string): Promise<void> {
  const path = `conventions/${description.toLowerCase().replace(/[^a-z]+/gu, '-')}.md`;
  await createMemory(ports, { path, description, body: `${description}.` }, [{ kind: 'by-hand', at: '' }]);
}

function requestFor(id: BridgeId, replaceEdited = false) {
  return {
    format: bridgeFormat(id),
    files: bridgeFolder(root, root, 'shop'),
    context: { hasher: nodeHasher(), project: 'shop', root, now: '2026-11-21T19:00:00.000Z' },
    replaceEdited,
  };
}

async function carried(plan: ExportPlan): Promise<ExportPlan> {
  const recordFile = path.join(root, '.agent-memory/.local/recall/exports.json');
  await carryOutExport({ folder: root, within: root, recordFile }, plan.files);
  return plan;
}

const exportTo = async (id: BridgeId, replaceEdited = false): Promise<ExportPlan> =>
  carried(await planExport(ports, requestFor(id, replaceEdited)));
const removeFrom = async (id: BridgeId, replaceEdited = false): Promise<ExportPlan> =>
  carried(await planRemoval(requestFor(id, replaceEdited)));
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');
const write = async (file: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
};

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bridges-'));
  ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await remember('Use pnpm, never npm');
});

afterEach(async () => rm(root, { recursive: true, force: true }));

describe.each([
  ['AGENTS.md', 'agents-md'],
  ['CLAUDE.md', 'claude-md'],
  ['.github/copilot-instructions.md', 'copilot'],
] as const)('%s', (file, id) => {
  it.each([
    ['plain text', '# Rules\n\nBe brief.\n'],
    ['Windows line ends', '# Rules\r\n\r\nBe brief.\r\n'],
    ['a BOM', '\uFEFF# Rules\n\nBe brief.\n'],
    ['a BOM and Windows line ends', '\uFEFF# Rules\r\nBe brief.\r\n'],
    ['no final line break', '# Rules\n\nBe brief.'],
    ['mixed line ends', '# Rules\r\nBe brief.\nAnd kind.\r\n\n'],
    ['nothing', ''],
    ['only a BOM', '\uFEFF'],
    ['an open code fence', 'Be brief.\n```sh\nnpm i\n'],
    ['front matter', '---\ntitle: Rules\n---\nBe brief.\n'],
  ])('with %s is written, written anew, and comes back to the byte', async (_state, before) => {
    await write(file, before);
    await exportTo(id);
    const once = await read(file);
    expect(once.startsWith(before)).toBe(true);
    expect(once).toMatch(BLOCK);
    expect(/\r\n/u.test(before) && /[^\r]\n/u.test(once.slice(before.length))).toBe(false);
    expect((await exportTo(id)).files).toEqual([]);
    await remember('Run the tests with vitest');
    await exportTo(id);
    expect(await read(file)).toContain('vitest');
    expect((await read(file)).match(new RegExp(BLOCK, 'gu'))).toHaveLength(1);
    await removeFrom(id);
    expect(await read(file)).toBe(before);
  });

  it('with an older block has it replaced where it stands', async () => {
    await write(
      file,
      'Top.\n<!-- agent-dreams:memory:begin -->\nUse npm.\n<!-- agent-dreams:memory:end -->\nBottom.\n',
    );
    await exportTo(id);
    expect(await read(file)).toMatch(/^Top\.\n<!-- agent-dreams:memory:begin v1 [\s\S]*-->\nBottom\.\n$/u);
    expect(await read(file)).not.toContain('Use npm.');
    await removeFrom(id);
    expect(await read(file)).toBe('Top.\n\nBottom.\n');
  });

  it('with a block that somebody changed is left alone, and shown', async () => {
    await write(file, 'Top.\n');
    await exportTo(id);
    const edited = (await read(file)).replace('### Use pnpm', '### Use bun');
    await write(file, edited);
    const conflict = { path: file, kind: 'edited', before: edited } as const;
    expect(await exportTo(id)).toMatchObject({ files: [], told: [], conflicts: [conflict] });
    expect(await removeFrom(id)).toMatchObject({ files: [], conflicts: [{ ...conflict, wanted: 'Top.\n' }] });
    expect(await read(file)).toBe(edited);
    await exportTo(id, true);
    expect(await read(file)).toContain('### Use pnpm');
    await removeFrom(id);
    expect(await read(file)).toBe('Top.\n');
  });

  it.each([
    ['half a block', 'torn', 'Top.\n<!-- agent-dreams:memory:begin -->\nUse npm.\n', 2],
    ['two blocks', 'twice', '<!-- agent-dreams:memory:begin -->\n<!-- agent-dreams:memory:end -->\n'.repeat(2), 3],
    [
      'a block of a newer version',
      'newer',
      '\n<!-- agent-dreams:memory:begin v9 x -->\n<!-- agent-dreams:memory:end -->\n',
      2,
    ],
  ])('with %s is refused with its line', async (_state, reason, text, line) => {
    await write(file, text);
    const refused = { files: [], refusals: [{ path: file, reason, line }] };
    expect(await exportTo(id)).toMatchObject(refused);
    expect(await removeFrom(id)).toMatchObject(refused);
    expect(await read(file)).toBe(text);
  });

  it('that is read-only is refused', async () => {
    await write(file, 'Top.\n');
    await chmod(path.join(root, file), 0o444);
    expect(await exportTo(id)).toMatchObject({ files: [], refusals: [{ path: file, reason: 'read-only' }] });
    expect(await read(file)).toBe('Top.\n');
  });

  it('that is a link is refused, and what it leads to stays', async () => {
    await write('real.md', 'Real.\n');
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await symlink(path.join(root, 'real.md'), path.join(root, file));
    expect(await exportTo(id)).toMatchObject({ files: [], refusals: [{ path: file, reason: 'symlink' }] });
    expect(await read('real.md')).toBe('Real.\n');
    expect((await lstat(path.join(root, file))).isSymbolicLink()).toBe(true);
  });

  it('that is not UTF-8 is refused', async () => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), Buffer.from([0xff, 0xfe, 0x41, 0x00]));
    expect(await exportTo(id)).toMatchObject({ files: [], refusals: [{ path: file, reason: 'not-utf8' }] });
  });

  it('that is missing is made where it may be, and gone again with its folders', async () => {
    const plan = await exportTo(id);
    if (id === 'claude-md') expect(plan).toMatchObject({ files: [], refusals: [{ path: file, reason: 'missing' }] });
    else expect(await read(file)).toMatch(BLOCK);
    await removeFrom(id);
    expect((await readdir(root)).filter((name) => name !== '.agent-memory')).toEqual([]);
  });

  it('that changed between the preview and the yes is left alone', async () => {
    await write(file, 'Top.\n');
    const plan = await planExport(ports, requestFor(id));
    await write(file, 'Changed.\n');
    await expect(carried(plan)).rejects.toMatchObject({ code: 'conflict' });
    expect(await read(file)).toBe('Changed.\n');
  });
});

describe('rules of their own', () => {
  it('go with the folders that were made for them, and leave the folders of a person', async () => {
    await mkdir(path.join(root, '.windsurf'));
    await exportTo('cursor');
    await exportTo('windsurf');
    expect(await readdir(path.join(root, '.cursor/rules'))).toEqual(['agent-memory.mdc']);
    await removeFrom('cursor');
    await removeFrom('windsurf');
    expect((await readdir(root)).sort()).toEqual(['.agent-memory', '.windsurf']);
    expect(await readdir(path.join(root, '.windsurf'))).toEqual([]);
    expect(await readdir(path.join(root, '.agent-memory/.local/recall'))).toEqual([]);
  });
});
