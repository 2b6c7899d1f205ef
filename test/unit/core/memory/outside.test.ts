import { describe, expect, it } from 'vitest';
import { readJournal, readPayload, verifyJournal } from '../../../../src/core/history/journal';
import { objectPath } from '../../../../src/core/history/objects';
import { listSnapshots, readSnapshot } from '../../../../src/core/history/snapshots';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { keepOutsideChange, outsideChanges, revertOutsideChange } from '../../../../src/core/memory/outside';
import { initializeStore } from '../../../../src/core/memory/store';
import { readState } from '../../../../src/core/state/localState';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const PATH = 'facts/a.md';
const EDITED = '---\ndescription: Edited\n---\nBy somebody.\n';

async function storeWithMemory(): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: PATH, description: 'About a', body: 'Body.' }, []);
  return ports;
}

async function kinds(ports: FakePorts): Promise<readonly (readonly [string, string])[]> {
  return (await outsideChanges(ports)).map(({ path, kind }) => [path, kind] as const);
}

describe('changes made outside', () => {
  it('are none right after a change of ours', async () => {
    expect(await outsideChanges(await storeWithMemory())).toEqual([]);
  });

  it('are told by kind, with what was accepted and what is there', async () => {
    const ports = await storeWithMemory();
    const accepted = (await readState(ports)).accepted[PATH];
    ports.files.put('facts/b.md', EDITED);
    ports.files.put('schema.md', 'changed');
    ports.files.put('facts/not-a-memory.txt', 'x');
    ports.files.put('MEMORY.md', 'notes of a person');

    expect(await kinds(ports)).toEqual([
      ['facts/b.md', 'added'],
      ['schema.md', 'changed'],
    ]);
    ports.files.put(PATH, EDITED);
    expect((await outsideChanges(ports))[0]).toEqual({
      path: PATH,
      kind: 'changed',
      current: ports.hasher.sha256(EDITED),
      accepted,
    });
    ports.files.entries.delete(PATH);
    expect((await outsideChanges(ports))[0]).toEqual({ path: PATH, kind: 'removed', current: null, accepted });
  });

  it('come back as unchanged when the accepted text comes back', async () => {
    const ports = await storeWithMemory();
    const text = ports.files.text(PATH) ?? '';
    ports.files.put(PATH, EDITED);
    ports.files.put(PATH, text);

    expect(await outsideChanges(ports)).toEqual([]);
  });
});

describe('keeping an outside change', () => {
  it.each(['added', 'changed', 'removed'] as const)('accepts what was %s, without touching the file', async (kind) => {
    const ports = await storeWithMemory();
    if (kind === 'added') ports.files.put('facts/b.md', EDITED);
    if (kind === 'changed') ports.files.put(PATH, EDITED);
    if (kind === 'removed') ports.files.entries.delete(PATH);
    const path = kind === 'added' ? 'facts/b.md' : PATH;
    const calls = ports.files.calls.length;

    await keepOutsideChange(ports, path, 'git');

    expect(await outsideChanges(ports)).toEqual([]);
    expect(ports.files.text(path)).toBe(kind === 'removed' ? undefined : EDITED);
    expect(ports.files.calls.slice(calls).filter((call) => call.path === path)).toEqual([]);
    expect(ports.files.text('MEMORY.md')?.includes(`(${path})`)).toBe(kind !== 'removed');
    const { lines } = await readJournal(ports);
    expect(lines.at(-1)).toMatchObject({ actor: 'git', action: 'keep' });
    expect(await verifyJournal(ports)).toBe(true);
  });

  it('journals how the text differs from what was accepted', async () => {
    const ports = await storeWithMemory();
    ports.files.put(PATH, EDITED);

    await keepOutsideChange(ports, PATH);

    const line = (await readJournal(ports)).lines.at(-1);
    const payload = line && (await readPayload(ports, line));
    expect(payload?.kind === 'intact' ? payload.text : '').toMatch(/-Body\..*\+By somebody\./u);
  });

  it('works where the accepted text is damaged', async () => {
    const ports = await storeWithMemory();
    ports.files.put(objectPath((await readState(ports)).accepted[PATH] ?? ''), 'damaged');
    ports.files.put(PATH, EDITED);

    await keepOutsideChange(ports, PATH);

    expect(await outsideChanges(ports)).toEqual([]);
  });

  it('refuses where nothing is different', async () => {
    await expect(keepOutsideChange(await storeWithMemory(), PATH)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('reverting an outside change', () => {
  it('goes back to the accepted text, and keeps the other in a snapshot', async () => {
    const ports = await storeWithMemory();
    const text = ports.files.text(PATH);
    ports.files.put(PATH, EDITED);

    await revertOutsideChange(ports, PATH);

    expect(ports.files.text(PATH)).toBe(text);
    expect(await outsideChanges(ports)).toEqual([]);
    const newest = (await listSnapshots(ports)).at(-1) ?? '';
    const kept = (await readSnapshot(ports, newest))?.files[PATH] ?? '';
    expect(ports.files.text(objectPath(kept))).toBe(EDITED);
    expect((await readJournal(ports)).lines.at(-1)).toMatchObject({ actor: 'user', action: 'revert' });
  });

  it('brings back a memory that was deleted, in the index too', async () => {
    const ports = await storeWithMemory();
    const text = ports.files.text(PATH);
    ports.files.entries.delete(PATH);

    await revertOutsideChange(ports, PATH);

    expect(ports.files.text(PATH)).toBe(text);
    expect(ports.files.text('MEMORY.md')).toContain(`(${PATH})`);
  });

  it('takes out what was never accepted, and keeps its text', async () => {
    const ports = await storeWithMemory();
    ports.files.put('facts/b.md', EDITED);

    await revertOutsideChange(ports, 'facts/b.md');

    expect(ports.files.text('facts/b.md')).toBeUndefined();
    expect(ports.files.text(objectPath(ports.hasher.sha256(EDITED)))).toBe(EDITED);
    expect(await outsideChanges(ports)).toEqual([]);
  });

  it('says so where the accepted text is no longer kept, or is damaged', async () => {
    const ports = await storeWithMemory();
    const object = objectPath((await readState(ports)).accepted[PATH] ?? '');
    ports.files.put(PATH, EDITED);
    ports.files.put(object, 'damaged');
    await expect(revertOutsideChange(ports, PATH)).rejects.toMatchObject({ code: 'io' });
    ports.files.entries.delete(object);
    await expect(revertOutsideChange(ports, PATH)).rejects.toMatchObject({ code: 'not-found' });
    expect(ports.files.text(PATH)).toBe(EDITED);
  });
});
