import type { FileStore } from '../../core/ports';

/** What of a store only looks: for those who put something of their own in the place of its writes. */
export function readsOf(files: FileStore): Pick<FileStore, 'read' | 'readRange' | 'list' | 'stat'> {
  return {
    read: (path, options) => files.read(path, options),
    readRange: (path, start, length) => files.readRange(path, start, length),
    list: (directory) => files.list(directory),
    stat: (path) => files.stat(path),
  };
}
