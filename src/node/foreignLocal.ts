import { lstat, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Owner } from '../core/ports';
import { safeGit } from './safeEnvironment';

/** Says that this user made the `.local` it lies in. */
export const OWNER_PATH = '.local/owner';
/** What says nothing by itself; a store that is being made has these first. */
const HARMLESS: ReadonlySet<string> = new Set(['.gitignore', 'locks', 'owner', 'key', 'set-aside']);
const MARK = /^([0-9a-z]{16,64}) ([0-9a-f]{64})\n?$/u;

const sealed = (nonce: string): string => `the owner of .local ${nonce}`;

/** The content of the mark; `nonce` is any fresh identifier. */
export async function ownerMark(owner: Owner, nonce: string): Promise<string> {
  return `${nonce} ${await owner.seal(sealed(nonce))}\n`;
}

/**
 * What of `.local` came with the folder instead of being made by this user: everything where the owner's mark is missing
 * or forged, else the files that git tracks (a pull replaces ignored files without asking). Paths relative to `.local`.
 */
export async function foreignLocal(
  localRoot: string,
  owner: Owner,
  options: { readonly askGit: boolean },
): Promise<readonly string[]> {
  const local = path.join(localRoot, '.local');
  if (!(await isDirectory(localRoot)) || !(await isDirectory(local))) return [];
  const names = await readdir(local);
  const speaking = names.filter((name) => !HARMLESS.has(name));
  if (speaking.length === 0) return [];
  if (!(await isMine(local, owner)))
    return [...speaking, ...names.filter((name) => name === 'key' || name === 'owner')];
  if (!options.askGit) return [];
  const listing = await safeGit(path.dirname(localRoot), [
    'ls-files',
    '-z',
    '--',
    `./${path.basename(localRoot)}/.local`,
  ]);
  const mark = `${path.basename(localRoot)}/.local/`;
  const tracked = (listing ?? '').split('\0').flatMap((file) => {
    const at = file.lastIndexOf(mark);
    return at < 0 ? [] : [file.slice(at + mark.length)];
  });
  const present: string[] = [];
  for (const file of tracked) {
    if (HARMLESS.has(file.split('/')[0] ?? '')) continue;
    if (await exists(path.join(local, file))) present.push(file);
  }
  return present;
}

/**
 * Moves foreign files to `.local/set-aside/<name>/`, where nothing reads them and nothing is lost. Follows no link: what
 * cannot be moved without following one stays, and is returned.
 */
export async function setForeignAside(
  localRoot: string,
  foreign: readonly string[],
  name: string,
): Promise<{ readonly folder: string; readonly left: readonly string[] }> {
  const local = path.join(localRoot, '.local');
  const folder = path.join(local, 'set-aside', name);
  const left: string[] = [];
  for (const file of foreign) {
    const to = path.join(folder, file);
    const moved =
      (await isPlainPath(local, file)) &&
      (await isPlainPath(local, path.relative(local, to))) &&
      (await mkdir(path.dirname(to), { recursive: true })
        .then(() => rename(path.join(local, file), to))
        .then(
          () => true,
          () => false,
        ));
    if (!moved) left.push(file);
  }
  return { folder, left };
}

async function isMine(local: string, owner: Owner): Promise<boolean> {
  const file = path.join(local, 'owner');
  const stat = await lstat(file).catch(() => undefined);
  if (stat?.isFile() !== true || stat.size > 200) return false;
  const [, nonce, seal] = MARK.exec(await readFile(file, 'utf8').catch(() => '')) ?? [];
  return nonce !== undefined && seal !== undefined && owner.isSealed(sealed(nonce), seal);
}

/** True if no folder above the file, below `.local`, is a link. */
async function isPlainPath(local: string, file: string): Promise<boolean> {
  const parts = path.dirname(file).split(path.sep);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const stat = await lstat(path.join(local, ...parts.slice(0, depth))).catch(() => undefined);
    if (stat !== undefined && !stat.isDirectory()) return false;
  }
  return true;
}

async function isDirectory(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined))?.isDirectory() === true;
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}
