/** What `dist/engine-claude.js` gives: both engines that speak to the Claude API, since they share nearly all of it. */
export { createClaudeBatchModel } from './claudeBatch/claudeBatchModel';
export { chooseClaudeModels, createClaudeModel } from './claude/claudeModel';
