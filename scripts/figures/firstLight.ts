import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { measureActivation } from '../../bench/activation/activation';
import { runCrashHarness } from '../../test/crash/crashHarness';
import { runProgram } from '../process';
import { root } from '../root';
import { packageExtension } from '../stages/packageExtension';
import { toolPath } from '../stages/checks';
import { atMost, exactly, type Measurement } from './figure';
import { captureMemory, captureOfTranscripts, quotesOfDreams } from './transcripts';

const ACTIVATION_ROUNDS = 15;
const MAX_OVER_EMPTY_MS = 4;
const MAX_VSIX_KB = 1_000;
const KILLS = 200;

async function smokeStart(): Promise<number> {
  const { code } = await runProgram(process.execPath, ['scripts/run.mjs', 'start', '--smoke'], {
    cwd: root,
    quiet: true,
  });
  return code;
}

async function sdkInputs(): Promise<number> {
  const text = await readFile(path.join(root, 'dist/extension.meta.json'), 'utf8');
  const { inputs } = JSON.parse(text) as { inputs: Record<string, unknown> };
  return Object.keys(inputs).filter((input) => input.includes('@anthropic-ai')).length;
}

/** What issue "first light" must show, as far as it is a number. */
export const firstLight: readonly Measurement[] = [
  {
    name: 'start',
    measure: async () => {
      const started = performance.now();
      const code = await smokeStart();
      const seconds = (performance.now() - started) / 1000;
      return [exactly('smoke-start-exit-code', code, 0), atMost('smoke-start-time', seconds, 300, 's')];
    },
  },
  {
    name: 'core',
    measure: async () => {
      const args = ['run', 'test/unit/tooling/layers.test.ts'];
      const { code } = await runProgram(toolPath('vitest'), args, { cwd: root, quiet: true });
      return [exactly('core-bundles-alone-and-layers-linted', code === 0 ? 'yes' : 'no', 'yes')];
    },
  },
  {
    name: 'package',
    measure: async () => {
      const { size } = await stat(await packageExtension());
      return [atMost('vsix-size', size / 1_000, MAX_VSIX_KB, 'kB')];
    },
  },
  {
    name: 'activation',
    measure: async () => {
      const { emptyMs, extensionMs, loaded } = await measureActivation(ACTIVATION_ROUNDS);
      const eager = loaded.filter((file) => file !== 'extension.js');
      return [
        atMost('activation-over-empty-extension', extensionMs - emptyMs, MAX_OVER_EMPTY_MS, 'ms'),
        exactly('files-loaded-by-activation-besides-the-entry', eager.length, 0),
        exactly('anthropic-sdk-files-in-the-activation-bundle', await sdkInputs(), 0),
      ];
    },
  },
  captureOfTranscripts,
  captureMemory,
  quotesOfDreams,
  {
    name: 'crash',
    measure: async () => {
      const report = await runCrashHarness({ kills: KILLS, seed: 1 });
      const { torn, mixed, lost, journalInconsistent } = report;
      return [
        exactly('kills-during-apply', report.kills, KILLS),
        exactly('kills-that-left-neither-the-old-nor-the-new-store', torn + mixed, 0),
        exactly('kills-that-lost-something', lost, 0),
        exactly('kills-that-left-an-inconsistent-journal', journalInconsistent, 0),
      ];
    },
  },
];
