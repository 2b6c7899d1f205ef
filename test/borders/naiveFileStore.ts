import { lstat, appendFile, link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from '../../src/core/ports';

/** What most programs do: look at each part of the path, then use the path. The control of the swap race. */
export function createNaiveFileStore(root: string): FileStore {
  const checked = async (storePath: string): Promise<string> => {
    let current = root;
    for (const part of storePath.split('/')) {
      current = path.join(current, part);
      const stats = await lstat(current).catch(() => undefined);
      if (stats?.isSymbolicLink() === true || (stats?.isFile() === true && stats.nlink > 1)) throw new Error('a link');
    }
    return current;
  };
  const made = async (storePath: string): Promise<string> => {
    const file = await checked(storePath);
    await mkdir(path.dirname(file), { recursive: true });
    return file;
  };
  return {
    read: async (storePath) => readFile(await checked(storePath)),
    readRange: async (storePath) => readFile(await checked(storePath)),
    list: async () => [],
    stat: async () => undefined,
    write: async (storePath, bytes) => writeFile(await made(storePath), bytes),
    append: async (storePath, bytes) => appendFile(await made(storePath), bytes),
    rename: async (from, to) => rename(await checked(from), await made(to)),
    moveNew: async (from, to) => {
      const [source, target] = [await checked(from), await made(to)];
      await link(source, target);
      await unlink(source);
      return true;
    },
    remove: async (storePath) => unlink(await checked(storePath)),
    syncDirectory: async () => undefined,
  };
}
