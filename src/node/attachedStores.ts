import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentDreamsError } from '../core/errors';
import { readAttached, underKey } from '../core/recall/attached';
import type { AttachedView } from '../core/recall/sessionText';
import type { CorePorts, FileStore } from '../core/ports';
import { createHasher } from './hasher';
import { createNodePorts, STORE_FOLDER, type NodePortsOptions } from './nodePorts';
import { userFolder } from './userFolder';

/** A store of another folder that this user attached, as the settings say. */
export interface StoreSetting {
  /** Absolute; the folder that holds `.agent-memory`. */
  readonly path: string;
  readonly name: string;
  /** What agents are told about the store. */
  readonly instructions?: string;
  /** Nothing is ever written into a read-only one. */
  readonly access: 'read_only' | 'read_write';
}

/** An attached store, open. */
export interface AttachedStore {
  readonly setting: StoreSetting;
  /** Names the store in paths of its memories: `@<key>/conventions/x.md`. The same for the same folder. */
  readonly key: string;
  readonly ports: CorePorts;
  /** The folder that holds its `.local`, in the user's own folder. */
  readonly localRoot: string;
}

/**
 * Opens an attached store. What this user accepts of it, and everything else that is `.local`, is in the user's own
 * folder; with `read_only` access every write to anything else throws `read-only`. Throws `not-found` if there is none.
 */
export async function openAttachedStore(
  setting: StoreSetting,
  options: Pick<NodePortsOptions, 'logger' | 'settings' | 'ownKeys' | 'userFolder' | 'spareUserFolder' | 'untrusted'>,
): Promise<AttachedStore> {
  const folder = await stat(path.join(setting.path, STORE_FOLDER)).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    throw new AgentDreamsError('not-found', 'There is no memory in the attached folder.', { path: setting.path });
  }
  const own = acceptedFolder(setting.path, options.userFolder);
  const ports = await createNodePorts({ ...options, workspaceRoot: setting.path, localRoot: own });
  const files = setting.access === 'read_write' ? ports.files : onlyLocal(ports.files);
  return { setting, key: path.basename(own).slice(0, 8), ports: { ...ports, files }, localRoot: ports.localRoot };
}

/** Where the user's own folder has what they accepted of the store in that folder. */
export function acceptedFolder(store: string, folder = userFolder()): string {
  return path.join(folder, 'stores', createHasher().sha256(path.resolve(store)).slice(0, 16));
}

/** All of them that there are. */
export async function acceptedFolders(folder = userFolder()): Promise<readonly string[]> {
  const stores = path.join(folder, 'stores');
  const entries = await readdir(stores, { withFileTypes: true }).catch(() => []);
  const found = entries.filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/u.test(entry.name));
  return found.map(({ name }) => path.join(stores, name)).sort();
}

/** What agents may be told of the store: its accepted memories, under the names that they have here. */
export async function attachedView({ setting, key, ports }: AttachedStore): Promise<AttachedView> {
  const { accepted } = await readAttached(ports);
  return {
    name: setting.name,
    ...(setting.instructions === undefined ? {} : { instructions: setting.instructions }),
    folder: path.join(setting.path, STORE_FOLDER),
    memories: accepted.map((memory) => underKey(memory, key)),
  };
}

const isLocal = (storePath: string): boolean => storePath.startsWith('.local/');

function assertLocal(...paths: readonly string[]): void {
  const other = paths.find((storePath) => !isLocal(storePath));
  if (other === undefined) return;
  throw new AgentDreamsError('read-only', 'The attached store is read-only.', { path: other });
}

/** The store with every way to change it taken away, but for `.local`, which is not in it. */
function onlyLocal(files: FileStore): FileStore {
  return {
    read: (storePath, options) => files.read(storePath, options),
    readRange: (storePath, start, length) => files.readRange(storePath, start, length),
    list: (directory) => files.list(directory),
    stat: (storePath) => files.stat(storePath),
    write: async (storePath, bytes) => {
      assertLocal(storePath);
      await files.write(storePath, bytes);
    },
    append: async (storePath, bytes) => {
      assertLocal(storePath);
      await files.append(storePath, bytes);
    },
    rename: async (from, to) => {
      assertLocal(from, to);
      await files.rename(from, to);
    },
    moveNew: async (from, to) => {
      assertLocal(from, to);
      return files.moveNew(from, to);
    },
    remove: async (storePath) => {
      assertLocal(storePath);
      await files.remove(storePath);
    },
    // Flushing what nobody writes is nothing to refuse.
    syncDirectory: async (directory) => {
      if (isLocal(`${directory}/`)) await files.syncDirectory(directory);
    },
  };
}
