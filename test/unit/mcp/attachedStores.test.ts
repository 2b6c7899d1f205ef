import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderMemory } from '../../../src/core/memory/codec';
import { acceptAttached, readAttached } from '../../../src/core/recall/attached';
import { writeAttachedList } from '../../../src/node/attachedList';
import { openAttachedStore } from '../../../src/node/attachedStores';
import { createRecordingLogger } from '../../fakes/fakePorts';
import { buildAgent, connectTo, makeMcpStore } from '../../mcp/mcpRig';

let folder = '';
let bundle = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-mcp-attached-'));
  bundle = (await buildAgent(folder)).server;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the server answers with what this user accepted of attached stores, and sees a new one at the next call', async () => {
  const store = await makeMcpStore({});
  const userFolder = path.join(store.environment['XDG_CONFIG_HOME'] ?? '', 'agent-dreams');
  const team = { path: path.join(folder, 'team'), name: 'Team', access: 'read_write' } as const;
  await mkdir(path.join(team.path, '.agent-memory/facts'), { recursive: true });
  const text = (name: string): string => renderMemory({ name, description: `The fact ${name}`, body: 'Body.' });
  for (const name of ['seen', 'unseen'])
    await writeFile(path.join(team.path, `.agent-memory/facts/${name}.md`), text(name));
  const { ports, key } = await openAttachedStore(team, { logger: createRecordingLogger(), userFolder });
  const { waiting } = await readAttached(ports);
  await acceptAttached(ports, waiting.find((file) => file.path === 'facts/seen.md') ?? { path: '', sha256: '' });

  const session = await connectTo(bundle, store);
  const shared = await connectTo(bundle, store, { args: ['--team'] });
  try {
    expect((await session.call('list_memories', {})).text).toContain('Nothing is remembered yet');
    await writeAttachedList([team], userFolder);
    const listed = (await session.call('list_memories', {})).text;
    expect(listed).toContain(`The fact seen (@${key}/facts/seen.md; from the attached store "Team")`);
    expect(listed).not.toContain('unseen');
    const read = await session.call('read_memory', { memory: `@${key}/facts/seen.md` });
    expect(read.text).toContain('# From the attached store "Team"');
    const asked = { action: 'archive', memory: `@${key}/facts/seen.md`, reason: 'Not mine.' };
    expect(await session.call('propose_memory', asked)).toMatchObject({ isError: true });
    expect((await shared.call('list_memories', {})).text).toContain('Nothing is remembered yet');
  } finally {
    await session.close();
    await shared.close();
    await store.remove();
  }
});
