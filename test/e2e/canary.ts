import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { installExtension } from '../../scripts/rig/server';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { toolPath } from '../../scripts/stages/checks';

/** The command that no text may run. */
export const CANARY = 'agentDreamsCanary.sing';

const MANIFEST = {
  name: 'agent-dreams-canary',
  publisher: 'test',
  version: '0.0.1',
  engines: { vscode: '^1.90.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: { commands: [{ command: CANARY, title: 'Canary: Sing' }] },
};

function source(song: string): string {
  return [
    "const vscode = require('vscode');",
    "const { appendFileSync } = require('node:fs');",
    'exports.activate = (context) => {',
    `  const sing = (...words) => appendFileSync(${JSON.stringify(song)}, JSON.stringify(words) + '\\n');`,
    `  context.subscriptions.push(vscode.commands.registerCommand(${JSON.stringify(CANARY)}, sing));`,
    // A link to the extension itself is a way to run it, too.
    "  context.subscriptions.push(vscode.window.registerUriHandler({ handleUri: (uri) => sing('uri', String(uri)) }));",
    '};',
  ].join('\n');
}

/** A second extension that writes down each time somebody runs its command. */
export interface Canary {
  /** What it was called with since the last time, one line each. */
  readonly songs: () => Promise<readonly string[]>;
  readonly forget: () => Promise<void>;
}

/** Packs the canary and installs it in a sandbox, before VS Code starts. */
export async function installCanary(sandbox: Sandbox): Promise<Canary> {
  const folder = path.join(sandbox.root, 'canary');
  const song = path.join(sandbox.root, 'canary.log');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(MANIFEST));
  await writeFile(path.join(folder, 'extension.js'), source(song));
  const vsix = path.join(sandbox.root, 'canary.vsix');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await mustRun(toolPath('vsce'), ['package', ...flags, '--out', vsix], { cwd: folder });
  await installExtension(sandbox, vsix);
  return {
    songs: async () => (await readFile(song, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    forget: () => rm(song, { force: true }),
  };
}
