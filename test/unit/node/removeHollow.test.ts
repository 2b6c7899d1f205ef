import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeHollow } from '../../../src/node/forget';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

it('removes folders that hold nothing but folders, and leaves files and what links lead to', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-hollow-'));
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('gone/.local/locks'), { recursive: true });
  await mkdir(at('kept/a/b'), { recursive: true });
  await writeFile(at('kept/file'), '');
  await mkdir(at('elsewhere/empty'), { recursive: true });
  await symlink(at('elsewhere'), at('link'));

  for (const name of ['gone', 'kept', 'link', 'missing']) await removeHollow(at(name));

  expect(await readdir(folder)).toEqual(['elsewhere', 'kept', 'link']);
  expect(await readdir(at('kept'))).toEqual(['file']);
  expect(await readdir(at('elsewhere'))).toEqual(['empty']);
});
