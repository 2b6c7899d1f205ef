import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AgentDreamsError } from '../core/errors';
import { createMemoryTool as createTool, type MemoryTool, type ToolWrites } from '../core/memoryTool/memoryTool';
import { findStore } from '../node/findStore';
import { silentLogger } from '../node/lineLogger';
import { createNodePorts } from '../node/nodePorts';

/** How a program opens the memory of a folder. */
export interface OpenMemoryTool {
  /** The workspace folder, or one below it. */
  readonly root: string;
  /** What becomes of what the program writes; `propose` if it is not said. */
  readonly writes?: ToolWrites;
  /** How a person who reviews knows the program: letters, digits, `.`, `-` and spaces, 80 at most. */
  readonly name?: string;
  /** Read and write as this type of subagent. */
  readonly agent?: string;
}

const WRITES: readonly ToolWrites[] = ['propose', 'direct', 'refuse'];
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,78}[\p{L}\p{N}._-]$/u;
const LONGEST_LINE = 1_000_000;

/**
 * The handlers of Claude's memory tool over the memory of a folder, for `betaMemoryTool` of `@anthropic-ai/sdk`. Nothing
 * is kept between two commands. Throws `invalid-input` for options that make no sense.
 */
export async function createMemoryTool(options: OpenMemoryTool): Promise<MemoryTool> {
  const { root, writes = 'propose', name = 'memory tool', agent } = options;
  if (!WRITES.includes(writes)) throw new AgentDreamsError('invalid-input', `writes is one of ${WRITES.join(', ')}.`);
  if (!NAME.test(name))
    throw new AgentDreamsError('invalid-input', 'name has letters, digits, dots, dashes and spaces.');
  const folder = path.resolve(root);
  const workspaceRoot = (await findStore(folder)) ?? folder;
  const ports = await createNodePorts({ workspaceRoot, logger: silentLogger, untrusted: true });
  const viewer = agent === undefined ? ({ kind: 'main' } as const) : ({ kind: 'agent', agent } as const);
  return createTool(ports, { name, writes, viewer });
}

/** The process around the lines, so that tests can be it. */
export interface LinesTerminal {
  readonly cwd: string;
  readonly input: Readable;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = `Usage: agent-dreams memory-tool [<folder> [--writes propose|direct|refuse] [--name <program>] [--agent <type>]]

Without a folder: prints where the library for programs is. With one: answers the commands of Claude's memory tool, one
JSON object a line, such as {"command":"view","path":"/memories"}, by {"content":"…"} or {"content":"…","is_error":true}.
`;

/** Answers commands of the memory tool that come as JSON lines, in their order, until the input ends. Returns the exit code. */
export async function serveMemoryTool(args: readonly string[], terminal: LinesTerminal): Promise<number> {
  if (args.includes('--help')) {
    terminal.out(USAGE);
    return 0;
  }
  const tool = await openFrom(args, terminal.cwd).catch((error: unknown) => wordsOf(error));
  if (typeof tool === 'string') {
    terminal.err(`${tool}\n\n${USAGE}`);
    return 2;
  }
  for await (const line of createInterface({ input: terminal.input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const answer = await answerTo(tool, line).then(
      (content) => ({ content }),
      (error: unknown) => ({ content: wordsOf(error), is_error: true }),
    );
    terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return 0;
}

async function openFrom(args: readonly string[], cwd: string): Promise<MemoryTool> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { writes: { type: 'string' }, name: { type: 'string' }, agent: { type: 'string' } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new AgentDreamsError('invalid-input', 'One folder is needed.');
  const { writes = 'propose', ...names } = values;
  const known = WRITES.find((one) => one === writes);
  if (known === undefined) throw new AgentDreamsError('invalid-input', `--writes is one of ${WRITES.join(', ')}.`);
  return createMemoryTool({ root: path.resolve(cwd, folder), writes: known, ...names });
}

async function answerTo(tool: MemoryTool, line: string): Promise<string> {
  if (line.length > LONGEST_LINE) throw new AgentDreamsError('invalid-input', 'The line is too long.');
  const given: unknown = JSON.parse(line);
  const name: unknown = typeof given === 'object' && given !== null && 'command' in given ? given.command : undefined;
  if (typeof name !== 'string' || !Object.hasOwn(tool, name)) {
    throw new AgentDreamsError('invalid-input', `command is one of ${Object.keys(tool).join(', ')}.`);
  }
  // Each command checks its own fields.
  const commands = tool as unknown as Readonly<Record<string, (command: unknown) => Promise<string>>>;
  return commands[name]?.(given) ?? '';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
