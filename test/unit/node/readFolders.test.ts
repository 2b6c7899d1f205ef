import { mkdir, mkdtemp, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileStore } from '../../../src/node/fileStore';
import type { FolderMethod } from '../../../src/node/storeFolder';

const METHODS: readonly FolderMethod[] = process.platform === 'linux' ? ['held', 'named'] : ['named'];

describe.each(METHODS)('reads that run at the same time (%s)', (method) => {
  let scratch = '';
  const folder = (): string => path.join(scratch, 'store', 'facts');
  const store = (): ReturnType<typeof createFileStore> =>
    createFileStore({ root: path.join(scratch, 'store') }, method);
  const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

  beforeEach(async () => {
    scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-reads-')));
    await mkdir(folder(), { recursive: true });
    for (let number = 0; number < 40; number += 1) await writeFile(path.join(folder(), `f-${number}.md`), `${number}`);
  });
  afterEach(() => rm(scratch, { recursive: true, force: true }));

  it('give each its own file, and undefined for what is not there', async () => {
    const files = store();
    const numbers = Array.from({ length: 41 }, (_, number) => number);
    const read = await Promise.all(numbers.map((number) => files.read(`facts/f-${number}.md`)));
    expect(read.map(text)).toEqual([...numbers.slice(0, 40).map(String), undefined]);
    expect(text(await files.readRange('facts/f-12.md', 1, 5))).toBe('2');
  });

  it.runIf(process.platform === 'linux')('leave nothing open, whatever becomes of them', async () => {
    const files = store();
    await mkdir(path.join(folder(), 'f-folder.md'));
    const before = (await readdir('/proc/self/fd')).length;
    for (let round = 0; round < 5; round += 1)
      await Promise.allSettled(
        ['f-1.md', 'f-2.md', 'f-folder.md', 'none.md'].map((name) => files.read(`facts/${name}`, { maxBytes: 1 })),
      );
    await Promise.allSettled([files.read('none/f-1.md'), files.read('none/f-2.md'), files.read('facts/f-1.md')]);
    expect((await readdir('/proc/self/fd')).length).toBe(before);
  });

  it('find what was written after one of them began', async () => {
    const files = store();
    const early = files.read('made/new.md');
    await mkdir(path.join(scratch, 'store', 'made'));
    await writeFile(path.join(scratch, 'store', 'made', 'new.md'), 'made meanwhile');
    expect(text(await files.read('made/new.md'))).toBe('made meanwhile');
    await early;
  });

  it('never follow a link that is put in the place of their folder', async () => {
    const outside = path.join(scratch, 'outside');
    await mkdir(outside);
    await writeFile(path.join(outside, 'f-1.md'), 'from outside');
    const files = store();
    const running = Promise.allSettled(
      Array.from({ length: 40 }, (_, number) => files.read(`facts/f-${number % 3}.md`)),
    );
    await rename(folder(), path.join(scratch, 'aside'));
    await symlink(outside, folder());
    const settled = [...(await running), ...(await Promise.allSettled([files.read('facts/f-1.md')]))];
    const seen = settled.map((one) => (one.status === 'fulfilled' ? text(one.value) : 'refused'));
    expect(seen).not.toContain('from outside');
    expect(seen.at(-1)).toBe('refused');
  });
});
