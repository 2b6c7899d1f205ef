import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readJournal, verifyJournal } from '../../../src/core/history/journal';
import { applyTransaction } from '../../../src/core/history/transaction';
import { readEffectiveStore } from '../../../src/core/memory/effective';
import { createMemory } from '../../../src/core/memory/newMemory';
import { initializeStore } from '../../../src/core/memory/store';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { listSetAside, takeBack } from '../../../src/node/takeBack';
import { createRecordingLogger } from '../../fakes/fakePorts';

const folders: string[] = [];
function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'take-back-'));
  folders.push(folder);
  return folder;
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const open = (root: string, user: string, spareUserFolder?: string): Promise<NodePorts> =>
  createNodePorts({
    workspaceRoot: root,
    logger: createRecordingLogger(),
    userFolder: user,
    ...(spareUserFolder === undefined ? {} : { spareUserFolder }),
  });

async function made(root: string, user: string, spare?: string): Promise<void> {
  const ports = await open(root, user, spare);
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'facts/own.md', description: 'Own', body: 'Body.' }, []);
  await createMemory(ports, { path: '.local/personal/facts/mine.md', description: 'Mine', body: 'Body.' }, []);
}

const accepted = async (ports: NodePorts): Promise<readonly string[]> =>
  (await readEffectiveStore(ports)).memories.map((memory) => memory.path).sort();

describe('a user whose key was lost', () => {
  it('takes back the whole of what was set aside: memories count, and the journal goes on', async () => {
    const [root, newUser] = [temporary(), temporary()];
    await made(root, temporary());
    const ports = await open(root, newUser);
    expect(await accepted(ports)).toEqual([]);
    // Something is accepted under the new key before they notice.
    await createMemory(ports, { path: 'facts/since.md', description: 'Since', body: 'Body.' }, []);
    const [found, ...more] = await listSetAside(ports.localRoot);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ personal: 1, journal: 3, sessions: 0, dreams: 0 });

    const { replaced } = await takeBack(ports, { localRoot: ports.localRoot, name: found?.name ?? '' });
    const again = await open(root, newUser);
    expect(again.setAside).toBeUndefined();
    expect(await accepted(again)).toEqual(['.local/personal/facts/mine.md', 'facts/own.md', 'facts/since.md']);
    expect(await verifyJournal(again)).toBe(true);
    await applyTransaction(again, { writes: [], event: { actor: 'user', action: 'restore', evidence: [] } });
    expect((await readJournal(again)).lines.map(({ action }) => action)).toEqual([
      'initialize',
      'create',
      'create',
      'restore',
    ]);
    expect(await verifyJournal(again)).toBe(true);

    // What was there in the meantime is not lost either.
    const left = await listSetAside(again.localRoot);
    expect(left.map(({ name, journal }) => [name, journal])).toEqual([[replaced, 1]]);
  });

  it('is offered no single files that a pull brought, no links, and nothing of a made-up name', async () => {
    const [root, user] = [temporary(), temporary()];
    await made(root, user);
    const ports = await open(root, user);
    const aside = path.join(root, '.agent-memory/.local/set-aside');
    mkdirSync(path.join(aside, '01pulled/dreams/x'), { recursive: true });
    writeFileSync(path.join(aside, '01pulled/dreams/x/proposal.json'), '{}');
    const elsewhere = temporary();
    writeFileSync(path.join(elsewhere, 'key'), 'k');
    symlinkSync(elsewhere, path.join(aside, '01linked'));

    expect(await listSetAside(ports.localRoot)).toEqual([]);
    for (const name of ['01linked', '01pulled', '../..', '..', '']) {
      await expect(takeBack(ports, { localRoot: ports.localRoot, name })).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(readdirSync(elsewhere)).toEqual(['key']);
  });

  it('has nothing to take back in a folder without local data', async () => {
    expect(await listSetAside(temporary())).toEqual([]);
  });
});

describe('the second copy of the key', () => {
  it('counts where the first is gone, and brings it back with the next seal', async () => {
    const [root, user, spare] = [temporary(), temporary(), temporary()];
    await made(root, user, spare);
    const key = readFileSync(path.join(user, 'key'), 'utf8');
    expect(readFileSync(path.join(spare, 'key'), 'utf8')).toBe(key);
    rmSync(path.join(user, 'key'));

    const ports = await open(root, user, spare);
    expect(ports.setAside).toBeUndefined();
    expect(await accepted(ports)).toEqual(['.local/personal/facts/mine.md', 'facts/own.md']);
    expect(readdirSync(user)).toEqual([]);
    await createMemory(ports, { path: 'facts/next.md', description: 'Next', body: 'Body.' }, []);
    expect(readFileSync(path.join(user, 'key'), 'utf8')).toBe(key);
  });

  it('counts beside another one that was made since', async () => {
    const [root, user, spare, other] = [temporary(), temporary(), temporary(), temporary()];
    await made(root, user, spare);
    expect((await open(root, other, spare)).setAside).toBeUndefined();
    expect((await open(root, other, temporary())).setAside).toBeDefined();
  });
});
