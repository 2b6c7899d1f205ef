import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram, isProgram, programPlaces } from '../../../src/node/findProgram';

describe.skipIf(process.platform === 'win32')('a program', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-program-'));
    for (const name of ['one', 'two', 'three']) await mkdir(path.join(folder, name));
    await mkdir(path.join(folder, 'one/claude'));
    for (const [file, mode] of [
      ['two/claude', 0o644],
      ['three/claude', 0o755],
    ] as const) {
      await writeFile(path.join(folder, file), '#!/bin/sh\n');
      await chmod(path.join(folder, file), mode);
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  const find = (...folders: readonly string[]) =>
    findProgram('claude', programPlaces({ PATH: folders.join(path.delimiter) }));

  it('is the first file of that name on the path that may be started', async () => {
    const all = ['missing', 'one', 'two', 'three'].map((name) => path.join(folder, name));
    expect(await find(...all)).toBe(path.join(folder, 'three/claude'));
  });

  it('is not looked for in folders that depend on where one stands', async () => {
    const relative = path.relative(process.cwd(), path.join(folder, 'three'));
    expect(await find(relative, '.', '')).toBeUndefined();
    expect(await findProgram('claude', programPlaces({}))).toBeUndefined();
  });

  it('is no folder and no other file', async () => {
    expect(await isProgram(path.join(folder, 'one/claude'))).toBe(false);
    expect(await isProgram(path.join(folder, 'two/claude'))).toBe(false);
    expect(await isProgram(path.join(folder, 'three/claude'))).toBe(true);
  });
});
