import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../src/core/history/journal';
import { recover, rebuildIndex } from '../../../src/core/history/transaction';
import { renderMemory } from '../../../src/core/memory/codec';
import { createMemory } from '../../../src/core/memory/newMemory';
import { keepOutsideChange, revertOutsideChange } from '../../../src/core/memory/outside';
import { initializeStore } from '../../../src/core/memory/store';
import { acceptAttached, copyIntoAttached, readAttached } from '../../../src/core/recall/attached';
import { renderRecall } from '../../../src/core/recall/renderRecall';
import { attachedView, openAttachedStore, type AttachedStore } from '../../../src/node/attachedStores';
import { createNodePorts } from '../../../src/node/nodePorts';
import { createRecordingLogger } from '../../fakes/fakePorts';
import { memoryAt } from '../../fakes/memories';

let folder: string;
let user: string;
let workspace: string;
beforeEach(async () => {
  const base = await mkdtemp(path.join(tmpdir(), 'agent-dreams-attached-'));
  [folder, user, workspace] = [path.join(base, 'team'), path.join(base, 'user'), path.join(base, 'workspace')];
  await mkdir(path.join(folder, '.agent-memory/conventions'), { recursive: true });
  await mkdir(path.join(folder, '.agent-memory/agents/reviewer/pitfalls'), { recursive: true });
  await mkdir(workspace);
  await put('conventions/tabs.md', 'Indent with tabs', 'Tabs, not spaces.');
  await put('agents/reviewer/pitfalls/dates.md', 'Dates are UTC', 'Compare them as UTC.');
  await writeFile(path.join(folder, '.agent-memory/MEMORY.md'), '# Ours\n');
});
afterEach(async () => {
  await rm(path.dirname(folder), { recursive: true, force: true });
});

async function put(name: string, description: string, body: string): Promise<void> {
  const text = renderMemory({ name: path.basename(name, '.md'), description, body });
  await writeFile(path.join(folder, '.agent-memory', name), text);
}

const open = (access: 'read_only' | 'read_write' = 'read_only'): Promise<AttachedStore> =>
  openAttachedStore(
    { path: folder, name: 'Team', instructions: 'House rules of the team.', access },
    { logger: createRecordingLogger(), userFolder: user },
  );

/** Everything about a folder that a write would change. */
async function fingerprint(root: string): Promise<string> {
  const rows: string[] = [];
  for (const entry of (await readdir(root, { recursive: true, withFileTypes: true })).map((one) =>
    path.join(one.parentPath, one.name),
  )) {
    const { mtimeMs, ctimeMs, mode, size, ino } = await stat(entry);
    const content = (await stat(entry)).isFile()
      ? createHash('sha256')
          .update(await readFile(entry))
          .digest('hex')
      : '';
    rows.push([path.relative(root, entry), mtimeMs, ctimeMs, mode, size, ino, content].join(' '));
  }
  const { mtimeMs, ctimeMs } = await stat(root);
  return [...rows.sort(), mtimeMs, ctimeMs].join('\n');
}

async function acceptAll({ ports }: AttachedStore): Promise<void> {
  for (const file of (await readAttached(ports)).waiting) await acceptAttached(ports, file);
}

describe('an attached store', () => {
  it('speaks to nobody before this user accepted its files, and then under its instructions', async () => {
    const store = await open();
    expect((await attachedView(store)).memories).toEqual([]);
    const { waiting } = await readAttached(store.ports);
    expect(waiting.map(({ path: at, kind }) => [at, kind])).toEqual([
      ['agents/reviewer/pitfalls/dates.md', 'added'],
      ['conventions/tabs.md', 'added'],
    ]);

    await acceptAll(store);
    const view = await attachedView(await open());
    expect(view.memories.map(({ path: at }) => at)).toEqual([
      `@${store.key}/agents/reviewer/pitfalls/dates.md`,
      `@${store.key}/conventions/tabs.md`,
    ]);

    const own = await createNodePorts({ workspaceRoot: workspace, logger: createRecordingLogger(), userFolder: user });
    await initializeStore(own, { share: 'git' });
    await createMemory(own, { path: 'facts/own.md', description: 'Our own', body: 'Ours.' }, []);
    await renderRecall(own, { maxTokens: 6_000, subagents: 'filtered', agentTypes: [], attached: [view] });
    const main = await readFile(path.join(workspace, '.agent-memory/.local/recall/session-start.json'), 'utf8');
    expect(main).toMatch(
      /Ours\..*# From the attached store \\"Team\\"\\n {2}House rules of the team\..*Tabs, not spaces\./u,
    );
    expect(main).not.toContain('UTC');
    const reviewer = await readFile(path.join(workspace, '.agent-memory/.local/recall/subagent-reviewer.json'), 'utf8');
    expect(reviewer).toContain('Compare them as UTC.');
    expect(reviewer).not.toContain('Tabs');
  });

  it('waits again for a file that changed, and accepts only what was shown', async () => {
    const store = await open();
    const [first] = (await readAttached(store.ports)).waiting;
    if (first === undefined) throw new Error('nothing waits');
    await put(first.path, 'Changed', 'Changed meanwhile.');
    await expect(acceptAttached(store.ports, first)).rejects.toMatchObject({ code: 'conflict' });

    await acceptAll(store);
    await put('conventions/tabs.md', 'Indent with tabs', 'Pipe it into a shell.');
    const { accepted, waiting } = await readAttached(store.ports);
    expect(accepted.map(({ slug }) => slug)).toEqual(['dates']);
    expect(waiting).toMatchObject([{ path: 'conventions/tabs.md', kind: 'changed' }]);
  });

  it('is refused where a file hides something, or is no memory', async () => {
    await put('conventions/evil.md', 'Evil', 'Seen\u200B\u202E and not.');
    const store = await open();
    const evil = (await readAttached(store.ports)).waiting.find(({ path: at }) => at.includes('evil'));
    await expect(acceptAttached(store.ports, evil ?? { path: '', sha256: '' })).rejects.toMatchObject({
      code: 'hidden-text',
    });
    await expect(acceptAttached(store.ports, { path: 'MEMORY.md', sha256: '' })).rejects.toMatchObject({
      code: 'invalid-path',
    });
  });

  it('believes no acceptance that came with it', async () => {
    await mkdir(path.join(folder, '.agent-memory/.local'));
    await writeFile(path.join(folder, '.agent-memory/.local/state.json'), '{"format":1}');
    expect((await readAttached((await open()).ports)).accepted).toEqual([]);
  });

  it('is said to be missing where it is', async () => {
    await rm(path.join(folder, '.agent-memory'), { recursive: true });
    await expect(open()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a read-only store', () => {
  it('is the same to the last bit after everything that writes was tried', async () => {
    const before = await fingerprint(folder);
    const { ports } = await open();
    const refused: string[] = [];
    const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      await work().catch(() => refused.push(name));
    };
    const bytes = ports.text.encode('x');
    const { files } = ports;
    await attempt('write', () => files.write('conventions/tabs.md', bytes));
    await attempt('write new', () => files.write('facts/new.md', bytes));
    await attempt('append', () => files.append('MEMORY.md', bytes));
    await attempt('remove', () => files.remove('conventions/tabs.md'));
    await attempt('rename', () => files.rename('conventions/tabs.md', 'conventions/b.md'));
    await attempt('rename out', () => files.rename('conventions/tabs.md', '.local/tmp/b'));
    await attempt('rename in', async () => {
      await files.write('.local/tmp/in', bytes);
      await files.rename('.local/tmp/in', 'conventions/in.md');
    });
    await attempt('moveNew', () => files.moveNew('.local/tmp/in', 'conventions/in.md'));
    await attempt('dots', () => files.write('.local/../conventions/tabs.md', bytes));
    await attempt('create', () => createMemory(ports, { path: 'facts/n.md', description: 'N', body: 'N.' }, []));
    await attempt('keep', () => keepOutsideChange(ports, 'conventions/tabs.md'));
    await attempt('revert', () => revertOutsideChange(ports, 'conventions/tabs.md'));
    await attempt('initialize', () => initializeStore(ports, { share: 'git' }));
    await attempt('index', () => rebuildIndex(ports));
    expect(refused).toHaveLength(14);

    await recover(ports);
    await files.syncDirectory('');
    await files.syncDirectory('conventions');
    await acceptAll({ ports } as AttachedStore);
    await attachedView(await open());
    expect(await fingerprint(folder)).toBe(before);
    expect((await readAttached(ports)).accepted).toHaveLength(2);
    expect((await readJournal(ports)).lines.map(({ action }) => action)).toEqual(['keep', 'keep']);
  });

  it('needs no right to write', async () => {
    const all = (await readdir(folder, { recursive: true, withFileTypes: true })).map((one) =>
      path.join(one.parentPath, one.name),
    );
    for (const entry of all.reverse()) await chmod(entry, (await stat(entry)).isFile() ? 0o444 : 0o555);
    await acceptAll(await open());
    expect((await attachedView(await open())).memories).toHaveLength(2);
    for (const entry of all.reverse()) if ((await stat(entry)).isDirectory()) await chmod(entry, 0o755);
  });

  it('can be written where the user says so', async () => {
    const { ports } = await open('read_write');
    const mine = memoryAt('.local/personal/preferences/mine.md', { paths: ['src/**'], created: '2026-11-02' });
    await copyIntoAttached(ports, mine);
    await expect(copyIntoAttached(ports, mine)).rejects.toMatchObject({ code: 'conflict' });
    await copyIntoAttached(ports, memoryAt('agents/tester/facts/own.md'));
    expect((await readAttached(ports)).accepted.map(({ path: at, paths }) => [at, paths])).toEqual([
      ['agents/tester/facts/own.md', []],
      ['preferences/mine.md', ['src/**']],
    ]);
    await expect(copyIntoAttached((await open()).ports, memoryAt('facts/no.md'))).rejects.toMatchObject({
      code: 'read-only',
    });
    await createMemory(ports, { path: 'facts/new.md', description: 'New', body: 'New.' }, []);
    expect(await readFile(path.join(folder, '.agent-memory/facts/new.md'), 'utf8')).toContain('New.');
    expect(await readdir(path.join(folder, '.agent-memory'))).not.toContain('.local');
  });
});
