import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { STORE_FOLDER } from './nodePorts';
import { safeGit } from './safeEnvironment';

/** So many folders are looked at on the way up. */
const MAX_UP = 40;

/**
 * The folder whose memory a program that runs in `folder` means: the nearest one on the way up to the top of its git
 * repository, else the main checkout of a linked worktree. Undefined if there is none; outside of a repository only the
 * folder itself counts, so that no memory of a home or a temporary folder is taken for that of a project.
 */
export async function findStore(folder: string): Promise<string | undefined> {
  const start = await realpath(folder).catch(() => path.resolve(folder));
  if (await hasStore(start)) return start;
  const git = await safeGit(start, ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-common-dir']);
  const [top = '', common = ''] = (git ?? '').trim().split('\n');
  if (top === '') return undefined;
  let at = start;
  for (let steps = 0; steps < MAX_UP && isBelow(at, top); steps += 1) {
    at = path.dirname(at);
    if (await hasStore(at)) return at;
  }
  const main = path.dirname(common);
  return path.basename(common) === '.git' && (await hasStore(main)) ? main : undefined;
}

function isBelow(folder: string, top: string): boolean {
  const way = path.relative(top, folder);
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}

async function hasStore(folder: string): Promise<boolean> {
  try {
    return (await lstat(path.join(folder, STORE_FOLDER))).isDirectory();
  } catch {
    return false;
  }
}
