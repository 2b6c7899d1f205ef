import { execFile } from 'node:child_process';
import { link, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../../src/core/ports';
import { toFileError } from '../../../src/node/fileErrors';
import { createFileStore } from '../../../src/node/fileStore';
import { folderMethod, type FolderMethod } from '../../../src/node/storeFolder';
import { fileStoreContract } from '../../fakes/fileStoreContract';
import { createMemoryFileStore } from '../../fakes/memoryFileStore';

const bytes = new TextEncoder().encode('written by the store');

/** Both ways of reaching folders, whatever this system would use by itself. */
const METHODS: readonly FolderMethod[] = folderMethod() === 'held' ? ['held', 'named'] : ['named'];

for (const method of METHODS) {
  fileStoreContract(`the store on disk (folders ${method})`, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-files-'));
    const roots = { root: path.join(folder, '.agent-memory'), skillRoot: path.join(folder, '.claude') };
    const files = createFileStore(roots, method);
    return { files, close: () => rm(folder, { recursive: true, force: true }) };
  });
}

fileStoreContract('the store on a map', async () => ({ files: createMemoryFileStore(), close: async () => undefined }));

describe.each(METHODS)('the store on disk (folders %s)', (method) => {
  let folder: string;
  let root: string;
  let files: FileStore;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-files-'));
    root = path.join(folder, '.agent-memory');
    await mkdir(path.join(root, 'facts'), { recursive: true });
    await mkdir(path.join(folder, 'outside'));
    await writeFile(path.join(folder, 'outside/secret'), 'outside');
    files = createFileStore({ root }, method);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refused = { code: 'invalid-path' };

  it('follows no link in place of a folder', async () => {
    await symlink(path.join(folder, 'outside'), path.join(root, 'linked'));

    await expect(files.read('linked/secret')).rejects.toMatchObject(refused);
    await expect(files.list('linked')).rejects.toMatchObject(refused);
    await expect(files.stat('linked/secret')).rejects.toMatchObject(refused);
    await expect(files.write('linked/new', bytes)).rejects.toMatchObject(refused);
    await expect(files.append('linked/secret', bytes)).rejects.toMatchObject(refused);
    await expect(files.write('linked/deep/new', bytes)).rejects.toMatchObject(refused);
    await expect(files.remove('linked/secret')).rejects.toMatchObject(refused);
    await files.write('mine', bytes);
    await expect(files.rename('mine', 'linked/mine')).rejects.toMatchObject(refused);
    expect(await readdir(path.join(folder, 'outside'))).toEqual(['secret']);
    expect(await readFile(path.join(folder, 'outside/secret'), 'utf8')).toBe('outside');
  });

  it.each(['.claude', '.claude/skills', '.claude/skills/x', '.claude/skills/x/SKILL.md'])(
    'puts no skill anywhere through a link at %s',
    async (linked) => {
      const withSkills = createFileStore({ root, skillRoot: path.join(folder, '.claude') }, method);
      await mkdir(path.join(folder, path.dirname(linked)), { recursive: true });
      await symlink(
        path.join(folder, linked.endsWith('.md') ? 'outside/secret' : 'outside'),
        path.join(folder, linked),
      );
      await files.write('mine', bytes);

      const skill = '.claude/skills/x/SKILL.md';
      await expect(withSkills.read(skill)).rejects.toMatchObject(refused);
      await expect(withSkills.rename(skill, 'taken')).rejects.toMatchObject(refused);
      if (linked.endsWith('.md')) expect(await withSkills.moveNew('mine', skill)).toBe(false);
      else await expect(withSkills.moveNew('mine', skill)).rejects.toMatchObject(refused);
      expect(await readdir(path.join(folder, 'outside'))).toEqual(['secret']);
    },
  );

  it('reaches no skill unless it is told where they are', async () => {
    await mkdir(path.join(folder, '.claude/skills/x'), { recursive: true });
    await writeFile(path.join(folder, '.claude/skills/x/SKILL.md'), 'x');
    await expect(files.read('.claude/skills/x/SKILL.md')).rejects.toMatchObject(refused);
  });

  it('removes the empty folder of one skill, and none above it', async () => {
    const withSkills = createFileStore({ root, skillRoot: path.join(folder, '.claude') }, method);
    await mkdir(path.join(folder, '.claude/skills/x'), { recursive: true });
    await withSkills.remove('.claude/skills/x');
    expect(await readdir(path.join(folder, '.claude/skills'))).toEqual([]);
    await expect(withSkills.remove('.claude/skills')).rejects.toMatchObject(refused);
  });

  it('follows no link in place of a file', async () => {
    await symlink(path.join(folder, 'outside/secret'), path.join(root, 'facts/a.md'));

    await expect(files.read('facts/a.md')).rejects.toMatchObject(refused);
    await expect(files.readRange('facts/a.md', 0, 3)).rejects.toMatchObject(refused);
    await expect(files.write('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await expect(files.append('facts/a.md', bytes)).rejects.toMatchObject(refused);
    expect(await files.list('facts')).toEqual([{ name: 'a.md', kind: 'other' }]);
    expect(await readFile(path.join(folder, 'outside/secret'), 'utf8')).toBe('outside');
  });

  it('refuses a store that is itself a link', async () => {
    await rm(root, { recursive: true });
    await symlink(path.join(folder, 'outside'), root);

    await expect(files.write('new', bytes)).rejects.toMatchObject(refused);
    await expect(files.read('secret')).rejects.toMatchObject(refused);
    await expect(files.list('')).rejects.toMatchObject(refused);
    expect(await readdir(path.join(folder, 'outside'))).toEqual(['secret']);
  });

  it('writes to no file that has another name elsewhere', async () => {
    await link(path.join(folder, 'outside/secret'), path.join(root, 'facts/a.md'));

    expect(await files.stat('facts/a.md')).toMatchObject({ links: 2 });
    await expect(files.write('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await expect(files.append('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await files.write('mine', bytes);
    await expect(files.rename('mine', 'facts/a.md')).rejects.toMatchObject(refused);
    expect(await readFile(path.join(folder, 'outside/secret'), 'utf8')).toBe('outside');
  });

  it('refuses a file in place of a folder, and a folder in place of a file', async () => {
    await writeFile(path.join(root, 'file'), 'x');

    await expect(files.write('file/inside', bytes)).rejects.toMatchObject(refused);
    await expect(files.read('facts')).rejects.toMatchObject(refused);
    await expect(files.write('facts', bytes)).rejects.toMatchObject(refused);
    await expect(files.list('file')).rejects.toMatchObject(refused);
  });

  it.each([
    ['facts/A.md', 'facts/a.md'],
    ['facts/Straße.md', 'facts/STRASSE.md'],
    ['facts/café.md', 'facts/CAFÉ.md'],
    ['facts/ﬁle.md', 'facts/file.md'],
    ['Topics/a.md', 'topics/b.md'],
  ])('makes no second name %s → %s that is the same file on other disks', async (present, path) => {
    await files.write(present, bytes);
    await files.write('mine', bytes);

    const message: unknown = expect.stringContaining('where case or accents do not count');
    const twin = { code: 'invalid-path', message };
    await expect(files.write(path, bytes)).rejects.toMatchObject(twin);
    await expect(files.append(path, bytes)).rejects.toMatchObject(twin);
    await expect(files.rename('mine', path)).rejects.toMatchObject(twin);
    await expect(files.moveNew('mine', path)).rejects.toMatchObject(twin);
    expect(await files.read(present)).toEqual(bytes);
  });

  it('waits for no pipe in place of a file', async () => {
    if (process.platform === 'win32') return;
    await promisify(execFile)('mkfifo', [path.join(root, 'facts/a.md')]);

    await expect(files.read('facts/a.md')).rejects.toMatchObject(refused);
    await expect(files.append('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await expect(files.write('facts/a.md', bytes)).rejects.toMatchObject(refused);
  });

  it('keeps .local where the main checkout has it, and everything else here', async () => {
    const main = path.join(folder, 'main/.agent-memory');
    const linked = createFileStore({ root, localRoot: main }, method);

    await linked.write('facts/a.md', bytes);
    await linked.write('.local/state.json', bytes);

    expect(await readdir(main)).toEqual(['.local']);
    expect(await readdir(root)).toEqual(['facts']);
    expect(await linked.list('.local')).toEqual([{ name: 'state.json', kind: 'file' }]);
  });
});

describe('what the system says of a failure', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'permission-denied'],
    ['EPERM', 'permission-denied'],
    ['ELOOP', 'invalid-path'],
    ['EIO', 'io'],
    ['EMFILE', 'io'],
  ])('%s becomes %s, with the path and the cause', (errno, code) => {
    const cause = Object.assign(new Error(errno), { code: errno });

    expect(toFileError(cause, 'facts/a.md')).toMatchObject({ code, details: { path: 'facts/a.md', errno }, cause });
  });
});
