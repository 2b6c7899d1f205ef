import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../../scripts/root';
import { writeBigLog } from './bigLog';

const TIME = '/usr/bin/time';

/** What capturing one big log takes. */
export interface CaptureMemory {
  readonly logMb: number;
  readonly peakRssMb: number;
  readonly seconds: number;
  readonly prompts: number;
  /** `time`: as /usr/bin/time -v reports it; `self`: as the process reports it of itself. */
  readonly measuredBy: 'time' | 'self';
}

interface ChildReport {
  readonly captured: number;
  readonly prompts: number;
  readonly bytesRead: number;
  readonly seconds: number;
  readonly maxRssKb: number;
}

async function bundleChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'captureOnce.mjs');
  await build({
    entryPoints: [path.join(root, 'bench/capture/captureOnce.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

async function run(command: string, args: readonly string[]): Promise<{ out: string; err: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${command} failed: ${err}`);
  return { out, err };
}

/** Writes a log of `megabytes`, captures it in a process of its own, and tells that process's peak resident memory. */
export async function measureCaptureMemory(megabytes: number): Promise<CaptureMemory> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-memory-'));
  try {
    const workspace = path.join(folder, 'workspace');
    const logs = path.join(folder, 'logs');
    await mkdir(workspace);
    await mkdir(logs);
    const log = path.join(logs, 'big.jsonl');
    await writeBigLog(log, workspace, megabytes * 1_000_000);
    const node = [process.execPath, await bundleChild(folder), workspace, logs];
    const timed = existsSync(TIME);
    const [command = '', ...args] = timed ? [TIME, '-v', ...node] : node;
    const { out, err } = await run(command, args);
    const report = JSON.parse(out) as ChildReport;
    if (report.captured !== 1) throw new Error(`the log was not captured: ${out}`);
    const ofTime = /Maximum resident set size \(kbytes\): (\d+)/u.exec(err)?.[1];
    return {
      logMb: (await stat(log)).size / 1_000_000,
      peakRssMb: Number(ofTime ?? report.maxRssKb) / 1_000,
      seconds: report.seconds,
      prompts: report.prompts,
      measuredBy: ofTime === undefined ? 'self' : 'time',
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
