import { createRequire } from 'node:module';
import type * as agent from './agentBundle';

/** `dist/command.js`, which the command `agent-dreams` runs. */
async function main(): Promise<void> {
  const { runCommand } = createRequire(__filename)('./agent.js') as typeof agent;
  process.exitCode = await runCommand(process.argv.slice(2), {
    cwd: process.cwd(),
    input: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}

void main();
