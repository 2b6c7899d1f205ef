import path from 'node:path';
import type { Readable } from 'node:stream';
import { serveMcp } from '../mcp/serve';
import { headlessCapture } from './headlessCapture';
import { serveMemoryTool } from './memoryTool';

/** What `agent-dreams --help` prints. */
const USAGE = `Usage: agent-dreams <command> [options]

  capture <workspace>      capture what is new in the workspace's Claude Code sessions
  mcp                      serve the memory of a folder to agents, by the Model Context Protocol
  memory-tool [<folder>]   answer the commands of Claude's memory tool, or say where its library is

agent-dreams <command> --help says more.
`;

const DREAM =
  'Dreams without an editor are run from the repository of Agent Dreams: npm run dream -- <workspace>. ' +
  'In the editor: Agent Dreams: Dream Now.\n';

/** The process around the command, so that tests can be it. */
export interface CommandTerminal {
  readonly cwd: string;
  readonly input: Readable;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * The command that hooks, agents and people call, `agent-dreams`. Returns the exit code, 2 for a command that makes no
 * sense; none for `mcp`, which goes on serving.
 */
export async function runCommand(args: readonly string[], terminal: CommandTerminal): Promise<number | undefined> {
  const [command, ...rest] = args;
  switch (command) {
    case 'capture':
      return await headlessCapture(rest, terminal, untilInterrupted());
    case 'mcp':
      return await serveMcp(rest);
    case 'memory-tool':
      if (rest.length > 0) return await serveMemoryTool(rest, terminal);
      // Beside this bundle.
      terminal.out(`${path.join(__dirname, 'memory-tool.js')}\n`);
      return 0;
    case 'dream':
      terminal.err(DREAM);
      return 2;
    case '--help':
    case '-h':
      terminal.out(USAGE);
      return 0;
    default:
      terminal.err(USAGE);
      return 2;
  }
}

/** Ctrl+C ends a capture between two logs. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}
