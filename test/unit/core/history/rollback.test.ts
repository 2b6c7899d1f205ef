import { describe, expect, it } from 'vitest';
import { readJournal, verifyJournal } from '../../../../src/core/history/journal';
import { objectPath } from '../../../../src/core/history/objects';
import { rollback } from '../../../../src/core/history/rollback';
import { listSnapshots } from '../../../../src/core/history/snapshots';
import { archiveMemory } from '../../../../src/core/memory/archive';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { outsideChanges } from '../../../../src/core/memory/outside';
import { initializeStore } from '../../../../src/core/memory/store';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function storeWithHistory(): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'facts/first.md', description: 'First', body: 'One.' }, []);
  await createMemory(ports, { path: 'facts/second.md', description: 'Second', body: 'Two.' }, []);
  await archiveMemory(ports, 'facts/first.md');
  return ports;
}

function shownFiles(ports: FakePorts): Readonly<Record<string, string | undefined>> {
  const paths = [...ports.files.entries.keys()].filter((path) => !path.startsWith('.local/'));
  return Object.fromEntries(paths.sort().map((path) => [path, ports.files.text(path)]));
}

async function nthSnapshot(ports: FakePorts, index: number): Promise<string> {
  return (await listSnapshots(ports)).at(index) ?? '';
}

describe('a rollback', () => {
  it('brings back texts and places, and takes out what came later', async () => {
    const ports = await storeWithHistory();

    await rollback(ports, await nthSnapshot(ports, 2));

    expect(Object.keys(shownFiles(ports))).toContain('facts/first.md');
    expect(Object.keys(shownFiles(ports))).not.toContain('facts/second.md');
    expect(Object.keys(shownFiles(ports))).not.toContain('archive/facts/first.md');
    expect(ports.files.text('MEMORY.md')).toContain('facts/first.md');
    expect(ports.files.text('MEMORY.md')).not.toContain('facts/second.md');
    expect(await outsideChanges(ports)).toEqual([]);
  });

  it('is a change like any other: journalled, and rolled back in turn', async () => {
    const ports = await storeWithHistory();
    const before = shownFiles(ports);

    await rollback(ports, await nthSnapshot(ports, 1));
    const { lines } = await readJournal(ports);
    expect(lines.at(-1)).toMatchObject({ actor: 'user', action: 'rollback' });
    expect(await verifyJournal(ports)).toBe(true);

    await rollback(ports, await nthSnapshot(ports, -1));
    expect(shownFiles(ports)).toEqual(before);
  });

  it('does nothing where nothing differs', async () => {
    const ports = await storeWithHistory();
    await rollback(ports, await nthSnapshot(ports, 2));
    const lines = (await readJournal(ports)).lines.length;

    expect(await rollback(ports, await nthSnapshot(ports, 2))).toBeUndefined();
    expect((await readJournal(ports)).lines).toHaveLength(lines);
  });

  it('replaces no text that was changed outside', async () => {
    const ports = await storeWithHistory();
    ports.files.put('facts/second.md', 'edited by hand');
    const before = shownFiles(ports);

    const rolling = rollback(ports, await nthSnapshot(ports, 1));

    await expect(rolling).rejects.toMatchObject({ code: 'conflict', details: { path: 'facts/second.md' } });
    expect(shownFiles(ports)).toEqual(before);
  });

  it('refuses an unknown snapshot, and one whose texts are gone', async () => {
    const ports = await storeWithHistory();
    const first = ports.files.entries.get('archive/facts/first.md') ?? new Uint8Array();
    ports.files.entries.delete(objectPath(ports.hasher.sha256(first)));

    await expect(rollback(ports, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
    await expect(rollback(ports, await nthSnapshot(ports, 2))).rejects.toMatchObject({ code: 'not-found' });
  });
});
