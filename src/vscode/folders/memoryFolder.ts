import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { collectGarbage } from '../../core/history/collectGarbage';
import { rebuildIndex, recover } from '../../core/history/transaction';
import type { Logger, Redactor } from '../../core/ports';
import type { ExactValue } from '../../core/secrets/exactValues';
import type { FindingsSettings } from '../../node/findingsAuthor';
import { createNodePorts } from '../../node/nodePorts';
import type { SecretSettings } from '../../node/secrets/secretGuard';
import { createWorkspaceProbe } from '../../node/workspaceProbe';
import type { FolderPorts, MemoryFolder } from '../app';
import { closablePorts, type Closable } from './closablePorts';
import { readOnlyPorts } from './readOnlyPorts';

/** The folder of a store inside its workspace folder. */
export const STORE_FOLDER = '.agent-memory';

/** A folder as its owner sees it: it can be told that trust was granted, and disposed. */
export interface ManagedFolder extends MemoryFolder {
  dispose(): void;
  /** Forgets the ports, so that the next use makes them anew. */
  reset(): void;
}

export interface FolderParts {
  readonly logger: Logger;
  readonly trusted: () => boolean;
  /** The storage of the extension: a second copy of the user's key is there. */
  readonly storage: string;
  /** What the user says about secrets. */
  readonly secrets: () => SecretSettings;
  /** The keys of engines, which are no text to be kept or shown. */
  readonly ownKeys: () => Promise<readonly ExactValue[]>;
  /** What the user says about sharing findings. */
  readonly findings: () => FindingsSettings;
  /** Called with each redactor that is made, and the folder's path. */
  readonly follow: (folder: string, redactor: Redactor) => void;
  /** Called where `.local` held what came with the folder, and where that is now. */
  readonly foreign: (folder: string, setAside: string) => void;
}

/** The ports of a folder, and the store folder that holds its `.local`. */
interface Opened {
  readonly ports: FolderPorts;
  readonly localRoot: string;
}

/** How long late work on a memory that is gone is waited for. */
const LATE_MS = 3_000;

/** Of the snapshots. */
const RETENTION = { keepSnapshots: 200, keepDays: 90 } as const;

async function open(
  root: string,
  { logger, trusted, storage, secrets, ownKeys, findings, follow, foreign }: FolderParts,
): Promise<Opened> {
  // Git is not asked about an untrusted folder.
  const where = trusted() ? {} : { localRoot: root, untrusted: true };
  const node = await createNodePorts({
    workspaceRoot: root,
    logger,
    settings: secrets,
    ownKeys,
    findings,
    spareUserFolder: storage,
    ...where,
  });
  follow(root, node.redactor);
  const { localRoot } = node;
  const ports: FolderPorts = { ...node, probe: createWorkspaceProbe(root) };
  if (node.setAside !== undefined && trusted()) foreign(root, node.setAside);
  if (!trusted()) return { ports: readOnlyPorts(ports), localRoot };
  const found = await recover(ports);
  if (found !== 'clean') logger.warn(`An interrupted change of ${root} was ${found}`);
  // Nobody waits for it, and a store in use is cleaned another day.
  void collectGarbage(ports, RETENTION).catch((error: unknown) => {
    logger.debug(`Old snapshots of ${root} stay for now: ${error instanceof Error ? error.message : ''}`);
  });
  // A store that cannot be written to is still one to look at.
  await rebuildIndex(ports).catch((error: unknown) => logger.error(`The index of ${root} could not be rebuilt`, error));
  return { ports, localRoot };
}

/** Files that exist as soon as the user agreed to a memory; `.local` alone does not say so. */
const SIGNS = ['MEMORY.md', 'schema.md'];

async function hasStore(uri: vscode.Uri): Promise<boolean> {
  for (const sign of SIGNS) {
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, STORE_FOLDER, sign));
      return true;
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
    }
  }
  return false;
}

/** Wraps a workspace folder; nothing is read or written before it is used. */
export function createMemoryFolder(folder: vscode.WorkspaceFolder, parts: FolderParts): ManagedFolder {
  const changed = new vscode.EventEmitter<void>();
  let opened: Promise<Closable<FolderPorts>> | undefined;
  let local = vscode.Uri.joinPath(folder.uri, STORE_FOLDER);
  const openPorts = async (): Promise<Closable<FolderPorts>> => {
    const { ports, localRoot } = await open(folder.uri.fsPath, parts);
    local = vscode.Uri.file(localRoot);
    return closablePorts(ports);
  };
  const openOnce = (): Promise<Closable<FolderPorts>> => {
    opened ??= openPorts().catch((error: unknown) => {
      // The next use tries again: the disk may be writable by then.
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    id: createHash('sha256').update(folder.uri.toString()).digest('hex').slice(0, 12),
    name: folder.name,
    uri: folder.uri,
    onDidChange: changed.event,
    ports: async () => (await openOnce()).ports,
    async closed(work) {
      const door = await openOnce();
      const { lock } = door.ports;
      try {
        const result = await lock.hold('store', () =>
          lock.hold('sessions', async () => {
            await door.close();
            return work();
          }),
        );
        await door.idle(setTimeout(LATE_MS, undefined, { ref: false }));
        opened = undefined;
        return result;
      } catch (error) {
        door.open();
        throw error;
      }
    },
    initialized: () => hasStore(folder.uri),
    fileUri: (path) =>
      vscode.Uri.joinPath(path.startsWith('.local/') ? local : vscode.Uri.joinPath(folder.uri, STORE_FOLDER), path),
    touch: () => changed.fire(),
    reset() {
      opened = undefined;
    },
    dispose: () => changed.dispose(),
  };
}
