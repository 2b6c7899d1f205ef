import { AgentDreamsError } from '../../src/core/errors';
import { assertStorePath } from '../../src/core/memory/storePath';
import { assertReachable, isSkillFolder, isSkillPath } from '../../src/core/skills/skillPath';
import type { DirectoryEntry, FileStore } from '../../src/core/ports';

/** Calls that change something, by name: what a fault can be planted on. */
export type Mutation = 'write' | 'append' | 'rename' | 'moveNew' | 'remove' | 'syncDirectory';

export interface MemoryFileStore extends FileStore {
  /** Every file: path → bytes. Tests may read and change it directly. */
  readonly entries: Map<string, Uint8Array>;
  /** Mutating calls so far, in order. */
  readonly calls: { readonly mutation: Mutation; readonly path: string }[];
  /** Runs before each mutating call; throw in it to make the call fail. */
  beforeMutation: (mutation: Mutation, path: string, nth: number) => void;
  text(path: string): string | undefined;
  put(path: string, text: string): void;
}

/** A FileStore on a map, held to the same contract as the one on disk. */
export function createMemoryFileStore(initial: Readonly<Record<string, string>> = {}): MemoryFileStore {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries = new Map(Object.entries(initial).map(([path, text]) => [path, encoder.encode(text)]));
  const mutate = (mutation: Mutation, path: string): void => {
    const skill = (mutation === 'rename' && isSkillPath(path)) || (mutation !== 'write' && isSkillFolder(path));
    if (!skill && (path !== '' || mutation !== 'syncDirectory')) assertStorePath(path);
    store.beforeMutation(mutation, path, store.calls.length);
    store.calls.push({ mutation, path });
  };
  const isDirectory = (path: string): boolean => [...entries.keys()].some((key) => key.startsWith(`${path}/`));
  const store: MemoryFileStore = {
    entries,
    calls: [],
    beforeMutation: () => undefined,
    text: (path) => {
      const bytes = entries.get(path);
      return bytes === undefined ? undefined : decoder.decode(bytes);
    },
    put: (path, text) => void entries.set(path, encoder.encode(text)),
    read: async (path, options) => {
      assertReachable(path);
      const bytes = entries.get(path);
      if (bytes !== undefined && bytes.length > (options?.maxBytes ?? 67_108_864)) {
        throw new AgentDreamsError('too-large', 'The file is too large.', { path });
      }
      return bytes?.slice();
    },
    readRange: async (path, start, length) => {
      assertStorePath(path);
      return entries.get(path)?.slice(start, start + Math.max(0, length));
    },
    list: async (directory) => {
      if (directory !== '') assertStorePath(directory);
      return listOf(entries.keys(), directory === '' ? '' : `${directory}/`);
    },
    stat: async (path) => {
      assertReachable(path);
      const bytes = entries.get(path);
      if (bytes !== undefined) return { kind: 'file', size: bytes.length, mtimeMs: 0, links: 1 };
      return isDirectory(path) ? { kind: 'directory', size: 0, mtimeMs: 0, links: 1 } : undefined;
    },
    write: async (path, bytes) => {
      mutate('write', path);
      entries.set(path, bytes.slice());
    },
    append: async (path, bytes) => {
      mutate('append', path);
      entries.set(path, new Uint8Array([...(entries.get(path) ?? []), ...bytes]));
    },
    rename: async (from, to) => {
      assertStorePath(to);
      mutate('rename', from);
      const bytes = entries.get(from);
      if (bytes === undefined) throw new AgentDreamsError('not-found', 'There is no such file.', { path: from });
      entries.delete(from);
      entries.set(to, bytes);
    },
    moveNew: async (from, to) => {
      assertReachable(to);
      mutate('moveNew', from);
      const bytes = entries.get(from);
      if (bytes === undefined) throw new AgentDreamsError('not-found', 'There is no such file.', { path: from });
      if (entries.has(to) || isDirectory(to)) return false;
      entries.delete(from);
      entries.set(to, bytes);
      return true;
    },
    remove: async (path) => {
      mutate('remove', path);
      entries.delete(path);
    },
    syncDirectory: async (directory) => {
      mutate('syncDirectory', directory);
    },
  };
  return store;
}

function listOf(paths: Iterable<string>, prefix: string): readonly DirectoryEntry[] {
  const kinds = new Map<string, DirectoryEntry['kind']>();
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...deeper] = path.slice(prefix.length).split('/');
    kinds.set(name, deeper.length > 0 ? 'directory' : 'file');
  }
  return [...kinds]
    .map(([name, kind]) => ({ name, kind }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
