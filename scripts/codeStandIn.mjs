#!/usr/bin/env node
// The executable form of codeStandIn.ts, for @vscode/test-electron's `vscodeExecutablePath`.
process.argv.splice(2, 0, 'codeStandIn');
await import('./run.mjs');
