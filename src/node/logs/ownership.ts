import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Sessions recorded under `from` belong under `to`: a moved folder, a container's mount, a Windows drive in WSL. */
export interface PathMap {
  readonly from: string;
  readonly to: string;
}

/** Decides whether a working directory belongs to the workspace. */
export interface Owner {
  /** True for the workspace root, anything below it, and the same in its git worktrees; symlinks and path maps followed. */
  owns(cwd: string): Promise<boolean>;
}

const WINDOWS_PATH = /^(?:[A-Za-z]:[\\/]|\\\\)/u;
const DRIVE = /^([A-Za-z]):[\\/]/u;

/** True for a path of Windows, wherever this runs. */
export function isWindowsPath(file: string): boolean {
  return WINDOWS_PATH.test(file);
}

function segments(file: string): readonly string[] {
  return file.split(isWindowsPath(file) ? /[\\/]+/u : /\/+/u).filter((part) => part !== '');
}

/** A form in which equal paths are equal texts: one separator, no trailing one, case folded where the system does. */
function comparable(file: string): string {
  const folded = isWindowsPath(file) || process.platform === 'win32' ? file.toLowerCase() : file;
  const joined = segments(folded).join('/');
  return isWindowsPath(file) ? joined : `/${joined}`;
}

function isWithin(file: string, folder: string): boolean {
  const inner = comparable(file);
  const outer = comparable(folder);
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}

/** The path under every map that applies, else as it is. */
export function mapPath(file: string, maps: readonly PathMap[]): readonly string[] {
  const mapped = maps
    .filter(({ from }) => from !== '' && isWithin(file, from))
    .map(({ from, to }) => path.join(to, ...segments(file).slice(segments(from).length)));
  return mapped.length > 0 ? mapped : [file];
}

/** Where a Windows drive is found inside WSL. */
function inWsl(file: string): readonly string[] {
  const drive = DRIVE.exec(file)?.[1];
  if (drive === undefined || process.platform === 'win32') return [];
  return [path.posix.join('/mnt', drive.toLowerCase(), ...segments(file).slice(1))];
}

/** The real path; of a folder that is gone, the real path of what is left of it. */
export async function resolved(file: string): Promise<string> {
  const missing: string[] = [];
  let existing = path.resolve(file);
  for (;;) {
    try {
      return path.join(await realpath(existing), ...missing);
    } catch {
      const parent = path.dirname(existing);
      if (parent === existing) return path.resolve(file);
      missing.unshift(path.basename(existing));
      existing = parent;
    }
  }
}

/** An owner with these roots; what was asked before is remembered. */
export async function createOwner(roots: readonly string[], maps: readonly PathMap[]): Promise<Owner> {
  const known = new Map<string, boolean>();
  const realRoots = [...new Set([...roots, ...(await Promise.all(roots.map(resolved)))])];
  const check = async (cwd: string): Promise<boolean> => {
    for (const candidate of [...mapPath(cwd, maps), ...inWsl(cwd)]) {
      const foreign = isWindowsPath(candidate) && process.platform !== 'win32';
      if (!foreign && !path.isAbsolute(candidate)) continue;
      const real = foreign ? candidate : await resolved(candidate);
      if (realRoots.some((root) => isWithin(real, root))) return true;
    }
    return false;
  };
  return {
    async owns(cwd) {
      const answer = known.get(cwd) ?? (await check(cwd));
      known.set(cwd, answer);
      return answer;
    },
  };
}

/**
 * The folder above or at `cwd` that has the workspace's name and is gone: where the workspace may have been before it
 * moved. undefined if there is none, or it still exists.
 */
export async function formerRoot(cwd: string, name: string): Promise<string | undefined> {
  const parts = segments(cwd);
  const windows = isWindowsPath(cwd);
  const same = (part: string): boolean => (windows ? part.toLowerCase() === name.toLowerCase() : part === name);
  const at = parts.findLastIndex(same);
  if (at === -1) return undefined;
  const root = windows ? parts.slice(0, at + 1).join('\\') : `/${parts.slice(0, at + 1).join('/')}`;
  try {
    await realpath(root);
    return undefined;
  } catch {
    return root;
  }
}
