import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../process';
import { root } from '../root';
import { toolPath } from './checks';

/** Builds and packages the extension; returns the .vsix. Throws with the tool's words, also where vsce warns. */
export async function packageExtension(): Promise<string> {
  await mustRun(process.execPath, ['build/esbuild.mjs'], { cwd: root });
  const vsix = path.join(root, 'out/agent-dreams.vsix');
  await mkdir(path.dirname(vsix), { recursive: true });
  const output = await mustRun(toolPath('vsce'), ['package', '--no-dependencies', '--out', vsix], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  if (/\bWARNING\b/i.test(output)) throw new Error(`vsce package has warnings:\n${output}`);
  return vsix;
}
