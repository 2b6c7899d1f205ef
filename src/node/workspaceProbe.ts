import { open, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { WorkspaceProbe } from '../core/ports';
import { safeGit } from './safeEnvironment';

const MAX_TEXT = 1024 * 1024;
const MAX_FOUND = 20;
const MAX_LISTED = 200_000;
const WALK = { entries: 50_000, depth: 16 } as const;
/** A dream asks about many names in a row; the list is read once for all of them. */
const LIST_AGE_MS = 5_000;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

/**
 * The workspace as files: never writes, never leaves `root` (a link that points outside does not exist), and never
 * throws. With git, the files it knows or would track; without, a bounded walk.
 */
export function createWorkspaceProbe(root: string): WorkspaceProbe {
  let listed: { readonly at: number; readonly files: Promise<ReadonlyMap<string, readonly string[]>> } | undefined;
  const names = (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const now = Date.now();
    if (listed === undefined || now - listed.at > LIST_AGE_MS) listed = { at: now, files: byBaseName(root) };
    return listed.files;
  };
  return {
    exists: async (path) => (await inside(root, path)) !== undefined,
    readText: async (path) => {
      const file = await inside(root, path);
      return file === undefined ? undefined : readSmall(file);
    },
    findByBaseName: async (name) => ((await names()).get(name) ?? []).slice(0, MAX_FOUND),
    head: async () => {
      const head = (await safeGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
      return head !== undefined && /^[0-9a-f]{40,64}$/u.test(head) ? head : undefined;
    },
  };
}

/** The real path of something below the root, or undefined if it is missing or leads out of it. */
async function inside(root: string, path: string): Promise<string | undefined> {
  if (path === '' || path.includes('\0') || /^(?:[/\\]|[A-Za-z]:)/u.test(path)) return undefined;
  try {
    const [base, target] = await Promise.all([realpath(root), realpath(join(root, path))]);
    const way = relative(base, target);
    return way === '..' || way.startsWith(`..${sep}`) || /^(?:[A-Za-z]:|\/)/u.test(way) ? undefined : target;
  } catch {
    return undefined;
  }
}

async function readSmall(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile() || stat.size > MAX_TEXT) return undefined;
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function byBaseName(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = (await gitFiles(root)) ?? (await walk(root));
  const found = new Map<string, string[]>();
  for (const file of [...files].sort()) {
    const name = basename(file);
    const same = found.get(name);
    if (same === undefined) found.set(name, [file]);
    else same.push(file);
  }
  return found;
}

/** Tracked files that are there, and untracked ones that git does not ignore. */
async function gitFiles(root: string): Promise<readonly string[] | undefined> {
  const output = await safeGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']);
  if (output === undefined) return undefined;
  const deleted = new Set((await safeGit(root, ['ls-files', '-z', '--deleted']))?.split('\0') ?? []);
  return output
    .split('\0')
    .filter((file) => file !== '' && !deleted.has(file) && !file.split('/').some((part) => SKIPPED.has(part)))
    .slice(0, MAX_LISTED);
}

async function walk(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  let seen = 0;
  const queue: { readonly directory: string; readonly depth: number }[] = [{ directory: '', depth: 0 }];
  for (let next = queue.shift(); next !== undefined && seen < WALK.entries; next = queue.shift()) {
    for (const entry of await entriesOf(join(root, next.directory))) {
      seen += 1;
      if (seen > WALK.entries) break;
      const path = next.directory === '' ? entry.name : `${next.directory}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name) && next.depth < WALK.depth) {
        queue.push({ directory: path, depth: next.depth + 1 });
      }
    }
  }
  return files;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
