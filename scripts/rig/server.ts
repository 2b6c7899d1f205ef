import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../process';
import { ensureCodeServer, type CodeServer } from './codeServer';
import type { Sandbox } from './sandbox';
import { QUIET_SETTINGS } from './settings';

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 5_000;

/** How a server is started; everything has a quiet default. */
export interface ServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Workspace trust as VS Code has it by default; off = every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Needed for `extensionTestsPath`, which a built VS Code otherwise ignores without a word. */
  readonly testDriver?: boolean;
  /** Keep the user's own home folder, so that their session logs are found. */
  readonly realHome?: boolean;
}

/** A running code-server on loopback. */
export interface RunningServer {
  readonly url: string;
  /** Every process of the server descends from this one. */
  readonly pid: number;
  stop(): Promise<void>;
}

function serverEnvironment(sandbox: Sandbox, options: ServerOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|VITEST)/.test(name) && !['NODE_OPTIONS', 'PORT', 'NODE_ENV'].includes(name),
  );
  const home = {
    HOME: sandbox.home,
    XDG_CONFIG_HOME: path.join(sandbox.home, '.config'),
    XDG_DATA_HOME: path.join(sandbox.home, '.local/share'),
    CLAUDE_CONFIG_DIR: sandbox.claudeConfig,
  };
  return {
    ...Object.fromEntries(inherited),
    ...(options.realHome ? {} : home),
    TMPDIR: sandbox.tmp,
    EXTENSIONS_GALLERY: '{}',
    ...options.env,
  };
}

function commonArguments({ entry }: CodeServer, sandbox: Sandbox): string[] {
  const config = path.join(sandbox.root, 'code-server.yaml');
  return [entry, '--user-data-dir', sandbox.userData, '--extensions-dir', sandbox.extensions, '--config', config];
}

/** Installs a packaged extension into the sandbox; throws with VS Code's own words where it is refused. */
export async function installExtension(sandbox: Sandbox, vsix: string): Promise<void> {
  const server = await ensureCodeServer();
  const args = [...commonArguments(server, sandbox), '--install-extension', vsix, '--force'];
  await mustRun(server.node, args, { env: serverEnvironment(sandbox, {}) });
}

/** Waits for the line that names the port; rejects with all the server said where it ends or takes too long. */
async function listeningUrl(child: ChildProcess, log: string): Promise<string> {
  const file = createWriteStream(log);
  let text = '';
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`code-server did not start in time:\n${text}`)), START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      file.write(chunk);
      if (text.length > 100_000) return;
      text += chunk.toString('utf8');
      const match = /listening on (http:\/\/127\.0\.0\.1:\d+)\//.exec(text);
      if (!match?.[1]) return;
      clearTimeout(timer);
      resolve(match[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`code-server ended with ${code ?? 'a signal'}:\n${text}`));
    });
  });
}

/** Starts code-server on a free loopback port. It is a process group of its own and never outlives this process. */
export async function startServer(sandbox: Sandbox, options: ServerOptions = {}): Promise<RunningServer> {
  const server = await ensureCodeServer();
  await mkdir(path.join(sandbox.userData, 'User'), { recursive: true });
  const trust = options.workspaceTrust ?? false;
  const settings = { ...QUIET_SETTINGS, 'security.workspace.trust.enabled': trust, ...options.settings };
  await writeFile(path.join(sandbox.userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const args = [
    ...commonArguments(server, sandbox),
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy'],
    '--ignore-last-opened',
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = spawn(server.node, args, {
    env: serverEnvironment(sandbox, options),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const onExit = (): void => killGroup('SIGKILL');
  process.once('exit', onExit);
  const url = await listeningUrl(child, path.join(sandbox.root, 'server.log'));
  const stop = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    killGroup('SIGTERM');
    const timer = setTimeout(() => killGroup('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
    // The extension host can outlive its parent.
    killGroup('SIGKILL');
    process.removeListener('exit', onExit);
  };
  return { url, pid: child.pid ?? 0, stop };
}
