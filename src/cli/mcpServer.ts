import { createRequire } from 'node:module';
import type * as agent from './agentBundle';

/** `dist/mcp.js`, which the editor starts by itself. Claude Code and others start `agent-dreams mcp`. */
async function main(): Promise<void> {
  const { serveMcp } = createRequire(__filename)('./agent.js') as typeof agent;
  process.exitCode = await serveMcp(process.argv.slice(2));
}

void main();
