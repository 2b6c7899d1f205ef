import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun, say } from '../process';
import { root } from '../root';
import type { Stage, StageResult } from './stage';

/** The desktop release that the suite runs in where it can be downloaded; the same as the code-server stand-in. */
const VSCODE_VERSION = '1.139.1';

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** Desktop VS Code where there is a display and a download, else the stand-in that drives code-server. */
async function findExecutable(): Promise<string> {
  const standIn = path.join(root, 'scripts/codeStandIn.mjs');
  if (process.env['AGENT_DREAMS_HOST'] === 'code-server' || !hasDisplay) return standIn;
  try {
    return await downloadAndUnzipVSCode({ version: VSCODE_VERSION, cachePath: path.join(root, '.vscode-test') });
  } catch (error) {
    if (process.platform === 'win32') throw error;
    say(`Desktop VS Code could not be downloaded (${String(error)}); running in code-server instead.`);
    return standIn;
  }
}

interface MochaStats {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

async function readStats(file: string): Promise<MochaStats | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as MochaStats;
  } catch {
    return undefined;
  }
}

async function runHost(): Promise<StageResult> {
  await mustRun(process.execPath, ['build/esbuild.mjs', '--tests'], { cwd: root });
  const executable = await findExecutable();
  if (executable.endsWith('.mjs')) await chmod(executable, 0o755);
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-suite-'));
  const workspace = path.join(folder, 'workspace');
  const resultFile = path.join(folder, 'result.json');
  await mkdir(workspace);
  await writeFile(path.join(workspace, 'README.md'), '# A workspace\n');
  try {
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out/host/index.js'),
      launchArgs: [workspace, '--disable-extensions'],
      extensionTestsEnv: {
        AGENT_DREAMS_HOST_RESULT: resultFile,
        CLAUDE_CONFIG_DIR: path.join(folder, 'claude'),
      },
    }).catch((error: unknown) => {
      say(String(error));
      return 1;
    });
    const stats = await readStats(resultFile);
    if (!stats) return { passed: 0, failed: 1, note: `the suite left no result (exit ${code})` };
    const { passes, failures, pending } = stats;
    const failed = code !== 0 && failures === 0 ? 1 : failures;
    return { passed: passes, failed, ...(pending > 0 ? { note: `${pending} skipped` } : {}) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Mocha in the real extension host. */
export const hostStage: Stage = { name: 'host', proves: 'the extension inside the extension host', run: runHost };
