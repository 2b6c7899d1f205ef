import { readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser';
import { createSandbox } from './sandbox';
import { installExtension, startServer, type RunningServer } from './server';
import { openWorkbench } from './workbench';

/** The workbench's own log lines, which share the channel with the extension host's console. */
const WORKBENCH_NOISE =
  /^(Canceled: Canceled|Creation of workbench|Ignoring fetching|Updating additional builtin|\[AccountPolicyGate\]|\[AgentHost:|\[Service Worker\]|\[reconnection-|Creating a socket|Resolv(ing|ed) connection|\[PolicyGate|Started local extension host|Extension host \(|The web worker|overrideIdentity|No search provider|\[perf\]|Settings Sync|Auth token|Failed to load resource)/;

/** One run of an `extensionTestsPath` suite in the extension host. */
export interface HostRun {
  readonly developmentPath: string;
  /** Packaged extensions that are installed before the run. */
  readonly install?: readonly string[];
  /** A JavaScript file that exports `run()`. */
  readonly testsPath: string;
  readonly workspace?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** How often the page is opened anew, one after the other, on the same server. */
  readonly rounds?: number;
}

/** 0 all passed, 1 a test failed, 2 the rig broke before there was a result. */
export type HostExit = 0 | 1 | 2;

/** Exposes what the workbench's test driver calls, and resolves with the suite's exit code. */
async function listenForResult(page: Page, timeoutMs: number): Promise<{ readonly code: Promise<HostExit> }> {
  const waiting: { finish?: (code: number) => void; finished?: boolean } = {};
  const code = new Promise<HostExit>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no result in ${timeoutMs} ms`)), timeoutMs);
    waiting.finish = (exitCode) => {
      clearTimeout(timer);
      waiting.finished = true;
      resolve(exitCode === 0 ? 0 : 1);
    };
    page.once('crash', () => reject(new Error('the page crashed')));
    page.once('close', () => clearTimeout(timer));
  });
  // It may reject while the page is still being opened, before anyone awaits it.
  code.catch(() => undefined);
  await page.exposeFunction('codeAutomationExit', (exitCode: number) => waiting.finish?.(exitCode));
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const line = format(...args);
    // Once the suite has ended the workbench complains about being torn down.
    if (waiting.finished || WORKBENCH_NOISE.test(line)) return;
    (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${line}\n`);
  });
  return { code };
}

/** Opens a folder in a page whose extension host runs the suite; the page must expose what the test driver calls. */
export async function openSuite(
  page: Page,
  server: RunningServer,
  suite: Pick<HostRun, 'developmentPath' | 'testsPath'>,
  folder: string,
): Promise<void> {
  const { host } = new URL(server.url);
  const uri = (file: string): string => `vscode-remote://${host}${file}`;
  await openWorkbench(page, server.url, {
    folder,
    payload: [
      ['extensionDevelopmentPath', uri(suite.developmentPath)],
      ['extensionTestsPath', uri(suite.testsPath)],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ],
  });
}

async function runOnce(page: Page, server: RunningServer, run: HostRun, folder: string): Promise<HostExit> {
  const { code } = await listenForResult(page, run.timeoutMs);
  await openSuite(page, server, run, folder);
  return await code;
}

/** Runs a suite in the real extension host of code-server, with a headless browser as its window. */
export async function runInExtensionHost(run: HostRun): Promise<HostExit> {
  const sandbox = await createSandbox('agent-dreams-host-');
  for (const vsix of run.install ?? []) await installExtension(sandbox, vsix);
  const options = { testDriver: true, settings: run.settings ?? {}, env: run.env ?? {} };
  const server = await startServer(sandbox, options);
  const window = await openBrowser({ home: sandbox.home });
  let code: HostExit = 0;
  try {
    for (let round = 0; round < (run.rounds ?? 1) && code === 0; round++) {
      const page = await window.context.newPage();
      code = await runOnce(page, server, run, run.workspace ?? sandbox.workspace);
      await page.close();
    }
  } catch (error) {
    code = 2;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    const log = await readFile(path.join(sandbox.root, 'server.log'), 'utf8').catch(() => '');
    process.stderr.write(`${log.split('\n').slice(-15).join('\n')}\n`);
  } finally {
    await window.close();
    await server.stop();
    await sandbox.remove();
  }
  return code;
}

/** Desktop VS Code resolves a tests path without its `.js`; the server wants the file itself. */
export async function resolveTestsPath(testsPath: string): Promise<string> {
  if (!existsSync(testsPath)) return `${testsPath}.js`;
  return (await stat(testsPath)).isDirectory() ? path.join(testsPath, 'index.js') : testsPath;
}
