import { describe, expect, it } from 'vitest';
import { readJournal } from '../../../../src/core/history/journal';
import { rebuildIndex, recover } from '../../../../src/core/history/transaction';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function storeWithMemory(): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'facts/a.md', description: 'About a', body: 'Body.' }, []);
  return ports;
}

describe('rebuilding the index when a store is opened', () => {
  it('touches nothing where the index is right', async () => {
    const ports = await storeWithMemory();
    const calls = ports.files.calls.length;

    expect(await rebuildIndex(ports)).toBe(false);
    expect(ports.files.calls).toHaveLength(calls);
  });

  it('mends what a merge left, keeps text of people, and leaves no file behind', async () => {
    const ports = await storeWithMemory();
    const right = ports.files.text('MEMORY.md') ?? '';
    const line = '- [a](facts/a.md) — About a\n';
    ports.files.put('MEMORY.md', `Ours.\n${right.replace(line, `${line}- [gone](facts/gone.md) — Gone\n${line}`)}`);
    const lines = (await readJournal(ports)).lines.length;

    expect(await rebuildIndex(ports)).toBe(true);

    expect(ports.files.text('MEMORY.md')).toBe(`Ours.\n${right}`);
    expect((await readJournal(ports)).lines).toHaveLength(lines);
    expect([...ports.files.entries.keys()].filter((path) => path.startsWith('.staging/'))).toEqual([]);
  });

  it('makes no index where nobody made a store', async () => {
    const ports = createFakePorts({ 'facts/a.md': '---\ndescription: x\n---\n' });

    expect(await rebuildIndex(ports)).toBe(false);
    expect(ports.files.text('MEMORY.md')).toBeUndefined();
  });

  it('leaves the old index when it dies on the way, and nothing after the next start', async () => {
    for (let nth = 0; nth < 2; nth += 1) {
      const ports = await storeWithMemory();
      ports.files.put('MEMORY.md', 'Ours.\n');
      const start = ports.files.calls.length;
      ports.files.beforeMutation = () => {
        if (ports.files.calls.length - start >= nth) throw new Error('killed');
      };
      await expect(rebuildIndex(ports)).rejects.toThrow('killed');
      ports.files.beforeMutation = () => undefined;

      expect(ports.files.text('MEMORY.md')).toBe('Ours.\n');
      await recover(ports);
      expect([...ports.files.entries.keys()].filter((path) => path.startsWith('.staging/'))).toEqual([]);
      expect(await rebuildIndex(ports)).toBe(true);
    }
  });
});
