import { createRequire } from 'node:module';
import path from 'node:path';
import { headlessCapture } from './headlessCapture';
import { headlessDream } from './headlessDream';
import type * as memoryToolBundle from './memoryToolBundle';

/** What is beside this bundle. */
const MCP = 'mcp.js';
const MEMORY_TOOL = 'memory-tool.js';

/**
 * The command line: `capture`, `mcp`, `memory-tool` (where the library for programs is, or its commands as lines),
 * `dream`; without any of them a dream, as `npm run dream` has it. Ctrl+C cancels, and leaves a dream's record as canceled.
 */
async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  const out = (text: string): void => void process.stdout.write(text);
  const err = (text: string): void => void process.stderr.write(text);
  const controller = new AbortController();
  if (command === 'mcp') {
    createRequire(__filename)(path.join(__dirname, MCP));
    return;
  }
  if (command === 'memory-tool') {
    process.exitCode = await memoryTool(rest, out, err);
    return;
  }
  process.once('SIGINT', () => controller.abort());
  if (command === 'capture') {
    process.exitCode = await headlessCapture(rest, { cwd: process.cwd(), out, err }, controller.signal);
    return;
  }
  process.exitCode = await headlessDream(
    command === 'dream' ? rest : process.argv.slice(2),
    { cwd: process.env['INIT_CWD'] ?? process.cwd(), env: process.env, out, err },
    controller.signal,
  );
}

/** Serves the memory tool; without arguments, says where its library is. */
async function memoryTool(
  args: readonly string[],
  out: (text: string) => void,
  err: (text: string) => void,
): Promise<number> {
  const file = path.join(__dirname, MEMORY_TOOL);
  if (args.length === 0) {
    out(`${file}\n`);
    return 0;
  }
  const bundle = createRequire(__filename)(file) as typeof memoryToolBundle;
  return bundle.serveMemoryTool(args, { cwd: process.cwd(), input: process.stdin, out, err });
}

void main();
