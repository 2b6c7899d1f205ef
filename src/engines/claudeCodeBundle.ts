/** What `dist/engine-claude-code.js` gives. */
export { createClaudeCodeModel } from './claudeCode/claudeCodeModel';
export { checkClaudeCode } from './claudeCode/status';
