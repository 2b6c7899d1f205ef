import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { root } from '../../scripts/root';
import { toolPath } from '../../scripts/stages/checks';
import { runInExtensionHost } from '../../scripts/rig/extensionHost';
import type { ActivationRound } from './inHost';

const ROUND_TIMEOUT_MS = 120_000;

/** Medians over all rounds, in milliseconds. */
export interface Activation {
  readonly rounds: number;
  readonly emptyMs: number;
  readonly extensionMs: number;
  /** Names of the files that `activate` loaded. */
  readonly loaded: readonly string[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

async function writeEmptyExtension(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: path.basename(folder),
    publisher: 'bench',
    version: '1.0.0',
    main: './extension.js',
    activationEvents: [],
    engines: { vscode: '^1.101.0' },
    extensionKind: ['workspace'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'extension.js'), 'exports.activate = () => undefined;\n');
  return folder;
}

/** A copy of the extension that nothing activates but the measurement. */
async function stageExtension(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const built = await readdir(path.join(root, 'dist'));
  const bundles = built
    .filter((name) => /^(?:extension|app|engine-[a-z-]+)\.js$/u.test(name))
    .map((name) => `dist/${name}`);
  const parts = [...bundles, 'media', 'package.nls.json', 'README.md', 'LICENSE'];
  for (const part of parts) await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as object;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  return folder;
}

async function pack(folder: string): Promise<string> {
  const vsix = `${folder}.vsix`;
  const quiet = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await mustRun(toolPath('vsce'), ['package', ...quiet, '--out', vsix], { cwd: folder });
  return vsix;
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
  const resultFile = path.join(folder, 'rounds.jsonl');
  const testsPath = path.join(folder, 'inHost.js');
  try {
    const driver = await writeEmptyExtension(path.join(folder, 'driver'));
    const install = [
      await pack(await writeEmptyExtension(path.join(folder, 'throw-away'))),
      await pack(await writeEmptyExtension(path.join(folder, 'empty'))),
      await pack(await stageExtension(path.join(folder, 'agent-dreams'))),
    ];
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
      developmentPath: driver,
      install,
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
      loaded: [...new Set(measured.flatMap((round) => round.loaded))].map((file) => path.basename(file)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
