import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun, say } from '../process';
import { rigDirectory } from './codeServer';

/** The release whose words the engine was written for; another one may speak differently. */
const CLAUDE_CODE_VERSION = '2.1.329';

function locate(): { readonly directory: string; readonly program: string } {
  const directory = path.join(rigDirectory(), `claude-code-${CLAUDE_CODE_VERSION}`);
  const name = process.platform === 'win32' ? 'claude.exe' : 'claude';
  const folder = `node_modules/@anthropic-ai/claude-code-${process.platform}-${process.arch}`;
  return { directory, program: path.join(directory, folder, name) };
}

/** The genuine Claude Code, from the npm registry on first use (about 20 s, 380 MB). Nothing here logs in anywhere. */
export async function ensureClaudeCode(): Promise<string> {
  const { directory, program } = locate();
  if (!existsSync(program)) {
    say(`Installing Claude Code ${CLAUDE_CODE_VERSION} into ${directory} (once, about 380 MB) ...`);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, 'package.json'), '{"private":true}\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--engine-strict=false'];
    const wanted = `@anthropic-ai/claude-code@${CLAUDE_CODE_VERSION}`;
    await mustRun('npm', ['install', '--no-save', '--save-exact', ...quiet, wanted], { cwd: directory });
  }
  if (!existsSync(program)) throw new Error(`Claude Code has no program for ${process.platform}-${process.arch}.`);
  return program;
}
