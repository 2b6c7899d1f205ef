import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemory } from '../../../src/core/memory/newMemory';
import { readEffectiveStore } from '../../../src/core/memory/effective';
import { outsideChanges } from '../../../src/core/memory/outside';
import { initializeStore } from '../../../src/core/memory/store';
import { whoChanged } from '../../../src/core/memory/whoChanged';
import { committedFiles } from '../../../src/node/committed';
import { deleteFolder, surveyFolder } from '../../../src/node/forget';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { safeEnvironment, safeGit } from '../../../src/node/safeEnvironment';
import { createRecordingLogger } from '../../fakes/fakePorts';

const folders: string[] = [];
function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'foreign-'));
  folders.push(folder);
  return folder;
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const MEMORY = '---\ndescription: Planted\n---\nObey.\n';
const git = (cwd: string, ...args: readonly string[]): void => {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' });
};
const open = (root: string, user: string, untrusted = false): Promise<NodePorts> =>
  createNodePorts({ workspaceRoot: root, logger: createRecordingLogger(), userFolder: user, untrusted });

async function made(root: string, user: string): Promise<NodePorts> {
  const ports = await open(root, user);
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'facts/own.md', description: 'Own', body: 'Body.' }, []);
  return ports;
}

describe('what came in .local', () => {
  it('is believed by the user who made it, in every later session', async () => {
    const [root, user] = [temporary(), temporary()];
    await made(root, user);
    const again = await open(root, user);
    expect(again.setAside).toBeUndefined();
    expect((await readEffectiveStore(again)).memories.map((memory) => memory.path)).toEqual(['facts/own.md']);
  });

  it('is set aside whole by everybody else: nothing of it is read, nothing of it is lost', async () => {
    const root = temporary();
    await made(root, temporary());
    const journal = readFileSync(path.join(root, '.agent-memory/.local/journal.jsonl'), 'utf8');
    const victim = await open(root, temporary());

    expect(victim.setAside).toBeDefined();
    expect(await victim.files.read('.local/journal.jsonl')).toBeUndefined();
    expect(readFileSync(path.join(victim.setAside ?? '', 'journal.jsonl'), 'utf8')).toBe(journal);
    expect((await readEffectiveStore(victim)).memories).toEqual([]);
    expect((await readEffectiveStore(victim)).waiting.map((memory) => memory.path)).toEqual(['facts/own.md']);
  });

  it('is hidden, not moved, in an untrusted folder', async () => {
    const root = temporary();
    await made(root, temporary());
    const before = readdirSync(path.join(root, '.agent-memory/.local')).sort();
    const user = temporary();
    const ports = await open(root, user, true);

    expect(await ports.files.list('.local')).toEqual([]);
    expect(await ports.files.stat('.local/journal.jsonl')).toBeUndefined();
    expect(await ports.files.readRange('.local/journal.jsonl', 0, 9)).toBeUndefined();
    expect(readdirSync(path.join(root, '.agent-memory/.local')).sort()).toEqual(before);
    expect(readdirSync(user)).toEqual([]);
  });

  it('is set aside file by file where a pull brought it into this user’s own', async () => {
    const [root, user] = [temporary(), temporary()];
    git(root, 'init', '-q');
    await made(root, user);
    const planted = path.join(root, '.agent-memory/.local/dreams/x/proposal.json');
    mkdirSync(path.dirname(planted), { recursive: true });
    writeFileSync(planted, '{}');
    git(root, 'add', '-f', '.agent-memory/.local/dreams');
    git(root, 'commit', '-q', '-m', 'planted');

    const ports = await open(root, user);
    expect(existsSync(planted)).toBe(false);
    expect(existsSync(path.join(ports.setAside ?? '', 'dreams/x/proposal.json'))).toBe(true);
    expect((await readEffectiveStore(ports)).memories).toHaveLength(1);
    expect((await open(root, user)).setAside).toBeUndefined();
  });

  it('is hidden where it cannot be moved without following a link', async () => {
    const [root, user, elsewhere] = [temporary(), temporary(), temporary()];
    await made(root, temporary());
    symlinkSync(elsewhere, path.join(root, '.agent-memory/.local/set-aside'));

    const ports = await open(root, user);
    expect(await ports.files.list('.local')).toEqual([]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

describe('who changed a memory', () => {
  it('is git where the file is as HEAD has it, and nobody known otherwise', async () => {
    const [root, user] = [temporary(), temporary()];
    git(root, 'init', '-q');
    const ports = await made(root, user);
    mkdirSync(path.join(root, '.agent-memory/pitfalls'));
    writeFileSync(path.join(root, '.agent-memory/pitfalls/pulled.md'), MEMORY);
    git(root, 'add', '.agent-memory/pitfalls');
    git(root, 'commit', '-q', '-m', 'pulled');
    writeFileSync(path.join(root, '.agent-memory/pitfalls/typed.md'), MEMORY);

    const committed = await committedFiles(root, ports.files);
    const actors = await whoChanged(ports, await outsideChanges(ports), committed);
    expect([...actors]).toEqual([
      ['pitfalls/pulled.md', 'git'],
      ['pitfalls/typed.md', 'outside'],
    ]);
    writeFileSync(path.join(root, '.agent-memory/pitfalls/pulled.md'), `${MEMORY}more\n`);
    expect((await committedFiles(root, ports.files)).has('pitfalls/pulled.md')).toBe(false);
  });
});

describe('git as it is asked', () => {
  it('runs nothing that the repository configures, and takes no redirection', async () => {
    const root = temporary();
    git(root, 'init', '-q');
    const mark = path.join(root, 'ran');
    const script = path.join(root, 'run.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    git(root, 'config', 'core.fsmonitor', script);
    git(root, 'config', 'core.pager', script);
    git(root, 'config', 'diff.external', script);
    writeFileSync(path.join(root, 'a'), 'a');
    git(root, 'config', '--add', 'core.hooksPath', root);
    await safeGit(root, ['status', '--porcelain']);
    expect(existsSync(mark)).toBe(false);
  });

  it('gets an environment without what redirects models, git, Node or the linker', () => {
    const redirecting = {
      ANTHROPIC_BASE_URL: 'x',
      CLAUDE_CODE_USE_BEDROCK: '1',
      GIT_DIR: 'x',
      GIT_EXTERNAL_DIFF: 'x',
      NODE_OPTIONS: 'x',
      LD_PRELOAD: 'x',
      DYLD_INSERT_LIBRARIES: 'x',
    };
    expect(safeEnvironment({ ...redirecting, PATH: '/bin', HOME: '/home/a', EMPTY: undefined })).toEqual({
      PATH: '/bin',
      HOME: '/home/a',
    });
  });
});

describe('forgetting a folder', () => {
  it('deletes all of it, removes links and leaves what they lead to', async () => {
    const [root, elsewhere] = [temporary(), temporary()];
    writeFileSync(path.join(elsewhere, 'precious'), 'x');
    const store = path.join(root, 'store');
    mkdirSync(path.join(store, 'deep'), { recursive: true });
    writeFileSync(path.join(store, 'deep/a'), '12345');
    symlinkSync(elsewhere, path.join(store, 'link'));

    expect(await surveyFolder(store)).toMatchObject({ files: 2 });
    expect(await deleteFolder(store, root)).toEqual([]);
    expect(existsSync(store)).toBe(false);
    expect(readdirSync(elsewhere)).toEqual(['precious']);
    expect(await surveyFolder(store)).toBeUndefined();
    expect(await deleteFolder(store, root)).toEqual([]);
  });

  it('refuses a folder that is, or lies behind, a link', async () => {
    const [root, elsewhere] = [temporary(), temporary()];
    mkdirSync(path.join(elsewhere, '.local'));
    symlinkSync(elsewhere, path.join(root, 'store'));

    expect(await surveyFolder(path.join(root, 'store'))).toBeUndefined();
    expect(await deleteFolder(path.join(root, 'store/.local'), root)).toEqual([path.join(root, 'store')]);
    expect(existsSync(path.join(elsewhere, '.local'))).toBe(true);
  });
});
