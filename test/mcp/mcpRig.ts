import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { mustRun } from '../../scripts/process';
import { root as projectRoot } from '../../scripts/root';
import { readStore } from '../../src/core/memory/store';
import { withAccepted } from '../../src/core/state/accepted';
import { updateState } from '../../src/core/state/localState';
import { createNodePorts, type NodePorts } from '../../src/node/nodePorts';

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** A folder with a memory of its own user, who accepted all of it. */
export interface McpStore {
  readonly root: string;
  readonly ports: NodePorts;
  /** The environment of a process of that user. */
  readonly environment: Readonly<Record<string, string>>;
  /** Accepts what stands in the store now. */
  readonly accept: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Makes a store with these files, or with what `fill` puts into its folder. */
export async function makeMcpStore(
  files: Readonly<Record<string, string>>,
  fill?: (folder: string) => Promise<unknown>,
): Promise<McpStore> {
  const base = await mkdtemp(path.join(tmpdir(), 'agent-dreams-mcp-'));
  const [root, home] = [path.join(base, 'project'), path.join(base, 'home')];
  const store = path.join(root, '.agent-memory');
  await mkdir(store, { recursive: true });
  await writeFile(path.join(store, 'MEMORY.md'), '# Memory\n');
  await fill?.(store);
  const userFolder = path.join(home, 'agent-dreams');
  const ports = await createNodePorts({ workspaceRoot: root, logger: SILENT, userFolder });
  // Through the ports: what stands in `.local` before its owner wrote anything is somebody else's.
  for (const [file, text] of Object.entries(files)) await ports.files.write(file, ports.text.encode(text));
  const accept = async (): Promise<void> => {
    const { memories } = await readStore(ports);
    const accepted = memories.map(({ path: file, sha256 }) => ({ path: file, after: sha256 }));
    await updateState(ports, (state) => withAccepted(state, undefined, accepted));
  };
  await accept();
  return {
    root,
    ports,
    environment: { HOME: home, XDG_CONFIG_HOME: home, APPDATA: home, PATH: process.env['PATH'] ?? '' },
    accept,
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

/** What runs outside the editor, in a folder of its own. */
interface BuiltAgent {
  /** What the editor starts as a server. */
  readonly server: string;
  /** What the command `agent-dreams` runs. */
  readonly command: string;
}

/** Builds it as it is now and as it ships. */
export async function buildAgent(folder: string): Promise<BuiltAgent> {
  const out = path.join(folder, 'dist');
  const only = '--only=agent,command,mcp';
  await mustRun(process.execPath, ['build/esbuild.mjs', only, `--out=${out}`], { cwd: projectRoot });
  return { server: path.join(out, 'mcp.js'), command: path.join(out, 'command.js') };
}

/** The server alone. Returns the file. */
export async function bundleServer(folder: string): Promise<string> {
  return (await buildAgent(folder)).server;
}

/** A client of the official SDK, connected over real standard input and output. */
export interface McpSession {
  readonly client: Client;
  /** What the server wrote to standard error. */
  readonly log: () => string;
  /** Calls a tool; gives its text, and whether it says that it failed. */
  readonly call: (
    name: string,
    given: Readonly<Record<string, unknown>>,
  ) => Promise<{ text: string; isError: boolean }>;
  readonly close: () => Promise<void>;
}

/** Starts a server in the folder and connects to it. */
export async function connectTo(
  bundle: string,
  store: Pick<McpStore, 'root' | 'environment'>,
  options: { readonly args?: readonly string[]; readonly cwd?: string; readonly name?: string } = {},
): Promise<McpSession> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bundle, ...(options.args ?? [])],
    cwd: options.cwd ?? store.root,
    env: { ...store.environment },
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const client = new Client({ name: options.name ?? 'test client', version: '1' });
  await client.connect(transport);
  return {
    client,
    log: () => log,
    call: async (name, given) => {
      const result = await client.callTool({ name, arguments: { ...given } }, CallToolResultSchema, {
        timeout: 120_000,
      });
      const { content, isError = false } = CallToolResultSchema.parse(result);
      return { text: content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'), isError };
    },
    close: () => client.close(),
  };
}
