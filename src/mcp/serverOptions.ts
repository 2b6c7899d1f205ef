import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Asking } from '../core/recall/agentMemory';

export interface ServerOptions {
  /** Where to look for the memory. */
  readonly folder: string;
  readonly asking: Asking;
  readonly verbose: boolean;
}

export const USAGE = `Usage: agent-dreams mcp [--root <folder>] [--agent <type>] [--filtered] [--team] [--verbose]

Serves the memory of a folder to agents, by the Model Context Protocol over standard input and output.

  --root <folder>  the workspace folder; by default the folder that it is started in, or the nearest above it with a memory
  --agent <type>   answer as to this type of subagent, with the memories that are meant for it alone
  --filtered       with --agent: only those
  --team           leave out the personal memories of this user, for agents whose answers others read
  --verbose        write more to standard error
`;

/** What the command line says, or why it cannot be understood. */
export function readServerOptions(args: readonly string[], cwd: string): ServerOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        root: { type: 'string' },
        agent: { type: 'string' },
        filtered: { type: 'boolean', default: false },
        team: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
      },
    });
    return {
      folder: path.resolve(cwd, values.root ?? '.'),
      verbose: values.verbose,
      asking: {
        viewer: values.agent === undefined ? { kind: 'main' } : { kind: 'agent', agent: values.agent },
        subagents: values.filtered ? 'filtered' : 'full',
        personal: !values.team,
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown options';
  }
}
