import path from 'node:path';
import { safeGit } from '../safeEnvironment';

async function git(folder: string, args: readonly string[]): Promise<string> {
  return (await safeGit(folder, args)) ?? '';
}

/**
 * The folders that correspond to this one in every worktree of its repository, itself included; only itself without git
 * or outside a repository. Never throws.
 */
export async function worktreesOf(folder: string): Promise<readonly string[]> {
  try {
    const prefix = (await git(folder, ['rev-parse', '--show-prefix'])).trim();
    const listing = await git(folder, ['worktree', 'list', '--porcelain']);
    const tops = listing
      .split('\n')
      .filter((line) => line.startsWith('worktree '))
      .map((line) => line.slice('worktree '.length).trim());
    return [folder, ...tops.map((top) => path.join(top, prefix))];
  } catch {
    return [folder];
  }
}
