import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { mustRun, runProgram, say } from '../process';
import { aptInstall, hasApt } from './apt';

/** code-server 4.139.1 is VS Code 1.139.1 and wants Node 24; both come from the npm registry. */
const NODE_VERSION = '24.21.0';
const CODE_SERVER_VERSION = '4.139.1';

/** Where Node 24 and code-server are installed. */
export interface CodeServer {
  readonly node: string;
  readonly entry: string;
}

/** Where what the rig needs is installed. */
export function rigDirectory(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  const fallback = path.join(cache, 'agent-dreams', `rig-${NODE_VERSION}-${CODE_SERVER_VERSION}`);
  return path.resolve(process.env['AGENT_DREAMS_RIG_DIR'] ?? fallback);
}

const nodePackage = `node-${process.platform}-${process.arch}`;

function locate(directory: string): CodeServer {
  return {
    node: path.join(directory, 'node_modules', nodePackage, 'bin/node'),
    entry: path.join(directory, 'node_modules/code-server/out/node/entry.js'),
  };
}

/** The compiler for two small native modules. Without it code-server still works, only slower and noisier. */
async function ensureCompiler(): Promise<boolean> {
  const missing: string[] = [];
  for (const tool of ['python3', 'make', 'g++']) {
    if ((await runProgram('sh', ['-c', `command -v ${tool}`], { quiet: true })).code !== 0) missing.push(tool);
  }
  if (missing.length === 0) return true;
  if (!hasApt()) return false;
  try {
    await aptInstall(missing);
    return true;
  } catch {
    return false;
  }
}

async function install(directory: string): Promise<void> {
  await rm(path.join(directory, 'node_modules'), { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'package.json'), '{"private":true}\n');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
  const packages = [`${nodePackage}@${NODE_VERSION}`, `code-server@${CODE_SERVER_VERSION}`];
  await mustRun('npm', ['install', '--no-save', ...quiet, ...packages], { cwd: directory });
  const nodeHome = path.join(directory, 'node_modules', nodePackage);
  const env = {
    ...process.env,
    PATH: `${path.join(nodeHome, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    // That package ships the headers of the Node that will load the modules: node-gyp downloads nothing.
    npm_config_nodedir: nodeHome,
  };
  const cwd = path.join(directory, 'node_modules/code-server/lib/vscode');
  // Not `npm ci`: the shrinkwrap of this release lacks a package.
  await mustRun('npm', ['install', '--omit=dev', ...quiet], { cwd, env });
  if (await ensureCompiler()) {
    await mustRun('npm', ['rebuild', '--foreground-scripts', '@vscode/spdlog', '@vscode/native-watchdog'], {
      cwd,
      env,
    });
  } else {
    say('No C++ compiler (python3, make, g++): code-server goes without two native modules, which is slower.');
  }
}

/**
 * Node 24 and code-server, installed on first use (about 40 s, 800 MB) into the user's cache folder, or into
 * AGENT_DREAMS_RIG_DIR. Throws on Windows, where code-server does not run.
 */
export async function ensureCodeServer(): Promise<CodeServer> {
  if (process.platform === 'win32') {
    throw new Error('code-server does not run on Windows: install desktop VS Code so that `code` is on the PATH.');
  }
  const directory = rigDirectory();
  const stamp = path.join(directory, `.done-${NODE_VERSION}-${CODE_SERVER_VERSION}`);
  if (!existsSync(stamp)) {
    say(`Installing code-server ${CODE_SERVER_VERSION} into ${directory} (once, about 800 MB) ...`);
    await install(directory);
    await writeFile(stamp, '');
  }
  return locate(directory);
}
