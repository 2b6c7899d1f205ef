import { createRequire } from 'node:module';
import type * as agent from './agentBundle';

/** The library of `dist/memory-tool.js`, which programs load. */
export const { createMemoryTool } = createRequire(__filename)('./agent.js') as typeof agent;
