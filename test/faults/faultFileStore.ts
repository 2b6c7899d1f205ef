import { assertStorePath } from '../../src/core/memory/storePath';
import { AgentDreamsError } from '../../src/core/errors';
import type { DirectoryEntry, FileStat, FileStore } from '../../src/core/ports';
import { assertReachable, isSkillFolder } from '../../src/core/skills/skillPath';
import { toFileError } from '../../src/node/fileErrors';
import { enter, flushData, flushFolder, parent, store, type DiskState } from './disk';

/** A process that was killed: nothing it would do afterwards happens. */
export class Killed extends Error {}

export type Errno = 'EIO' | 'ENOSPC' | 'EROFS' | 'EACCES' | 'EMFILE' | 'EBUSY';

/** What goes wrong at the `at`-th call, counted from 0. */
export type Fault =
  /** The process dies before the mutating call, or in the middle of it. */
  | { readonly kind: 'kill'; readonly at: number; readonly half: boolean }
  /** The call fails: once, or from then on. Reading fails only with the codes that say so. */
  | { readonly kind: 'error'; readonly at: number; readonly errno: Errno; readonly lasting: boolean };

export interface FaultFileStore extends FileStore {
  readonly disk: () => DiskState;
  /** Calls so far: all of them, and those that change something. */
  readonly calls: () => { readonly all: number; readonly mutating: number };
  /** Called after each mutating call. */
  onMutation: (name: string) => void;
  fault: Fault | undefined;
  /** The last error that the fault made. */
  failure: AgentDreamsError | undefined;
}

export interface FaultFileStoreOptions {
  readonly now: () => number;
  /** Names are one whatever their case and normal form, as on the disks of macOS and Windows. */
  readonly folds?: boolean;
}

/** Where reading fails too: a broken disk, a process without file handles. */
const FAILS_READS: readonly Errno[] = ['EIO', 'EMFILE'];

/** A FileStore on a disk that is a value, with faults at any call; held to the same contract as the one on disk. */
export function createFaultFileStore(initial: DiskState, options: FaultFileStoreOptions): FaultFileStore {
  let disk = initial;
  let all = 0;
  let mutating = 0;
  let dead = false;
  let failed = false;

  /** The name as it stands on the disk, where case does not count. */
  const real = (path: string): string => {
    if (options.folds !== true) return path;
    const folded = (one: string): string => one.normalize('NFC').toLowerCase();
    const known = [...disk.now.names.keys(), ...disk.now.folders].find((one) => folded(one) === folded(path));
    if (known !== undefined || path === '') return known ?? path;
    const above = parent(path);
    const name = path.slice(above === '' ? 0 : above.length + 1);
    return above === '' ? name : `${real(above)}/${name}`;
  };
  const bytesAt = (path: string): Uint8Array | undefined => {
    const inode = disk.now.names.get(path);
    return inode === undefined ? undefined : disk.inodes.get(inode)?.bytes;
  };
  /** True if the process dies in the middle of this call. */
  const isFaulty = (path: string, changes: boolean): boolean => {
    if (dead) throw new Killed();
    const { fault } = faulty;
    const number = fault?.kind === 'kill' ? mutating : all;
    all += 1;
    if (changes) mutating += 1;
    if (fault === undefined) return false;
    if (fault.kind === 'kill') {
      dead = changes && number === fault.at;
      if (dead && !fault.half) throw new Killed();
      return dead;
    }
    const due = fault.lasting ? number >= fault.at : number >= fault.at && !failed;
    if (due && (changes || FAILS_READS.includes(fault.errno))) {
      failed = true;
      faulty.failure = toFileError(Object.assign(new Error(fault.errno), { code: fault.errno }), path);
      throw faulty.failure;
    }
    return false;
  };
  const look = (path: string): string => {
    assertReachable(path);
    isFaulty(path, false);
    return real(path);
  };
  const change = (name: string, path: string, work: (half: boolean) => void): void => {
    const half = isFaulty(path, true);
    work(half);
    if (half) throw new Killed();
    faulty.onMutation(name);
  };
  const makeFolders = (path: string): void => {
    const above = parent(path);
    if (above === '' || disk.now.folders.has(above)) return;
    makeFolders(above);
    if (disk.now.names.has(above)) throw notInTree(above);
    disk = enter(disk, { kind: 'folder', path: above });
  };
  const put = (path: string, half: boolean, bytes: Uint8Array, kept: Uint8Array): void => {
    if (disk.now.folders.has(path)) throw notInTree(path);
    makeFolders(path);
    const written = half ? bytes.slice(0, Math.floor(bytes.length / 2)) : bytes.slice();
    const whole = new Uint8Array(kept.length + written.length);
    whole.set(kept);
    whole.set(written, kept.length);
    disk = store(disk, path, whole, options.now());
    if (!half) disk = flushData(disk);
  };
  const inodeAt = (path: string): number => {
    const inode = disk.now.names.get(path);
    if (inode === undefined) throw new AgentDreamsError('not-found', 'There is no such file.', { path });
    return inode;
  };

  const faulty: FaultFileStore = {
    disk: () => disk,
    calls: () => ({ all, mutating }),
    onMutation: () => undefined,
    fault: undefined,
    failure: undefined,
    read: async (path, limits) => {
      const at = look(path);
      const bytes = bytesAt(at);
      if (bytes === undefined && disk.now.folders.has(at)) throw notInTree(path);
      if (bytes !== undefined && bytes.length > (limits?.maxBytes ?? 67_108_864)) {
        throw new AgentDreamsError('too-large', 'The file is too large.', { path });
      }
      return bytes?.slice();
    },
    readRange: async (path, start, length) => bytesAt(look(path))?.slice(start, start + Math.max(0, length)),
    list: async (directory) => {
      if (directory !== '') return listOf(disk, look(directory));
      isFaulty(directory, false);
      return listOf(disk, '');
    },
    stat: async (path): Promise<FileStat | undefined> => {
      const at = look(path);
      const inode = disk.now.names.get(at);
      if (inode === undefined) {
        return at !== '' && disk.now.folders.has(at) ? { kind: 'directory', size: 0, mtimeMs: 0, links: 1 } : undefined;
      }
      const links = [...disk.now.names.values()].filter((other) => other === inode).length;
      const file = disk.inodes.get(inode);
      return { kind: 'file', size: file?.bytes.length ?? 0, mtimeMs: file?.mtimeMs ?? 0, links };
    },
    write: async (path, bytes) => {
      assertStorePath(path);
      change('write', path, (half) => put(real(path), half, bytes, new Uint8Array()));
    },
    append: async (path, bytes) => {
      assertStorePath(path);
      change('append', path, (half) => put(real(path), half, bytes, bytesAt(real(path)) ?? new Uint8Array()));
    },
    rename: async (from, to) => {
      assertReachable(from);
      assertStorePath(to);
      change('rename', to, (half) => {
        const inode = inodeAt(real(from));
        if (disk.now.folders.has(real(to))) throw notInTree(to);
        makeFolders(real(to));
        if (!half) disk = enter(disk, { kind: 'rename', from: real(from), to: real(to), inode });
      });
    },
    moveNew: async (from, to) => {
      assertStorePath(from);
      assertReachable(to);
      let moved = false;
      change('moveNew', to, (half) => {
        const inode = inodeAt(real(from));
        if (disk.now.names.has(real(to)) || disk.now.folders.has(real(to))) return;
        makeFolders(real(to));
        disk = enter(disk, { kind: 'link', path: real(to), inode });
        if (!half) disk = enter(disk, { kind: 'unlink', path: real(from) });
        moved = true;
      });
      return moved;
    },
    remove: async (path) => {
      if (!isSkillFolder(path)) assertStorePath(path);
      change('remove', path, (half) => {
        const at = real(path);
        if (half) return;
        if (disk.now.names.has(at)) disk = enter(disk, { kind: 'unlink', path: at });
        else if (disk.now.folders.has(at) && listOf(disk, at).length === 0) {
          disk = enter(disk, { kind: 'unfolder', path: at });
        }
      });
    },
    syncDirectory: async (directory) => {
      if (directory !== '' && !isSkillFolder(directory)) assertStorePath(directory);
      change('syncDirectory', directory, (half) => {
        if (!half) disk = flushFolder(disk, real(directory));
      });
    },
  };
  return faulty;
}

function notInTree(path: string): AgentDreamsError {
  return new AgentDreamsError('invalid-path', 'A link, or a file in place of a folder, stands on the way.', { path });
}

function listOf({ now }: DiskState, folder: string): readonly DirectoryEntry[] {
  const inside = (path: string): boolean => path !== '' && parent(path) === folder;
  const name = (path: string): string => path.slice(folder === '' ? 0 : folder.length + 1);
  const files = [...now.names.keys()].filter(inside).map((path) => ({ name: name(path), kind: 'file' as const }));
  const folders = [...now.folders].filter(inside).map((path) => ({ name: name(path), kind: 'directory' as const }));
  return [...files, ...folders].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
