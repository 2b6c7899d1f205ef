import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverLogs, type DiscoverOptions, type DiscoveredLogs } from '../../../../src/node/logs/discover';
import { createProbeCache } from '../../../../src/node/logs/probeCache';
import { mayHoldLogsOf, projectFolderName } from '../../../../src/node/logs/projectFolder';
import { conversation, createWorkbench, git, withoutPrivileges, type Workbench } from './workbench';

let bench: Workbench;
beforeEach(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.remove());

const discover = (options: Partial<DiscoverOptions> = {}): Promise<DiscoveredLogs> =>
  discoverLogs({
    workspaceRoot: bench.workspace,
    configDirs: [bench.config],
    extraLogFolders: [],
    mapCwd: [],
    home: bench.root,
    ...options,
  });

const names = (found: DiscoveredLogs): readonly string[] => found.logs.map((log) => path.basename(log.file, '.jsonl'));
const talk = (cwd: string): readonly unknown[] => {
  const said = conversation(cwd);
  return [said.user('hello'), said.assistant('hi')];
};

describe('the logs of a workspace', () => {
  it('are those whose first working directory is the folder or below it', async () => {
    await mkdir(path.join(bench.workspace, 'packages/a'), { recursive: true });
    await bench.log('root', talk(bench.workspace));
    await bench.log('below', talk(path.join(bench.workspace, 'packages/a')), path.join(bench.workspace, 'packages/a'));
    const deleted = path.join(bench.workspace, '.claude/worktrees/gone');
    await bench.log('deleted', talk(deleted), deleted);
    expect(names(await discover())).toEqual(['root', 'deleted', 'below']);
  });

  it('are never those of a folder of the same name elsewhere, nor of a sibling', async () => {
    const twin = path.join(bench.root, 'other/project');
    await mkdir(twin, { recursive: true });
    await bench.log('twin', talk(twin), twin);
    await bench.log('sibling', talk(`${bench.workspace}-two`), `${bench.workspace}-two`);
    const impostor = path.join(bench.root, 'other', 'x');
    await bench.log('impostor', talk(impostor), bench.workspace);
    expect(names(await discover())).toEqual([]);
  });

  it('are found whatever the project folder is called', async () => {
    const folder = path.join(bench.config, 'projects', 'renamed-by-hand');
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'a.jsonl'),
      talk(bench.workspace)
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    expect(names(await discover())).toEqual(['a']);
  });

  it('are found behind a symlink to the workspace, on either side', async () => {
    const link = path.join(bench.root, 'link');
    await symlink(bench.workspace, link);
    await bench.log('real', talk(bench.workspace));
    await bench.log('linked', talk(link), link);
    expect(names(await discover({ workspaceRoot: link }))).toEqual(['linked', 'real']);
  });

  it('are those of its git worktrees too', async () => {
    if (!(await git(bench.workspace, 'init'))) return;
    await git(bench.workspace, 'commit', '--allow-empty', '-m', 'first');
    const tree = path.join(bench.root, 'elsewhere');
    await git(bench.workspace, 'worktree', 'add', tree);
    await bench.log('tree', talk(tree), tree);
    expect(names(await discover())).toEqual(['tree']);
    expect(names(await discover({ workspaceRoot: tree }))).toEqual(['tree']);
    const sub = path.join(bench.workspace, 'sub');
    await mkdir(sub);
    await bench.log('treesub', talk(path.join(tree, 'sub')), path.join(tree, 'sub'));
    expect(names(await discover({ workspaceRoot: sub }))).toEqual(['treesub']);
  });

  it('are found under a path map, of Windows paths in any case too', async () => {
    await bench.log('container', talk('/workspaces/app/src'), '/workspaces/app/src');
    await bench.log('windows', talk(String.raw`C:\Users\Me\App\src`), 'c--Users-me-app-src');
    const mapCwd = [
      { from: '/workspaces/app', to: bench.workspace },
      { from: String.raw`c:\users\me\app`, to: bench.workspace },
    ];
    expect(names(await discover())).toEqual([]);
    expect([...names(await discover({ mapCwd }))].sort()).toEqual(['container', 'windows']);
    expect(names(await discover({ mapCwd: [{ from: '/workspaces/ap', to: bench.workspace }] }))).toEqual([]);
  });

  it('are found in extra folders, flat or deep, and under the home folder', async () => {
    const extra = path.join(bench.root, 'synced/logs/a/b');
    await mkdir(extra, { recursive: true });
    await writeFile(path.join(extra, 'deep.jsonl'), JSON.stringify(conversation(bench.workspace).user('x')));
    expect(names(await discover({ extraLogFolders: ['~/synced'] }))).toEqual(['deep']);
    expect(names(await discover({ extraLogFolders: [extra, path.join(bench.root, 'none')] }))).toEqual(['deep']);
  });

  it('come with the transcripts of their subagents, wherever those worked', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('go')]);
    const agents = path.join(path.dirname(file), said.id, 'subagents');
    await mkdir(path.join(agents, 'workflows/w1'), { recursive: true });
    const elsewhere = conversation('/somewhere/else');
    await writeFile(path.join(agents, 'agent-a1.jsonl'), JSON.stringify(elsewhere.user('task')));
    await writeFile(path.join(agents, 'workflows/w1/agent-b2.jsonl'), JSON.stringify(said.user('task')));
    const found = await discover();
    expect(found.agents.map((log) => [path.basename(log.file), log.session]).sort()).toEqual([
      ['agent-a1.jsonl', said.id],
      ['agent-b2.jsonl', said.id],
    ]);
  });

  it('are found by a working directory behind a long first line', async () => {
    const said = conversation(bench.workspace);
    const picture = { type: 'image', source: { type: 'base64', data: 'A'.repeat(600_000) } };
    const first = said.user([picture, { type: 'text', text: 'what is this?' }]);
    await bench.log('picture', [first]);
    await bench.log('nowhere', [...Array<unknown>(3_000).fill({ type: 'mode', mode: 'x'.repeat(200) }), first]);
    expect(names(await discover())).toEqual(['picture']);
  });

  it('are reported when they cannot be read', async () => {
    const file = await bench.log('locked', talk(bench.workspace));
    await bench.log('open', talk(bench.workspace));
    await chmod(bench.root, 0o755);
    await chmod(file, 0o000);
    const found = await withoutPrivileges(() => discover());
    expect(found.failed).toMatchObject([{ file, error: { code: 'EACCES' } }]);
    expect(names(found)).toEqual(['open']);
  });

  it('are looked at once while they stay the same', async () => {
    const cache = createProbeCache();
    const file = await bench.log('a', talk(bench.workspace));
    expect(names(await discover({ cache }))).toEqual(['a']);
    const [log] = (await discover({ cache })).logs;
    expect(log && cache.get(file, log.size, log.mtimeMs)?.cwd).toBe(bench.workspace);
    expect(log && cache.get(file, log.size + 1, log.mtimeMs)).toBeUndefined();
  });

  it('are none where there is nothing', async () => {
    await rm(bench.config, { recursive: true });
    expect(await discover()).toEqual({ logs: [], agents: [], failed: [], otherPaths: [] });
  });
});

describe('former paths of a workspace', () => {
  it('are folders of its name that are gone but have sessions', async () => {
    const before = path.join(bench.root, 'before/project');
    await mkdir(path.join(before, 'src'), { recursive: true });
    await bench.log('a', talk(before), before);
    await bench.log('b', talk(path.join(before, 'src')), before);
    await bench.log('c', talk(String.raw`D:\Work\Project\src`), 'D--Work-Project-src');
    expect((await discover()).otherPaths).toEqual([{ path: String.raw`D:\Work\Project`, sessions: 1 }]);
    await rename(before, path.join(bench.root, 'moved'));
    expect((await discover()).otherPaths).toEqual([
      { path: before, sessions: 2 },
      { path: String.raw`D:\Work\Project`, sessions: 1 },
    ]);
    expect(names(await discover())).toEqual([]);
  });
});

describe('the name of a project folder', () => {
  it('has a dash for every unit that is no letter or digit', () => {
    expect(projectFolderName('/home/dev/my_app.v2')).toBe('-home-dev-my-app-v2');
    expect(projectFolderName('/日本/😀')).toBe('------');
    expect(projectFolderName('c:\\Users\\x\\p')).toBe('c--Users-x-p');
  });

  it('is cut and hashed past 200 characters', () => {
    const long = `/${'deep/'.repeat(60)}end`;
    expect(projectFolderName(long)).toMatch(/^.{200}-[0-9a-z]+$/u);
    expect(projectFolderName(long)).not.toBe(projectFolderName(`${long}2`));
    expect(mayHoldLogsOf(projectFolderName(long), long)).toBe(true);
  });

  it('tells which folders to look into first', () => {
    expect(mayHoldLogsOf('-home-dev-my_app', '/home/dev/my-app')).toBe(true);
    expect(mayHoldLogsOf('-home-dev-my-app-packages-a', '/home/dev/my-app')).toBe(true);
    expect(mayHoldLogsOf('-home-dev-my-apple', '/home/dev/my-app')).toBe(false);
  });
});
