import { AgentDreamsError } from '../../core/errors';
import type { DirectoryEntry, FileStore } from '../../core/ports';

/** A store to try things on: what is written stays in memory, what is read is what was written, else what is there. */
export function createOverlay(files: FileStore): FileStore {
  /** null: removed. */
  const written = new Map<string, Uint8Array | null>();
  const read: FileStore['read'] = async (path, options) => {
    const own = written.get(path);
    if (own === undefined) return files.read(path, options);
    return own ?? undefined;
  };
  const remove = (path: string): Promise<void> => Promise.resolve(void written.set(path, null));
  const write = (path: string, bytes: Uint8Array): Promise<void> => Promise.resolve(void written.set(path, bytes));
  const rename = async (from: string, to: string): Promise<void> => {
    const bytes = await read(from);
    if (bytes === undefined) throw new AgentDreamsError('not-found', 'Nothing to move.', { path: from });
    await write(to, bytes);
    await remove(from);
  };
  return {
    read,
    readRange: async (path, start, length) => (await read(path))?.subarray(start, start + length),
    list: async (directory) => {
      const there = await files.list(directory);
      const own = [...written].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === directory);
      const gone = new Set(own.map(([path]) => path.slice(directory.length + 1)));
      const kept = own.filter(([, bytes]) => bytes !== null).map(([path]) => path.slice(directory.length + 1));
      return [
        ...there.filter(({ name }) => !gone.has(name)),
        ...kept.map((name): DirectoryEntry => ({ name, kind: 'file' })),
      ];
    },
    stat: async (path) => {
      const own = written.get(path);
      if (own === undefined) return files.stat(path);
      return own === null ? undefined : { kind: 'file', size: own.length, mtimeMs: 0, links: 1 };
    },
    write,
    append: async (path, bytes) => {
      const before = (await read(path)) ?? new Uint8Array();
      const whole = new Uint8Array(before.length + bytes.length);
      whole.set(before);
      whole.set(bytes, before.length);
      await write(path, whole);
    },
    rename,
    moveNew: async (from, to) => {
      if ((await read(to)) !== undefined) return false;
      await rename(from, to);
      return true;
    },
    remove,
    syncDirectory: () => Promise.resolve(),
  };
}
