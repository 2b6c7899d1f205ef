import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { AgentDreamsError, isAgentDreamsError } from '../core/errors';
import type { CancelSignal } from '../core/ports';
import {
  CAPTURE_SETTINGS_PATH,
  parseCaptureSettings,
  type CaptureSettings,
} from '../core/recall/connect/captureSettings';
import { silentLogger } from '../node/lineLogger';
import { captureSessions } from '../node/logs/captureSessions';
import { createNodePorts } from '../node/nodePorts';
import type { SecretSettings } from '../node/secrets/secretGuard';
import { printableLine } from './printable';

/** What `agent-dreams capture --help` prints. */
export const CAPTURE_USAGE = `Usage: agent-dreams capture <workspace> [--detach]

Captures what is new in the workspace's Claude Code sessions, by the settings that the editor left there when it connected
Claude Code. Says nothing unless something fails. With --detach it does so in the background.
`;

/** The process around a capture, so that tests can be it. */
export interface CaptureTerminal {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Captures one workspace and returns the exit code: 0 captured, or off; 1 it failed; 2 the command line is wrong. */
export async function headlessCapture(
  args: readonly string[],
  terminal: CaptureTerminal,
  signal: CancelSignal,
): Promise<number> {
  if (args.includes('--help')) {
    terminal.out(CAPTURE_USAGE);
    return 0;
  }
  const [workspace, ...more] = args.filter((argument) => argument !== '--detach');
  if (workspace === undefined || more.length > 0 || workspace.startsWith('-')) {
    terminal.err(CAPTURE_USAGE);
    return 2;
  }
  const root = path.resolve(terminal.cwd, workspace);
  if (args.includes('--detach')) {
    detach(['capture', root]);
    return 0;
  }
  try {
    await capture(root, signal);
    return 0;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    terminal.err(`${printableLine(words, 2_000)}\n`);
    return isAgentDreamsError(error, 'not-initialized') ? 2 : 1;
  }
}

/** This program again, which outlives it. */
function detach(args: readonly string[]): void {
  const script = process.argv[1];
  if (script === undefined) return;
  spawn(process.execPath, [script, ...args], { detached: true, stdio: 'ignore', windowsHide: true }).unref();
}

async function capture(root: string, signal: CancelSignal): Promise<void> {
  const said: { secrets: SecretSettings } = { secrets: { rules: [], allow: [] } };
  // Nothing that came with the folder is moved by a command that nobody watches.
  const ports = await createNodePorts({
    workspaceRoot: root,
    logger: silentLogger,
    untrusted: true,
    askGit: true,
    settings: () => said.secrets,
  });
  const bytes = await ports.files.read(CAPTURE_SETTINGS_PATH);
  const settings = bytes && parseCaptureSettings(ports.text.decode(bytes).text);
  if (settings === undefined)
    throw new AgentDreamsError('not-initialized', `Claude Code is not connected in ${root}: nothing is captured.`);
  if (!settings.enabled) return;
  said.secrets = secretsOf(settings);
  await ports.redactor.refresh();
  const { configDirs, logFolders, pathMaps, excludePaths, excludeEntrypoints, maxBytes } = settings;
  await captureSessions(
    ports,
    {
      workspaceRoot: root,
      configDirs,
      extraLogFolders: logFolders,
      mapCwd: pathMaps,
      exclude: { paths: excludePaths, entrypoints: excludeEntrypoints },
      maxBytesOnDisk: maxBytes,
      home: homedir(),
    },
    signal,
  );
}

function secretsOf({ secrets: { rules, allow } }: CaptureSettings): SecretSettings {
  return {
    rules: rules.map(({ keywords, ...rule }) => (keywords === undefined ? rule : { ...rule, keywords })),
    allow,
  };
}
