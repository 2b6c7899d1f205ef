import { existsSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../../scripts/process';
import { aptInstall, hasApt } from '../../scripts/rig/apt';
import { ensureCodeServer } from '../../scripts/rig/codeServer';

/** A ripgrep: the one on the PATH, else the editor's own, else that of the distribution. undefined where there is none. */
export async function findRipgrep(): Promise<string | undefined> {
  const onPath = await runProgram('sh', ['-c', 'command -v rg'], { quiet: true });
  if (onPath.code === 0) return onPath.output.trim();
  const { entry } = await ensureCodeServer();
  const modules = path.resolve(path.dirname(entry), '../../lib/vscode/node_modules/@vscode');
  const own = [
    path.join(modules, `ripgrep-universal/bin/${process.platform}-${process.arch}/rg`),
    path.join(modules, 'ripgrep/bin/rg'),
  ].find((candidate) => existsSync(candidate));
  if (own !== undefined || !hasApt()) return own;
  await aptInstall(['ripgrep']);
  return 'rg';
}
