// `npm start [-- workspace] [--smoke] [--code-server]`: packages the extension, installs it in a real VS Code and opens
// it on the workspace, or on the bundled example project with its session logs.
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { say } from './process';
import { createSandbox, type Sandbox } from './rig/sandbox';
import { installExtension, startServer } from './rig/server';
import { packageExtension } from './stages/packageExtension';
import { findDesktopCode, openDesktop } from './start/desktop';
import { copyExample } from './start/example';
import { smoke } from './start/smoke';

interface Session {
  readonly sandbox: Sandbox;
  readonly vsix: string;
  readonly workspace: string;
  /** The bundled example runs in a home of its own; a workspace of the user's sees their session logs. */
  readonly isExample: boolean;
}

function readCommandLine(): {
  readonly workspace: string | undefined;
  readonly smoke: boolean;
  readonly server: boolean;
} {
  const { values, positionals } = parseArgs({
    options: { smoke: { type: 'boolean', default: false }, 'code-server': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const { smoke: isSmoke, 'code-server': server } = values;
  const [named] = positionals;
  if (named === undefined) return { workspace: undefined, smoke: isSmoke, server };
  // npm runs scripts in the package's folder; a relative path is meant from where the person stands.
  const workspace = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), named);
  if (!statSync(workspace, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no folder ${workspace}.`);
  return { workspace, smoke: isSmoke, server };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const abort = (): void => process.exit(130);

/** Resolves on Ctrl+C or when the process is asked to end; until it is called, both end the process at once. */
async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.off(signal, abort).once(signal, () => resolve());
    // A pending promise alone does not keep Node running, a timer does.
    setInterval(() => undefined, 1 << 30);
  });
}

async function runServer({ sandbox, vsix, workspace, isExample }: Session, smokeOnly: boolean): Promise<void> {
  await installExtension(sandbox, vsix);
  const server = await startServer(sandbox, { realHome: !isExample, workspaceTrust: !isExample && !smokeOnly });
  try {
    if (smokeOnly) {
      await smoke(server.url, workspace, sandbox.home);
      return;
    }
    say(`\nAgent Dreams is installed in VS Code (code-server). Open this address in a browser:\n`);
    say(`  ${server.url}/?folder=${encodeURIComponent(workspace)}\n`);
    say('Run "Agent Dreams: Dream Now" from the command palette (F1). Ctrl+C here ends it.');
    say('It listens on this machine only, without a password: other accounts of this machine can open it too.');
    await interrupted();
  } finally {
    await server.stop();
  }
}

async function runDesktop(code: string, { sandbox, vsix, workspace, isExample }: Session): Promise<void> {
  say(`\nOpening VS Code on ${workspace}, in a profile of its own. Close its window to end.`);
  const env = isExample ? { ...process.env, CLAUDE_CONFIG_DIR: sandbox.claudeConfig } : process.env;
  await openDesktop(code, sandbox, { vsix, workspace, env, trusted: isExample });
}

async function start(): Promise<void> {
  const commandLine = readCommandLine();
  say('Building and packaging the extension ...');
  const vsix = await packageExtension();
  const sandbox = await createSandbox('agent-dreams-start-');
  process.once('exit', () => rmSync(sandbox.root, { recursive: true, force: true }));
  try {
    const isExample = commandLine.workspace === undefined;
    const workspace = commandLine.workspace ?? (await copyExample(sandbox.workspace, sandbox.claudeConfig));
    const session: Session = { sandbox, vsix, workspace, isExample };
    const code = commandLine.smoke || commandLine.server ? undefined : await findDesktopCode();
    if (code) await runDesktop(code, session);
    else await runServer(session, commandLine.smoke);
  } finally {
    await sandbox.remove();
  }
}

for (const signal of SIGNALS) process.on(signal, abort);
try {
  await start();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
