import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import type { BridgeRoot } from '../../core/bridges/bridge';
import { toSlug } from '../../core/memory/slug';
import { gitPlace, real } from '../claude/gitPlace';
import { createHasher } from '../hasher';
import { projectFolderName } from '../logs/projectFolder';

/** Where things of this user and this workspace are. */
export interface BridgeSurroundings {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** The store's own folder for Claude Code's notes, which is no place to import from or export to. */
  readonly inbox: string;
  readonly home: string;
  /** Claude Code's configuration folder. */
  readonly configDir: string;
  /** Codex's folder. */
  readonly codexHome: string;
}

/** The folders of the bridges, as far as they are there; `workspace` always is. */
export interface BridgePlaces {
  readonly root: string;
  readonly home: string;
  readonly folders: Readonly<Partial<Record<BridgeRoot, string>>> & { readonly workspace: string };
  /** A slug of the workspace folder that no other folder has. */
  readonly project: string;
}

/** Finds the folders of the bridges. Reads only; never throws. */
export async function bridgePlaces(around: BridgeSurroundings): Promise<BridgePlaces> {
  const root = await real(around.root);
  const claude = await claudeMemoryFolder(around, root);
  const codex = path.join(around.codexHome, 'memories');
  return {
    root: around.root,
    home: around.home,
    folders: {
      workspace: around.root,
      ...(claude === undefined ? {} : { 'claude-memory': claude }),
      ...((await isFolder(codex)) ? { codex } : {}),
    },
    project: toSlug(`${path.basename(root).slice(0, 40)}-${createHasher().sha256(root).slice(0, 6)}`),
  };
}

/**
 * The folder of Claude Code's auto memory of this project: one for all worktrees and folders of a repository, or where a
 * setting puts it. undefined where that is our inbox, or where Claude Code never was.
 */
async function claudeMemoryFolder(around: BridgeSurroundings, root: string): Promise<string | undefined> {
  const settings = [
    path.join(around.root, '.claude', 'settings.local.json'),
    path.join(around.root, '.claude', 'settings.json'),
    path.join(around.configDir, 'settings.json'),
  ];
  for (const file of settings) {
    const named = await autoMemoryDirectory(file, around.home);
    if (named !== undefined) return isBelow(named, around.inbox) ? undefined : named;
  }
  if (!(await isFolder(around.configDir))) return undefined;
  const main = (await gitPlace(root))?.mainRoot ?? root;
  return path.join(await real(around.configDir), 'projects', projectFolderName(main), 'memory');
}

/** What a settings file says; Claude Code takes an absolute path or one below the home folder, and nothing else. */
async function autoMemoryDirectory(file: string, home: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const settings: unknown = parse(text.replace(/^\uFEFF/u, ''));
  if (typeof settings !== 'object' || settings === null || !('autoMemoryDirectory' in settings)) return undefined;
  const { autoMemoryDirectory: named } = settings;
  if (typeof named !== 'string' || named.includes('\0')) return undefined;
  if (named.startsWith('~/')) return path.join(home, named.slice(2));
  return path.isAbsolute(named) ? path.normalize(named) : undefined;
}

function isBelow(folder: string, parent: string): boolean {
  const way = path.relative(parent, folder);
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
