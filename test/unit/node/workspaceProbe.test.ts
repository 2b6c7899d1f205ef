import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkspaceProbe } from '../../../src/node/workspaceProbe';

const made: string[] = [];

async function workspace(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'probe-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

afterEach(async () => {
  for (const root of made.splice(0)) await rm(root, { recursive: true, force: true });
});

describe('the workspace, asked about anchors', () => {
  it('knows files and folders below the root', async () => {
    const probe = createWorkspaceProbe(await workspace({ 'src/a.ts': 'text' }));
    expect(await probe.exists('src/a.ts')).toBe(true);
    expect(await probe.exists('src')).toBe(true);
    expect(await probe.exists('src/b.ts')).toBe(false);
    expect(await probe.readText('src/a.ts')).toBe('text');
    expect(await probe.readText('src')).toBeUndefined();
    expect(await probe.readText('nothing')).toBeUndefined();
  });

  it('never leaves the root, by path or by link', async () => {
    const outside = await workspace({ 'secret.txt': 'secret' });
    const root = await workspace({ 'a.txt': '' });
    await symlink(join(outside, 'secret.txt'), join(root, 'link.txt'));
    const probe = createWorkspaceProbe(root);
    for (const path of ['link.txt', '../x', join(outside, 'secret.txt'), 'a\0b', '', 'C:\\x']) {
      expect(await probe.exists(path)).toBe(false);
      expect(await probe.readText(path)).toBeUndefined();
    }
  });

  it('does not read large files', async () => {
    const probe = createWorkspaceProbe(await workspace({ 'large.txt': 'x'.repeat(1024 * 1024 + 1) }));
    expect(await probe.readText('large.txt')).toBeUndefined();
  });

  it('finds files by name without git, but not in node_modules', async () => {
    const probe = createWorkspaceProbe(await workspace({ 'a/x.ts': '', 'b/x.ts': '', 'node_modules/x.ts': '' }));
    expect(await probe.findByBaseName('x.ts')).toEqual(['a/x.ts', 'b/x.ts']);
    expect(await probe.findByBaseName('y.ts')).toEqual([]);
    expect(await probe.head()).toBeUndefined();
  });

  it('finds what git tracks or would track, without what it ignores or lost', async () => {
    const root = await workspace({
      '.gitignore': 'dist/\n',
      'src/x.ts': '',
      'dist/x.ts': '',
      'new/x.ts': '',
      'gone/x.ts': '',
    });
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });
    git('init', '-q');
    git('add', 'src', 'gone', '.gitignore');
    git('commit', '-q', '-m', 'start');
    await rm(join(root, 'gone/x.ts'));
    const probe = createWorkspaceProbe(root);
    expect(await probe.findByBaseName('x.ts')).toEqual(['new/x.ts', 'src/x.ts']);
    expect(await probe.head()).toBe(git('rev-parse', 'HEAD').trim());
  });
});
