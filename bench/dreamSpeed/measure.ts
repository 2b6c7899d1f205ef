import { build } from 'esbuild';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { root } from '../../scripts/root';
import { portsIn, writeDreamCorpus } from './corpus';

/** What one dream in a process of its own took. */
export interface DreamRun {
  /** Seconds of processor time. */
  readonly dream: number;
  /** The same for reading and parsing the same bytes, before and after; empty where only memory was asked for. */
  readonly parses: readonly number[];
  readonly bytes: number;
  readonly maxRssMb: number;
  readonly sessions: number;
  readonly changes: number;
}

/**
 * Writes stores with so many sessions and memories each, and dreams over every one in a process of its own. The last one
 * is also read and parsed in the same process, before and after the dream.
 */
export async function measureDreams(sizes: readonly number[], memories: number): Promise<readonly DreamRun[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'agent-dreams-speed-'));
  try {
    const child = await bundleChild(scratch);
    const runs: DreamRun[] = [];
    for (const size of sizes) {
      const folder = path.join(scratch, String(size));
      await mkdir(path.join(folder, 'workspace'), { recursive: true });
      await writeDreamCorpus(await portsIn(folder), size, memories);
      const mode = size === sizes.at(-1) ? 'both' : 'memory';
      const printed = await mustRun(process.execPath, [child, folder, mode], { cwd: root });
      // Printed by our own child.
      runs.push(JSON.parse(printed.trim().split('\n').at(-1) ?? '{}') as DreamRun);
      await rm(folder, { recursive: true, force: true });
    }
    return runs;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function bundleChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'dreamOnce.mjs');
  await build({
    entryPoints: [path.join(root, 'bench/dreamSpeed/dreamOnce.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
