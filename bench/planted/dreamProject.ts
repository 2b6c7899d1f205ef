import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import type { Change } from '../../src/core/review/proposal';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { projectFolderName } from '../../src/node/logs/projectFolder';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { silentLogger } from '../../src/node/lineLogger';
import { LAST_DAY, type Project } from './project';

/** What the product made of one project. */
export interface Dreamt {
  readonly sessions: number;
  readonly prompts: number;
  readonly changes: readonly Change[];
  /** Files below `.agent-memory/` that hold a secret of the project, in clear. */
  readonly leaks: readonly string[];
}

const NOW = LAST_DAY + 86_400_000;
const NEVER = { aborted: false };

/** Writes the project into `workspace` and its logs into `config`, captures them, and dreams once. */
export async function dreamProject(project: Project, workspace: string, config: string): Promise<Dreamt> {
  await writeAll(workspace, project.files);
  const folder = path.join(config, 'projects', projectFolderName(workspace));
  await writeAll(folder, Object.fromEntries(project.logs.map(({ path: file, text }) => [file, text])));
  const made = await createNodePorts({
    workspaceRoot: workspace,
    logger: silentLogger,
    userFolder: path.join(config, 'user'),
  });
  const ports = {
    ...made,
    probe: createWorkspaceProbe(workspace),
    clock: { ...made.clock, now: () => NOW, offsetMinutes: () => 0, timeZone: () => 'UTC' },
  };
  await initializeStore(ports, { share: 'private' });
  for (const memory of project.store) await createMemory(ports, { ...memory, created: '2026-08-03' }, []);
  const report = await captureSessions(
    ports,
    {
      workspaceRoot: workspace,
      configDirs: [config],
      extraLogFolders: [],
      mapCwd: [],
      exclude: { paths: [], entrypoints: [] },
      maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
      home: config,
    },
    NEVER,
  );
  const outcome = await runDream(ports, { trigger: 'cli', minSessions: 1, engine: 'offline' }, NEVER);
  if (outcome.kind !== 'completed') {
    const why = outcome.kind === 'failed' ? `: ${outcome.error.stack ?? outcome.error.message}` : '';
    throw new Error(`The dream over ${project.name} ended as ${outcome.kind}${why}`);
  }
  return {
    sessions: report.captured,
    prompts: report.prompts,
    changes: outcome.proposal.changes,
    leaks: await leaks(path.join(workspace, '.agent-memory'), project.secrets),
  };
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

async function leaks(folder: string, secrets: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = await readFile(file, 'latin1');
    if (secrets.some((secret) => text.includes(secret))) {
      found.push(file);
      process.stderr.write(
        file + ' ' + text.slice(Math.max(0, text.indexOf(secrets[0]!) - 150), text.indexOf(secrets[0]!) + 60) + '\n',
      );
    }
  }
  return found;
}
