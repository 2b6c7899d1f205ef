/** What `dist/engine-claude-code.js` gives. */
export { askWithMemory } from './claudeCode/askWithMemory';
export { createClaudeCodeModel } from './claudeCode/claudeCodeModel';
export { checkClaudeCode } from './claudeCode/status';
