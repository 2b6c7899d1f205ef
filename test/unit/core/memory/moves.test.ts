import { describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import { readJournal, readPayload } from '../../../../src/core/history/journal';
import { archiveMemory, restoreMemory } from '../../../../src/core/memory/archive';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { outsideChanges } from '../../../../src/core/memory/outside';
import { initializeStore, readStore } from '../../../../src/core/memory/store';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function store(): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  return ports;
}

const DRAFT = { path: 'facts/a.md', description: 'About a', body: 'Body.', created: '2026-11-21' };
const BY_HAND = [{ kind: 'by-hand', at: '2026-11-21T09:00:00.000Z' }] as const;

describe('a new memory', () => {
  it('is written under the name of its path, journalled with its evidence, and in the index', async () => {
    const ports = await store();

    const memory = await createMemory(ports, DRAFT, BY_HAND);

    expect(memory).toMatchObject({ path: 'facts/a.md', slug: 'a', description: 'About a', created: '2026-11-21' });
    expect(ports.files.text('facts/a.md')).toBe(memory.text);
    expect(ports.files.text('MEMORY.md')).toContain('- [a](facts/a.md) — About a');
    expect(await outsideChanges(ports)).toEqual([]);
    const line = (await readJournal(ports)).lines.at(-1);
    expect(line).toMatchObject({ actor: 'user', action: 'create' });
    const payload = line && (await readPayload(ports, line));
    expect(payload?.kind === 'intact' ? payload.text : '').toContain('"by-hand"');
  });

  it('that is personal stays on this machine and out of the index', async () => {
    const ports = await store();
    const index = ports.files.text('MEMORY.md');

    await createMemory(ports, { ...DRAFT, path: '.local/personal/preferences/a.md' }, BY_HAND);

    expect(ports.files.text('MEMORY.md')).toBe(index);
    expect((await readStore(ports)).memories.map(({ scope }) => scope.kind)).toEqual(['personal']);
  });

  it('never replaces a file that is there', async () => {
    const ports = await store();
    ports.files.put('facts/a.md', 'of somebody else');

    const creating = createMemory(ports, DRAFT, BY_HAND);

    await expect(creating).rejects.toMatchObject({ code: 'conflict', details: { path: 'facts/a.md' } });
    expect(ports.files.text('facts/a.md')).toBe('of somebody else');
  });

  it.each(['a.md', 'Facts/a.md', 'facts/../a.md', 'archive/facts/a.md', '.local/a.md', 'facts/nul.md'])(
    'is refused at %s',
    async (path) => {
      await expect(createMemory(await store(), { ...DRAFT, path }, BY_HAND)).rejects.toMatchObject({
        code: 'invalid-path',
      });
    },
  );

  it('is refused without a description, or past its size', async () => {
    const ports = await store();
    await expect(createMemory(ports, { ...DRAFT, description: ' ' }, [])).rejects.toMatchObject({
      code: 'invalid-memory',
    });
    const long = createMemory(ports, { ...DRAFT, body: 'x'.repeat(100_001) }, []);
    await expect(long).rejects.toMatchObject({ code: 'invalid-memory' });
  });

  it.each(['disk-full', 'read-only'] as const)(
    'leaves the store as it was when it is %s, and can be tried again',
    async (code) => {
      const ports = await store();
      const before = (await readStore(ports)).index.text;
      ports.files.beforeMutation = (mutation, path) => {
        if (mutation !== 'remove') throw new AgentDreamsError(code, 'planted', { path });
      };
      await expect(createMemory(ports, DRAFT, BY_HAND)).rejects.toMatchObject({ code });
      ports.files.beforeMutation = () => undefined;

      expect(ports.files.text('facts/a.md')).toBeUndefined();
      expect(ports.files.text('MEMORY.md')).toBe(before);
      await createMemory(ports, DRAFT, BY_HAND);
      expect((await readStore(ports)).memories).toHaveLength(1);
    },
  );

  it('waits for nobody who holds the store longer than the lock allows', async () => {
    const ports = await store();
    ports.lock.takenElsewhere.add('store');

    await expect(createMemory(ports, DRAFT, BY_HAND)).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('archiving', () => {
  it.each([
    ['facts/a.md', 'archive/facts/a.md'],
    ['agents/dev/facts/a.md', 'archive/agents/dev/facts/a.md'],
    ['.local/personal/facts/a.md', '.local/archive/facts/a.md'],
  ])('moves %s to %s, and restoring moves it back', async (path, archived) => {
    const ports = await store();
    const { text } = await createMemory(ports, { ...DRAFT, path }, BY_HAND);

    expect(await archiveMemory(ports, path)).toBe(archived);
    expect(ports.files.text(path)).toBeUndefined();
    expect(ports.files.text(archived)).toBe(text);
    expect(ports.files.text('MEMORY.md')).not.toContain(path);
    expect((await readStore(ports)).memories).toMatchObject([{ path: archived, scope: { kind: 'archive' } }]);

    expect(await restoreMemory(ports, archived)).toBe(path);
    expect(ports.files.text(path)).toBe(text);
    expect(ports.files.text(archived)).toBeUndefined();
    expect(await outsideChanges(ports)).toEqual([]);
    expect((await readJournal(ports)).lines.slice(-2).map(({ action }) => action)).toEqual(['archive', 'restore']);
  });

  it('never replaces what is in the archive', async () => {
    const ports = await store();
    await createMemory(ports, DRAFT, BY_HAND);
    await archiveMemory(ports, DRAFT.path);
    await createMemory(ports, { ...DRAFT, body: 'Second.' }, BY_HAND);

    await expect(archiveMemory(ports, DRAFT.path)).rejects.toMatchObject({ code: 'conflict' });
    expect(ports.files.text('archive/facts/a.md')).toContain('Body.');
    expect(ports.files.text('facts/a.md')).toContain('Second.');
    await expect(restoreMemory(ports, 'archive/facts/a.md')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses what is no memory, is archived already, or is not there', async () => {
    const ports = await store();
    for (const path of ['schema.md', 'archive/facts/a.md', '../a.md']) {
      await expect(archiveMemory(ports, path)).rejects.toMatchObject({ code: 'invalid-path' });
    }
    await expect(restoreMemory(ports, 'facts/a.md')).rejects.toMatchObject({ code: 'invalid-path' });
    await expect(archiveMemory(ports, 'facts/a.md')).rejects.toMatchObject({ code: 'not-found' });
    await expect(restoreMemory(ports, 'archive/facts/a.md')).rejects.toMatchObject({ code: 'not-found' });
  });
});
