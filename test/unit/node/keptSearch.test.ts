import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderMemory } from '../../../src/core/memory/codec';
import { createMemory } from '../../../src/core/memory/newMemory';
import { initializeStore } from '../../../src/core/memory/store';
import { underKey } from '../../../src/core/recall/attached';
import type { AttachedSource } from '../../../src/node/attachedSource';
import { keepAttachedSearch, keepStoreSearch } from '../../../src/node/keptSearch';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { createRecordingLogger } from '../../fakes/fakePorts';
import { memoryAt } from '../../fakes/memories';

let base: string;
let ports: NodePorts;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'agent-dreams-kept-'));
  const userFolder = path.join(base, 'user');
  ports = await createNodePorts({ workspaceRoot: base, logger: createRecordingLogger(), userFolder });
  await initializeStore(ports, { share: 'private' });
  await createMemory(ports, { path: 'facts/one.md', description: 'One fact', body: 'First.' }, []);
});
afterEach(() => rm(base, { recursive: true, force: true }));

it('keeps the index of a store until a file changes, and says what waits', async () => {
  const look = keepStoreSearch({ workspaceRoot: base, localRoot: ports.localRoot }, ports);
  const [first, second] = await Promise.all([look(), look()]);
  expect(second.search).toBe(first.search);
  expect((await look()).search).toBe(first.search);
  expect(first.search.search('fact').map((hit) => hit.path)).toEqual(['facts/one.md']);
  expect(first.waiting.size).toBe(0);

  const text = renderMemory({ name: 'two', description: 'Another fact', body: 'Second.' });
  await writeFile(path.join(base, '.agent-memory/facts/two.md'), text);
  const later = await look();
  expect(later.search).not.toBe(first.search);
  expect(later.search.search('fact')).toHaveLength(2);
  expect([...later.waiting]).toEqual(['facts/two.md']);
});

it('searches attached stores by the names that their memories have here, and tries again after a failure', async () => {
  const memories = [underKey(memoryAt('facts/far.md', { description: 'A far fact' }), 'ab12cd34')];
  const view = { name: 'Team', folder: '/srv/team/.agent-memory', memories };
  let broken = true;
  const source: AttachedSource = {
    stamp: () => Promise.resolve('same'),
    views: () => (broken ? Promise.reject(new Error('gone')) : Promise.resolve([view])),
  };
  const look = keepAttachedSearch(source);
  await expect(look()).rejects.toThrow('gone');
  broken = false;
  const { search, storeOf } = await look();
  expect(search.search('far').map((hit) => hit.path)).toEqual(['@ab12cd34/facts/far.md']);
  expect(storeOf.get('@ab12cd34/facts/far.md')).toBe(view);
});
