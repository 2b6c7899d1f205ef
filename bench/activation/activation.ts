import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { root } from '../../scripts/root';
import { runInExtensionHost } from '../../scripts/rig/extensionHost';
import type { ActivationRound } from './inHost';

const ROUND_TIMEOUT_MS = 120_000;

/** Medians over all rounds, in milliseconds. */
export interface Activation {
  readonly rounds: number;
  readonly emptyMs: number;
  readonly extensionMs: number;
  /** Files that `activate` loaded, relative to the extension. */
  readonly loaded: readonly string[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

async function writeEmptyExtension(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = { name, publisher: 'bench', version: '1.0.0', main: './extension.js', activationEvents: [] };
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ ...manifest, engines: { vscode: '^1.101.0' }, extensionKind: ['workspace'] }),
  );
  await writeFile(path.join(folder, 'extension.js'), 'exports.activate = () => undefined;\n');
}

/** A copy of the extension that nothing activates but the measurement. */
async function stageExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of ['dist', 'media', 'package.nls.json']) {
    if (existsSync(path.join(root, part)))
      await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as object;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
}

async function readRounds(file: string): Promise<readonly ActivationRound[]> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ActivationRound);
}

/**
 * Activation (bundle load and `activate`) beside an empty extension, in the real extension host, a fresh page a round.
 * Throws where a round fails.
 */
export async function measureActivation(rounds: number): Promise<Activation> {
  await mustRun(process.execPath, ['build/esbuild.mjs'], { cwd: root });
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-activation-'));
  const staged = path.join(folder, 'agent-dreams');
  const resultFile = path.join(folder, 'rounds.jsonl');
  const testsPath = path.join(folder, 'inHost.js');
  const empties = ['throw-away', 'empty'].map((name) => path.join(folder, name));
  try {
    for (const empty of empties) await writeEmptyExtension(empty, path.basename(empty));
    await stageExtension(staged);
    await build({
      absWorkingDir: root,
      entryPoints: ['bench/activation/inHost.ts'],
      outfile: testsPath,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['vscode'],
    });
    const code = await runInExtensionHost({
      developmentPaths: [...empties, staged],
      testsPath,
      env: { AGENT_DREAMS_ACTIVATION_RESULT: resultFile },
      timeoutMs: ROUND_TIMEOUT_MS,
      rounds,
    });
    const measured = await readRounds(resultFile);
    if (code !== 0 || measured.length < rounds) {
      throw new Error(`only ${measured.length} of ${rounds} activation rounds were measured`);
    }
    return {
      rounds: measured.length,
      emptyMs: median(measured.map((round) => round.emptyMs)),
      extensionMs: median(measured.map((round) => round.extensionMs)),
      loaded: [...new Set(measured.flatMap((round) => round.loaded))].map((file) => path.relative(staged, file)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
