import { describe, expect, it } from 'vitest';
import { initializeStore } from '../../../../src/core/memory/store';
import { renderRecall } from '../../../../src/core/recall/renderRecall';
import { closablePorts } from '../../../../src/vscode/folders/closablePorts';
import { createFakePorts } from '../../../fakes/fakePorts';

const BYTES = new Uint8Array([1]);

describe('ports that can be closed', () => {
  it('work as before until they are', async () => {
    const ports = createFakePorts();
    const { ports: open } = closablePorts(ports);
    await open.files.write('a.md', BYTES);
    await open.files.append('a.md', BYTES);
    await open.files.rename('a.md', 'b.md');
    await open.files.moveNew('b.md', 'c.md');
    await open.files.syncDirectory('');
    expect((await open.files.list('')).map(({ name }) => name)).toEqual(['c.md']);
    expect(await open.files.stat('c.md')).toBeDefined();
    expect(await open.files.read('c.md')).toHaveLength(2);
    expect(await open.files.readRange('c.md', 0, 1)).toHaveLength(1);
    await open.files.remove('c.md');
    expect(await open.lock.hold('store', () => Promise.resolve(7))).toBe(7);
    expect(ports.files.calls.length).toBeGreaterThan(0);
  });

  it('write nothing and lock nothing then, also for work that began before', async () => {
    const ports = createFakePorts();
    await initializeStore(ports, { share: 'git' });
    const door = closablePorts(ports);
    const rendering = renderRecall(door.ports, { maxTokens: 6_000, subagents: 'full', agentTypes: [] });
    const closing = door.close();
    const before = ports.files.calls.length;

    await expect(rendering).rejects.toMatchObject({ code: 'not-initialized' });
    await closing;
    await expect(door.ports.lock.hold('store', () => Promise.resolve())).rejects.toMatchObject({
      code: 'not-initialized',
    });
    for (const write of [
      door.ports.files.write('a.md', BYTES),
      door.ports.files.append('a.md', BYTES),
      door.ports.files.rename('a.md', 'b.md'),
      door.ports.files.moveNew('a.md', 'b.md'),
      door.ports.files.remove('MEMORY.md'),
      door.ports.files.syncDirectory(''),
    ])
      await expect(write).rejects.toMatchObject({ code: 'not-initialized' });
    expect(ports.files.calls.length).toBe(before);
    expect(await ports.files.list('.local/recall')).toEqual([]);
  });

  it('wait for the writes under way, and for locks as long as somebody waits', async () => {
    const ports = createFakePorts();
    const door = closablePorts(ports);
    let finish = (): void => undefined;
    const held = door.ports.lock.hold('store', () => new Promise<void>((done) => (finish = done)));
    const writing = door.ports.files.write('a.md', BYTES);
    await door.close();
    await writing;
    await door.idle(Promise.resolve());
    finish();
    await door.idle(new Promise(() => undefined));
    await held;
  });

  it('open again', async () => {
    const ports = createFakePorts();
    const door = closablePorts(ports);
    await door.close();
    door.open();
    await door.ports.files.write('a.md', BYTES);
    expect(await ports.files.stat('a.md')).toBeDefined();
  });
});
