import { describe, expect, it } from 'vitest';
import { readJournal, verifyJournal } from '../../../../src/core/history/journal';
import { readEffectiveStore } from '../../../../src/core/memory/effective';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { mirrorLocal, planRestore, restoreLocal } from '../../../../src/core/state/mirror';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';
import { createMemoryFileStore, type MemoryFileStore } from '../../../fakes/memoryFileStore';

const PERSONAL = '.local/personal/preferences/tone.md';

async function mirrored(): Promise<{ readonly ports: FakePorts; readonly mirror: MemoryFileStore }> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'facts/a.md', description: 'About a', body: 'Body.' }, []);
  await createMemory(ports, { path: PERSONAL, description: 'Be brief', body: 'Always.' }, []);
  const mirror = createMemoryFileStore();
  expect(await mirrorLocal(ports, mirror)).toBe('mirrored');
  return { ports, mirror };
}

/** What `git clean -fdx` takes away. */
function clean(ports: FakePorts): void {
  for (const path of [...ports.files.entries.keys()]) if (path.startsWith('.local/')) ports.files.entries.delete(path);
}

/** Files of the store that the copy holds as they are now. */
function copied(ports: FakePorts, mirror: MemoryFileStore): readonly string[] {
  const texts = new Set([...mirror.entries.keys()].map((path) => mirror.text(path)));
  return [...ports.files.entries.keys()]
    .filter((path) => path.startsWith('.local/') && !path.includes('/snapshots/') && texts.has(ports.files.text(path)))
    .sort();
}

function generations(mirror: MemoryFileStore): readonly string[] {
  return [...new Set([...mirror.entries.keys()].map((path) => path.split('/')[0] ?? ''))].filter((name) =>
    name.startsWith('g'),
  );
}

describe('the copy of .local', () => {
  it('holds journal, state and personal memories, and is not written again for nothing', async () => {
    const { ports, mirror } = await mirrored();
    expect(copied(ports, mirror)).toEqual(['.local/journal.jsonl', PERSONAL, '.local/state.json']);
    const calls = mirror.calls.length;
    expect(await mirrorLocal(ports, mirror)).toBe('unchanged');
    expect(mirror.calls.length).toBe(calls);
  });

  it('brings all of it back after a git clean, journalled, and the chain still holds', async () => {
    const { ports, mirror } = await mirrored();
    const journal = ports.files.text('.local/journal.jsonl') ?? '';
    const tone = ports.files.text(PERSONAL);
    clean(ports);
    expect((await readEffectiveStore(ports)).memories).toEqual([]);
    expect(await mirrorLocal(ports, mirror)).toBe('vanished');

    const plan = await planRestore(ports, mirror);
    expect(plan?.files.map(({ path }) => path).sort()).toEqual(['.local/journal.jsonl', PERSONAL].sort());
    expect([...(await restoreLocal(ports, mirror))].sort()).toEqual(['.local/journal.jsonl', PERSONAL].sort());

    expect(ports.files.text(PERSONAL)).toBe(tone);
    expect(ports.files.text('.local/journal.jsonl')?.startsWith(journal)).toBe(true);
    expect((await readJournal(ports)).lines.at(-1)).toMatchObject({ action: 'restore', actor: 'user' });
    expect(await verifyJournal(ports)).toBe(true);
    expect((await readEffectiveStore(ports)).memories.map(({ path }) => path)).toEqual([PERSONAL, 'facts/a.md']);
    expect(await planRestore(ports, mirror)).toBeUndefined();
  });

  it('never overwrites what stands there', async () => {
    const { ports, mirror } = await mirrored();
    clean(ports);
    ports.files.put(PERSONAL, 'newer');
    const plan = await planRestore(ports, mirror);
    expect(plan?.kept).toEqual([PERSONAL]);
    await restoreLocal(ports, mirror);
    expect(ports.files.text(PERSONAL)).toBe('newer');
  });

  it('stays beside that of a new beginning that nobody restored', async () => {
    const { ports, mirror } = await mirrored();
    clean(ports);
    await createMemory(ports, { path: 'facts/b.md', description: 'About b', body: 'Body.' }, []);
    expect(await mirrorLocal(ports, mirror)).toBe('mirrored');
    expect(generations(mirror)).toHaveLength(2);
  });

  it('is bounded: of many new beginnings the last three are kept', async () => {
    const { ports, mirror } = await mirrored();
    for (let round = 0; round < 5; round += 1) {
      clean(ports);
      await createMemory(ports, { path: `facts/n${round}.md`, description: 'New', body: 'Body.' }, []);
      await mirrorLocal(ports, mirror);
    }
    expect(generations(mirror)).toHaveLength(3);
  });

  it('gives nothing back that was damaged, and begins anew where its manifest was', async () => {
    const { ports, mirror } = await mirrored();
    const tone = ports.files.text(PERSONAL);
    clean(ports);
    const copy = [...mirror.entries.keys()].find((path) => mirror.text(path) === tone) ?? '';
    mirror.put(copy, 'damaged');
    expect((await planRestore(ports, mirror))?.files.map(({ path }) => path)).toEqual(['.local/journal.jsonl']);
    mirror.put('mirror.json', '{');
    expect(await planRestore(ports, mirror)).toBeUndefined();
    expect(await restoreLocal(ports, mirror)).toEqual([]);
    expect(await mirrorLocal(ports, mirror)).toBe('nothing');
  });

  it('is whole at every call at which it can fail: the store never notices', async () => {
    const { ports, mirror } = await mirrored();
    await createMemory(ports, { path: '.local/personal/facts/c.md', description: 'About c', body: 'Body.' }, []);
    const before = new Map(ports.files.entries);
    for (let nth = 0; nth < 12; nth += 1) {
      const start = mirror.calls.length;
      mirror.beforeMutation = (_mutation, _path, now) => {
        if (now - start === nth) throw new Error('the disk is gone');
      };
      await mirrorLocal(ports, mirror).catch(() => undefined);
      mirror.beforeMutation = () => undefined;
      const saved = new Map(ports.files.entries);
      clean(ports);
      expect((await planRestore(ports, mirror))?.files.length).toBeGreaterThanOrEqual(2);
      saved.forEach((bytes, path) => ports.files.entries.set(path, bytes));
    }
    expect(new Map(ports.files.entries)).toEqual(before);
  });
});
