/** What `dist/agent.js` gives: all that runs outside the editor from the installed extension, in one bundle. */
export { serveMcp } from '../mcp/serve';
export { createMemoryTool } from './memoryTool';
export { runCommand } from './runCommand';
