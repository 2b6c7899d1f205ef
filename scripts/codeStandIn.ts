// Stands in for the desktop `code` executable of @vscode/test-electron: takes its command line and runs the suite in the
// extension host of code-server. Only test runs are supported.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveTestsPath, runInExtensionHost } from './rig/extensionHost';

const TIMEOUT_MS = 300_000;

interface CommandLine {
  readonly developmentPath: string | undefined;
  readonly testsPath: string | undefined;
  readonly workspace: string | undefined;
  readonly userData: string | undefined;
}

const toPath = (value: string): string => (value.startsWith('file:') ? fileURLToPath(value) : path.resolve(value));

function parseCommandLine(args: readonly string[]): CommandLine {
  const values = (flag: string): string[] =>
    args.filter((arg) => arg.startsWith(`--${flag}=`)).map((arg) => toPath(arg.slice(flag.length + 3)));
  return {
    developmentPath: values('extensionDevelopmentPath')[0],
    testsPath: values('extensionTestsPath')[0],
    userData: values('user-data-dir')[0],
    workspace: args.filter((arg) => !arg.startsWith('-')).map(toPath)[0],
  };
}

async function readSettings(userData: string | undefined): Promise<Record<string, unknown>> {
  if (!userData) return {};
  const text = await readFile(path.join(userData, 'User/settings.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, unknown>;
}

const { developmentPath, testsPath, workspace, userData } = parseCommandLine(process.argv.slice(2));
if (!testsPath || !developmentPath) {
  process.stderr.write('Only a test run is supported (--extensionTestsPath= and --extensionDevelopmentPath=).\n');
  process.exit(64);
}
const code = await runInExtensionHost({
  developmentPath,
  testsPath: await resolveTestsPath(testsPath),
  ...(workspace ? { workspace } : {}),
  settings: await readSettings(userData),
  timeoutMs: TIMEOUT_MS,
});
process.exit(code);
