import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { BridgeFormat, RenderContext } from '../../core/bridges/bridge';
import type { BridgeFiles } from '../../core/bridges/planExport';
import { bridgeFolder } from '../../node/bridges/bridgeFolder';
import { bridgePlaces, type BridgePlaces } from '../../node/bridges/bridgePlaces';
import type { MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import type { Shell } from '../shell';

/** Where the tools of this user keep what is for the folder. */
export async function placesOf(folder: MemoryFolder): Promise<BridgePlaces> {
  // In a linked worktree it is known only then where `.local` is.
  await folder.ports();
  const home = homedir();
  const named = process.env['CODEX_HOME'];
  return bridgePlaces({
    root: folder.uri.fsPath,
    home,
    inbox: folder.fileUri('.local/inbox').fsPath,
    configDir: claudeConfigDirs()[0] ?? path.join(home, '.claude'),
    codexHome: named !== undefined && named !== '' ? named : path.join(home, '.codex'),
  });
}

/** One tool's folder, with all that an export needs. */
export interface BridgeAccess {
  readonly format: BridgeFormat;
  /** Absolute. */
  readonly folder: string;
  /** Itself or the folder above it that is there already; no link may be below it. */
  readonly within: string;
  readonly files: BridgeFiles;
  readonly context: RenderContext;
}

/** The folder, or the one above it that is there. */
export async function nearestFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere || parent === folder ? folder : nearestFolder(parent);
}

/** undefined where the tool keeps nothing on this machine. */
export async function accessTo(
  { clock }: Pick<Shell, 'clock'>,
  memory: MemoryFolder,
  places: BridgePlaces,
  format: BridgeFormat,
): Promise<BridgeAccess | undefined> {
  const folder = places.folders[format.root];
  if (folder === undefined) return undefined;
  const { hasher } = await memory.ports();
  // Links above the folder are the user's own affair, and where it is not there yet, above what is.
  const within = await nearestFolder(folder);
  return {
    format,
    folder,
    within,
    files: bridgeFolder(folder, within, places.project),
    context: { hasher, project: places.project, root: places.root, now: new Date(clock.now()).toISOString() },
  };
}
