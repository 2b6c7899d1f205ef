import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../process';
import { root } from '../root';
import { toolPath } from './checks';
import type { Stage, StageResult } from './stage';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

/** Counts what vitest reported; an exit code without a failed test (a threshold, a broken file) is one failure. */
function toResult(code: number, report: VitestReport | undefined): StageResult {
  if (!report) return { passed: 0, failed: 1, note: 'vitest left no report' };
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
  const note = skipped > 0 ? { note: `${skipped} skipped` } : {};
  if (code !== 0 && failed === 0) return { passed, failed: 1, note: 'a threshold was missed or a file is broken' };
  if (code === 0 && passed === 0) return { passed, failed: 1, note: 'no test ran' };
  return { passed, failed, ...note };
}

/** A stage that vitest runs; `before` prepares what its tests need. */
export function vitestStage(options: {
  readonly name: string;
  readonly proves: string;
  readonly args: readonly string[];
  readonly before?: () => Promise<void>;
}): Stage {
  const { name, proves, args, before } = options;
  return {
    name,
    proves,
    run: async () => {
      await before?.();
      const outputFile = path.join(root, `test-results/${name}.json`);
      await rm(outputFile, { force: true });
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
      const { code } = await runProgram(toolPath('vitest'), ['run', ...args, ...reporters], {
        cwd: root,
        shell: process.platform === 'win32',
      });
      return toResult(code, await readReport(outputFile));
    },
  };
}
