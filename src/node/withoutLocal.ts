import type { FileStore } from '../core/ports';

const isLocal = (path: string): boolean => path === '.local' || path.startsWith('.local/');

/** The store without what came in `.local`: reads find nothing there. For folders in which nothing may be moved. */
export function withoutLocal(files: FileStore): FileStore {
  return {
    ...files,
    read: async (path, options) => (isLocal(path) ? undefined : files.read(path, options)),
    readRange: async (path, start, length) => (isLocal(path) ? undefined : files.readRange(path, start, length)),
    list: async (directory) => (isLocal(directory) ? [] : files.list(directory)),
    stat: async (path) => (isLocal(path) ? undefined : files.stat(path)),
  };
}
