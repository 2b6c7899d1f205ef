import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Logger } from '../core/ports';
import { createLineLogger } from '../node/lineLogger';
import { createMemoryServer } from './memoryServer';
import { openMemory } from './openMemory';
import { readServerOptions, USAGE } from './serverOptions';

/** What is under way when the client goes has this long to end. */
const LINGER_MS = 5_000;

/** Standard output belongs to the protocol: everything else is written to standard error. */
function createLogger(verbose: boolean): Logger {
  const line = (level: string, message: string): void =>
    void process.stderr.write(
      `agent-dreams ${level}: ${message.replace(/[\p{Cc}\p{Cf}]{1,100}/gu, ' ').slice(0, 2_000)}\n`,
    );
  return createLineLogger(line, verbose);
}

/**
 * The server's process: serves until the client closes its end. Arguments as in `USAGE`. Returns the exit code, or
 * undefined once it serves.
 */
export async function serveMcp(args: readonly string[]): Promise<number | undefined> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const options = readServerOptions(args, process.cwd());
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${USAGE}`);
    return 2;
  }
  const logger = createLogger(options.verbose);
  const server = createMemoryServer(openMemory(options.folder, options.asking, logger), logger);
  server.onerror = (error) => logger.warn(`a message could not be understood: ${error.message}`);
  // A client that is gone reads no answers.
  process.stdout.on('error', () => process.exit(0));
  process.stdin.once('end', () => setTimeout(() => process.exit(0), LINGER_MS).unref());
  await server.connect(new StdioServerTransport());
  return undefined;
}
