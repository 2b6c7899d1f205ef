import { execFileSync } from 'node:child_process';
import { mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FindingKind } from '../../../src/core/doctor/finding';
import { healthyWorkspace, type Workspace } from '../../doctor/workspace';
import { timesIn } from './body';
import { openCliWorld, type CliRun, type CliWorld } from './cliWorld';

/** Something that is wrong with a connected folder. */
export interface Breakage {
  readonly name: string;
  /** Runs in a workspace where all is well, and is undone afterwards; returns what the program is started with. */
  readonly make: (workspace: Workspace, world: CliWorld) => Promise<Started | undefined>;
  /** The memory still arrives. */
  readonly arrives: boolean;
  /** What the doctor says; nothing where all is as it should be in spite of it. */
  readonly finds?: FindingKind;
}

interface Started {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of a session with it. */
export interface BrokenSession {
  readonly name: string;
  /** It answered, and ended well. */
  readonly wentOn: boolean;
  /** As wanted: there, or not there. */
  readonly arrivedAsDue: boolean;
  readonly found: boolean;
  /** More than the session in which all was well. */
  readonly laterMs: number;
}

const RECALL = '.agent-memory/.local/recall';
const SESSION_START = `${RECALL}/session-start.json`;
const SETTINGS = '.claude/settings.local.json';
const HUGE = 300 * 1024 * 1024;

export const BREAKAGES: readonly Breakage[] = [
  {
    name: 'the rendered file is gone',
    make: async ({ root }) => await rm(path.join(root, SESSION_START)).then(() => undefined),
    arrives: false,
    finds: 'recall-missing',
  },
  {
    name: 'the rendered folder is gone',
    make: async ({ root }) => await rm(path.join(root, RECALL), { recursive: true }).then(() => undefined),
    arrives: false,
    finds: 'recall-missing',
  },
  {
    name: 'the rendered file is no JSON',
    make: async (workspace) => await workspace.write(SESSION_START, '{"hookSpecificOutput": {').then(() => undefined),
    arrives: false,
    finds: 'recall-invalid',
  },
  {
    name: 'the rendered file is huge',
    make: async ({ root }) => {
      const file = await open(path.join(root, SESSION_START), 'w');
      await file.truncate(HUGE);
      await file.close();
      return undefined;
    },
    arrives: false,
    finds: 'recall-invalid',
  },
  {
    name: 'the rendered file is a pipe that nobody writes to',
    make: async ({ root }) => {
      await rm(path.join(root, SESSION_START));
      execFileSync('mkfifo', [path.join(root, SESSION_START)]);
      return undefined;
    },
    arrives: false,
    finds: 'hook-failed',
  },
  {
    name: 'the store is gone',
    make: async ({ root }) => await rm(path.join(root, '.agent-memory'), { recursive: true }).then(() => undefined),
    arrives: false,
    finds: 'no-store',
  },
  {
    name: 'a memory cannot be read',
    make: async (workspace) =>
      await workspace.write('.agent-memory/conventions/use-pnpm.md', '---\nname: [\n---\n').then(() => undefined),
    arrives: true,
    finds: 'memory-unreadable',
  },
  {
    name: 'thousands of files in the store that nobody accepted',
    make: async ({ root }) => {
      const folder = path.join(root, '.agent-memory/facts');
      await mkdir(folder, { recursive: true });
      for (let n = 0; n < 3_000; n += 1) {
        await writeFile(
          path.join(folder, `fact-${n}.md`),
          `---\nname: fact-${n}\ndescription: Fact ${n}\n---\nText.\n`,
        );
      }
      return undefined;
    },
    arrives: true,
    finds: 'waiting',
  },
  {
    name: 'the settings are no JSON',
    make: async ({ root }) => await writeFile(path.join(root, SETTINGS), '{ "hooks": {').then(() => undefined),
    arrives: false,
    finds: 'settings-invalid',
  },
  {
    name: 'the settings have comments',
    make: async (workspace) =>
      await workspace.write(SETTINGS, `// mine\n${await workspace.read(SETTINGS)}`).then(() => undefined),
    arrives: false,
    finds: 'settings-invalid',
  },
  {
    name: 'the program that captures is gone',
    make: async ({ home }) => await rm(path.join(home, 'bin/agent-dreams')).then(() => undefined),
    arrives: true,
    finds: 'command-missing',
  },
  {
    name: 'git is not there',
    make: async (_workspace, world) => {
      const bin = path.join(world.folder, 'without-git');
      await mkdir(bin, { recursive: true });
      for (const tool of ['sh', 'head', 'cat']) {
        await symlink(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), path.join(bin, tool)).catch(
          () => undefined,
        );
      }
      return { env: { PATH: bin } };
    },
    arrives: true,
  },
  {
    name: 'the folder has moved',
    make: async ({ root }) => {
      await rename(root, `${root}-moved`);
      return { cwd: `${root}-moved` };
    },
    arrives: true,
  },
];

/** One session with each of them, in the genuine program, and what the doctor says then. */
export async function breakAll(program: string, breakages = BREAKAGES): Promise<readonly BrokenSession[]> {
  const [world, workspace] = [await openCliWorld(program), await healthyWorkspace()];
  try {
    const usual = await session(world, workspace, undefined);
    if (!arrived(usual)) throw new Error('The memory does not arrive where all is well.');
    const sessions: BrokenSession[] = [];
    for (const breakage of breakages) {
      const putBack = await workspace.keep();
      const started = await breakage.make(workspace, world);
      const run = await session(world, workspace, started);
      const found = breakage.finds === undefined ? [] : await workspace.check();
      await putBack();
      sessions.push({
        name: breakage.name,
        wentOn: run.code === 0 && run.result === 'done' && run.bodies.length === 1,
        arrivedAsDue: arrived(run) === breakage.arrives,
        found: breakage.finds === undefined || found.some(({ kind }) => kind === breakage.finds),
        laterMs: run.ms - usual.ms,
      });
    }
    return sessions;
  } finally {
    await workspace.dispose();
    await world.close();
  }
}

async function session(world: CliWorld, { root, home, configDir }: Workspace, started: Started = {}): Promise<CliRun> {
  const env = { HOME: home, CLAUDE_CONFIG_DIR: configDir, ...started.env };
  return await world.run('Hello', { cwd: started.cwd ?? root, env });
}

function arrived({ bodies }: CliRun): boolean {
  return bodies.some(({ texts }) => timesIn(texts, 'Install and run scripts with pnpm') > 0);
}
