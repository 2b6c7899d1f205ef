// `npm run dream -- <workspace>`: builds the command line and runs it, in this process.
import { createRequire } from 'node:module';
import path from 'node:path';
import { mustRun } from './process';
import { root } from './root';

// An engine has a bundle of its own.
const bundles = process.argv.some((argument) => argument.startsWith('--engine')) ? [] : ['--only=cli'];
await mustRun(process.execPath, ['build/esbuild.mjs', ...bundles], { cwd: root });
createRequire(import.meta.url)(path.join(root, 'dist/cli.js'));
