import { build } from 'esbuild';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/root';

/** A folder that is removed afterwards. */
export async function inFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), `agent-dreams-${name}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Bundles a TypeScript file that child processes run, once for all of them. */
export async function bundleChild(entry: string, folder: string): Promise<string> {
  const outfile = path.join(folder, 'child.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: [path.join(root, entry)],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** A child process that is told things and tells things, in JSON. */
export interface Talker {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  tell(message: unknown): void;
  /** What it says next; rejects, with its error output, when it ends instead. */
  hear(): Promise<unknown>;
}

/** Starts the bundled child. It gets its arguments as its first message. */
export function startTalker(script: string, first: unknown): Talker {
  const child = fork(script, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const heard: unknown[] = [];
  const waiting: { resolve: (message: unknown) => void; reject: (error: Error) => void }[] = [];
  let failure = '';
  let over = false;
  child.stderr?.on('data', (chunk: Buffer) => (failure += chunk.toString('utf8')));
  child.on('message', (message) => {
    const next = waiting.shift();
    if (next === undefined) heard.push(message);
    else next.resolve(message);
  });
  // A message to a process that was killed a moment ago.
  child.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      over = true;
      for (const one of waiting) one.reject(new Error(`The child has ended. ${failure}`));
      resolve();
    });
  });
  const talker: Talker = {
    process: child,
    ended,
    tell: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    hear: () => {
      if (heard.length > 0) return Promise.resolve(heard.shift());
      if (over) return Promise.reject(new Error(`The child has ended. ${failure}`));
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
  talker.tell(first);
  return talker;
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
