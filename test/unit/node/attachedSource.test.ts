import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderMemory } from '../../../src/core/memory/codec';
import { acceptAttached, readAttached } from '../../../src/core/recall/attached';
import { attachedListPath, readAttachedList, writeAttachedList } from '../../../src/node/attachedList';
import { listedStores } from '../../../src/node/attachedSource';
import {
  acceptedFolder,
  acceptedFolders,
  openAttachedStore,
  type StoreSetting,
} from '../../../src/node/attachedStores';
import { createRecordingLogger } from '../../fakes/fakePorts';

let base: string;
let user: string;
let team: StoreSetting;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'agent-dreams-list-'));
  user = path.join(base, 'user');
  team = { path: path.join(base, 'team'), name: 'Team', instructions: 'House rules.', access: 'read_only' };
  await mkdir(path.join(team.path, '.agent-memory/facts'), { recursive: true });
  await put('One fact');
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function put(description: string): Promise<void> {
  const text = renderMemory({ name: 'one', description, body: 'Body.' });
  await writeFile(path.join(team.path, '.agent-memory/facts/one.md'), text);
}

async function accept(): Promise<void> {
  const { ports } = await openAttachedStore(team, { logger: createRecordingLogger(), userFolder: user });
  for (const file of (await readAttached(ports)).waiting) await acceptAttached(ports, file);
}

describe('the list of attached stores', () => {
  it('is read as it was written, is this user’s alone, and follows the settings', async () => {
    await writeAttachedList([team], user);
    expect(await readAttachedList(user)).toEqual([team]);
    if (process.platform !== 'win32') expect((await stat(attachedListPath(user))).mode & 0o777).toBe(0o600);
    await writeAttachedList([], user);
    expect(await readAttachedList(user)).toEqual([]);
    expect(await readdir(path.dirname(attachedListPath(user)))).toEqual(['attached.json']);
  });

  it('is not made where no store ever was attached, and not written again as it is', async () => {
    await writeAttachedList([], user);
    await expect(stat(user)).rejects.toThrow('ENOENT');
    await writeAttachedList([team], user);
    const { ino } = await stat(attachedListPath(user));
    await writeAttachedList([team], user);
    expect((await stat(attachedListPath(user))).ino).toBe(ino);
  });

  it.each([
    ['no JSON', '{'],
    ['another format', JSON.stringify({ format: 2, stores: [] })],
    ['no list', JSON.stringify({ format: 1, stores: {} })],
    ['a path that is none', JSON.stringify({ format: 1, stores: [{ path: 5, name: 'x', access: 'read_only' }] })],
    ['a relative path', JSON.stringify({ format: 1, stores: [{ path: '../x', name: 'x', access: 'read_only' }] })],
    ['too much', ' '.repeat(300_000)],
  ])('says nothing where it is damaged: %s', async (_, text) => {
    await mkdir(path.join(user, 'stores'), { recursive: true });
    await writeFile(attachedListPath(user), text);
    expect(await readAttachedList(user)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is no link to somewhere else', async () => {
    await writeAttachedList([team], path.join(base, 'other'));
    await mkdir(path.join(user, 'stores'), { recursive: true });
    await symlink(attachedListPath(path.join(base, 'other')), attachedListPath(user));
    expect(await readAttachedList(user)).toEqual([]);
  });
});

describe('what is told without an editor', () => {
  it('is what was accepted, as it is now, and nothing is written anywhere', async () => {
    await accept();
    await writeAttachedList([team], user);
    const before = await readdir(base, { recursive: true });
    const source = listedStores(createRecordingLogger(), { userFolder: user });
    const [view] = await source.views();
    expect(view).toMatchObject({ name: 'Team', instructions: 'House rules.' });
    expect(view?.memories.map(({ description }) => description)).toEqual(['One fact']);

    const first = await source.stamp();
    expect(await source.stamp()).toBe(first);
    await put('Another fact altogether');
    expect(await source.stamp()).not.toBe(first);
    expect((await source.views())[0]?.memories).toEqual([]);
    expect(await readdir(base, { recursive: true })).toEqual(before);
    expect(await readFile(path.join(team.path, '.agent-memory/facts/one.md'), 'utf8')).toContain('Another fact');
  });

  it('is nothing of a store that is gone or that nobody attached any more', async () => {
    await accept();
    await writeAttachedList([{ ...team, path: path.join(base, 'gone') }, team], user);
    const logger = createRecordingLogger();
    const source = listedStores(logger, { userFolder: user });
    expect((await source.views()).map(({ name }) => name)).toEqual(['Team']);
    const before = await source.stamp();
    await writeAttachedList([], user);
    expect(await source.stamp()).not.toBe(before);
    expect(await source.views()).toEqual([]);
  });
});

it('what was accepted of a store is in one folder of its own, which can be found again', async () => {
  expect(await acceptedFolders(user)).toEqual([]);
  await accept();
  await writeAttachedList([team], user);
  expect(await acceptedFolders(user)).toEqual([acceptedFolder(team.path, user)]);
});
