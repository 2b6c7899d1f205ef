import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { timesIn } from './body';
import { openCliWorld, type CliWorld } from './cliWorld';
import { openRecallStore, type RecallStore } from './recallStore';
import { differences, treeOf } from './tree';

/** Which of several memories a session was shown, and which it should have been. */
export interface FolderRow {
  readonly place: string;
  readonly wanted: readonly string[];
  readonly got: readonly string[];
}

/** Workspaces that are not the top of a repository of their own. */
export interface OtherFolders {
  readonly rows: readonly FolderRow[];
  readonly leftBehind: readonly string[];
}

/** Two workspaces below the top of one repository, connected one after the other, and disconnected so. */
export async function twoInOneRepository(program: string): Promise<OtherFolders> {
  const world = await openCliWorld(program);
  try {
    for (const name of ['app', 'app-tools', 'site']) await world.write(`packages/${name}/src/index.ts`, 'export {};\n');
    await world.git(['add', '-A']);
    await world.git(['commit', '-q', '-m', 'Work']);
    const at = (relative: string): string => path.join(world.repository, relative);
    const [app, site] = [
      await oneMemory(world, at('packages/app'), 'app'),
      await oneMemory(world, at('packages/site'), 'site'),
    ];
    await world.git(['add', '-A']);
    await world.git(['commit', '-q', '-m', 'Remember']);
    await world.git(['worktree', 'add', '-q', path.join(world.folder, 'beside')]);
    const before = await treeOf(world.repository);
    const look = (place: string, cwd: string, wanted: readonly string[]): Promise<FolderRow> =>
      seenIn(world, { place, cwd, wanted });
    const rows: FolderRow[] = [];
    await app.connect();
    rows.push(await look('the connected one', at('packages/app'), ['app']));
    rows.push(await look('the other one, not connected yet', at('packages/site'), []));
    await site.connect();
    rows.push(await look('the one', at('packages/app'), ['app']));
    rows.push(await look('a folder in it', at('packages/app/src'), ['app']));
    rows.push(await look('the other one', at('packages/site/src'), ['site']));
    rows.push(await look('a third one, whose name begins alike', at('packages/app-tools'), []));
    rows.push(await look('the top of both', world.repository, []));
    rows.push(await look('the one in a linked worktree', path.join(world.folder, 'beside/packages/app'), ['app']));
    await app.disconnect();
    rows.push(await look('the one, disconnected', at('packages/app'), []));
    rows.push(await look('the other one, still connected', at('packages/site'), ['site']));
    await site.disconnect();
    rows.push(await look('the other one, disconnected too', at('packages/site'), []));
    const leftBehind = differences(before, await treeOf(world.repository));
    // Only the first one knows that there was no such file, and the other one was still in it then.
    const settings = await readFile(at('.claude/settings.local.json'), 'utf8');
    const isEmpty = /^\s*\{\s*\}\s*$/u.test(settings);
    return {
      rows,
      leftBehind: leftBehind.filter((name) => !(isEmpty && /^\.claude(?:\/settings\.local\.json)?$/u.test(name))),
    };
  } finally {
    await world.close();
  }
}

/** A folder whose name means something to a shell, in a repository or without git. */
export async function oddlyNamed(program: string, { git }: { readonly git: boolean }): Promise<OtherFolders> {
  const world = await openCliWorld(program, { git: false });
  try {
    const root = path.join(world.folder, "my $(touch gone) 'work' ünï & co");
    await mkdir(path.join(root, 'src'), { recursive: true });
    if (git) await world.git(['init', '-q', root]);
    const store = await oneMemory(world, root, 'odd');
    const before = await treeOf(world.folder);
    await store.connect();
    const rows = [
      await seenIn(world, { place: 'the folder', cwd: root, wanted: ['odd'] }),
      // Without git the program reads the settings in their own folder only.
      await seenIn(world, { place: 'a folder in it', cwd: path.join(root, 'src'), wanted: git ? ['odd'] : [] }),
    ];
    await store.disconnect();
    rows.push(await seenIn(world, { place: 'disconnected', cwd: root, wanted: [] }));
    const changed = differences(before, await treeOf(world.folder));
    return { rows, leftBehind: changed.filter((name) => !/^(?:config|home)(?:\/|$)|\.git(?:\/|$)/u.test(name)) };
  } finally {
    await world.close();
  }
}

const WORD = 'The word of ';

async function oneMemory(world: CliWorld, root: string, name: string): Promise<RecallStore> {
  const store = await openRecallStore(world, { root });
  await store.add({ path: 'facts/the-word.md', description: 'The word', body: `${WORD}${name}.` });
  await store.render();
  return store;
}

async function seenIn(
  world: CliWorld,
  { place, cwd, wanted }: { readonly place: string; readonly cwd: string; readonly wanted: readonly string[] },
): Promise<FolderRow> {
  const { bodies } = await world.run('Hello', { cwd });
  const texts = bodies.flatMap((body) => body.texts);
  const got = ['app', 'site', 'odd'].filter((name) => timesIn(texts, `${WORD}${name}.`) > 0);
  return { place, wanted, got: bodies.length === 0 ? ['no request'] : got };
}
