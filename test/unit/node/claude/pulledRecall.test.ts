import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hookGroups } from '../../../../src/core/recall/connect/hookCommands';

const FILE = '.agent-memory/.local/recall/session-start.json';
const OURS = '{"ours":true}\n';

let base = '';
beforeEach(async () => (base = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-pull-')))));
afterEach(() => rm(base, { recursive: true, force: true }));

function git(folder: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...who, '-C', folder, ...args], { stdio: 'ignore' });
}

async function put(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

/** What the hook of a folder, connected at `root`, prints in a session that starts in `folder`. */
function printed(root: string, folder: string): string {
  const place = { platform: 'posix', recallFolder: path.dirname(path.join(root, FILE)), prefix: '', root } as const;
  const [group] = hookGroups(place, { hookFiles: 1, agentTypes: [], sessionEnd: false });
  const env = { ...process.env, CLAUDE_PROJECT_DIR: folder };
  return spawnSync('/bin/sh', ['-c', group?.hooks[0]?.command ?? ''], { cwd: folder, env, encoding: 'utf8' }).stdout;
}

describe.skipIf(process.platform === 'win32')('a hook', () => {
  it('prints nothing that came with a pull in place of what was rendered', async () => {
    const [origin, mine, beside] = ['origin', 'mine', 'beside'].map((name) => path.join(base, name));
    if (origin === undefined || mine === undefined || beside === undefined) return;
    await put(origin, '.agent-memory/.gitignore', '.local/\n');
    git(origin, 'init', '-q');
    git(origin, 'add', '-A');
    git(origin, 'commit', '-qm', 'Begin');
    git(base, 'clone', '-q', origin, mine);
    await put(mine, FILE, OURS);
    git(mine, 'worktree', 'add', '-q', beside);
    expect(printed(mine, mine)).toBe(OURS);
    expect(printed(mine, beside)).toBe(OURS);
    expect(printed(path.join(base, 'elsewhere'), mine)).toBe(OURS);

    await put(origin, FILE, '{"forged":true}\n');
    git(origin, 'add', '-f', FILE);
    git(origin, 'commit', '-qm', 'Forge');
    git(mine, 'pull', '-q');

    // Git replaces ignored files without a word.
    expect(await readFile(path.join(mine, FILE), 'utf8')).toContain('forged');
    for (const folder of [mine, beside]) expect(printed(mine, folder)).toBe('');
  });

  it('prints the path that it was connected with where there is no repository', async () => {
    await put(base, FILE, OURS);
    expect(printed(base, base)).toBe(OURS);
  });
});
