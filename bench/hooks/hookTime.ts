import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hookGroups } from '../../src/core/recall/connect/hookCommands';
import { hookFilesFor, hookJson, RECALL_FOLDER, sessionStartFile } from '../../src/core/recall/recallFiles';
import { PART_CHARACTERS } from '../../src/core/recall/sessionText';
import { mustRun } from '../../scripts/process';

/** What our hook takes beside `cat` of an empty file, both started as Claude Code starts them, in turns. */
export interface HookTime {
  /** Milliseconds, each the median. */
  readonly catMs: number;
  readonly hookMs: number;
  /** Of the medians, and of the 95th percentiles. */
  readonly ratio: number;
  readonly ratioP95: number;
}

/** A command of a hook: a line for the shell, or a program with its arguments. */
interface Command {
  readonly command: string;
  readonly args?: readonly string[];
}

/** Measures `rounds` of each, in a repository with a full hook file, or in a plain folder. */
export async function measureHookTime(rounds: number, { git }: { readonly git: boolean }): Promise<HookTime> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-hooks-')));
  try {
    if (git) await mustRun('git', ['init', '-q', root]);
    const [hook, printed] = await ourHook(root, git);
    const empty = path.join(root, 'empty');
    await writeFile(empty, '');
    const cat: Command = git ? { command: `cat '${empty}'` } : { command: 'cat', args: [empty] };
    const times = { cat: [] as number[], hook: [] as number[] };
    for (let round = -3; round < rounds; round += 1) {
      const [catRun, hookRun] = [await timed(cat, root), await timed(hook, root)];
      if (catRun.output !== '' || hookRun.output !== printed) throw new Error('A hook printed something else.');
      // The first ones find nothing in the caches.
      if (round < 0) continue;
      times.cat.push(catRun.ms);
      times.hook.push(hookRun.ms);
    }
    const at = (share: number): readonly [number, number] => [quantile(times.cat, share), quantile(times.hook, share)];
    const [[catMs, hookMs], [cat95, hook95]] = [at(0.5), at(0.95)];
    return { catMs, hookMs, ratio: hookMs / catMs, ratioP95: hook95 / cat95 };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function ourHook(root: string, git: boolean): Promise<readonly [hook: Command, printed: string]> {
  const recallFolder = path.join(root, '.agent-memory', RECALL_FOLDER);
  await mustRun('mkdir', ['-p', recallFolder]);
  const printed = hookJson('SessionStart', 'x'.repeat(PART_CHARACTERS));
  await writeFile(path.join(recallFolder, sessionStartFile(1)), printed);
  const place = { platform: 'posix', recallFolder, prefix: git ? '' : undefined, root } as const;
  const groups = hookGroups(place, { hookFiles: hookFilesFor(6_000), agentTypes: [], sessionEnd: false });
  const [handler] = groups.find(({ event }) => event === 'SessionStart')?.hooks ?? [];
  if (handler?.command === undefined) throw new Error('Connect has no hook for the start of a session.');
  const { command, args } = handler;
  return [{ command, ...(args === undefined ? {} : { args }) }, printed];
}

async function timed(
  { command, args }: Command,
  cwd: string,
): Promise<{ readonly ms: number; readonly output: string }> {
  const started = performance.now();
  return await new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'], CLAUDE_PROJECT_DIR: cwd };
    const child = spawn(command, [...(args ?? [])], {
      cwd,
      env,
      shell: args === undefined,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', () => {
      resolve({ ms: performance.now() - started, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
