/** A file: its bytes never change in place, so that states of the disk can share them. */
interface Inode {
  readonly bytes: Uint8Array;
  readonly mtimeMs: number;
}

/** One change of directory entries. It is durable once a directory that it touches was flushed. */
type EntryChange =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'unfolder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly inode: number }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly inode: number };

interface Entries {
  readonly folders: ReadonlySet<string>;
  /** Path → inode. */
  readonly names: ReadonlyMap<string, number>;
}

/** Everything a disk holds at one moment; a value. */
export interface DiskState {
  readonly inodes: ReadonlyMap<number, Inode>;
  readonly now: Entries;
  /** What is on the platter, and what only the cache knows, in order. */
  readonly durable: Entries;
  readonly pending: readonly EntryChange[];
  /** A write that was under way: its data was not flushed. */
  readonly unflushed: { readonly inode: number; readonly before: Uint8Array } | undefined;
  readonly next: number;
}

const NOTHING: Entries = { folders: new Set(['']), names: new Map() };
export const EMPTY_DISK: DiskState = {
  inodes: new Map(),
  now: NOTHING,
  durable: NOTHING,
  pending: [],
  unflushed: undefined,
  next: 1,
};

export function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function changed(entries: Entries, changes: readonly EntryChange[]): Entries {
  const folders = new Set(entries.folders);
  const names = new Map(entries.names);
  for (const change of changes) {
    if (change.kind === 'folder') folders.add(change.path);
    else if (change.kind === 'unfolder') folders.delete(change.path);
    else if (change.kind === 'link') names.set(change.path, change.inode);
    else if (change.kind === 'unlink') names.delete(change.path);
    else {
      names.delete(change.from);
      names.set(change.to, change.inode);
    }
  }
  return { folders, names };
}

/** The disk after one change of entries, which only the cache knows yet. */
export function enter(disk: DiskState, ...changes: readonly EntryChange[]): DiskState {
  return { ...disk, now: changed(disk.now, changes), pending: [...disk.pending, ...changes] };
}

/** The disk with a file of these bytes at the path; a new name is only in the cache. */
export function store(disk: DiskState, path: string, bytes: Uint8Array, mtimeMs: number): DiskState {
  const known = disk.now.names.get(path);
  const inode = known ?? disk.next;
  const before = disk.inodes.get(inode)?.bytes ?? new Uint8Array();
  const inodes = new Map(disk.inodes).set(inode, { bytes, mtimeMs });
  const written = { ...disk, inodes, unflushed: { inode, before }, next: Math.max(disk.next, inode + 1) };
  return known === undefined ? enter(written, { kind: 'link', path, inode }) : written;
}

/** The disk once the data of the last write is flushed. */
export function flushData(disk: DiskState): DiskState {
  return { ...disk, unflushed: undefined };
}

function touches(change: EntryChange, folder: string): boolean {
  if (change.kind === 'rename') return parent(change.from) === folder || parent(change.to) === folder;
  return parent(change.path) === folder;
}

/** The disk once this folder's entries are flushed. */
export function flushFolder(disk: DiskState, folder: string): DiskState {
  const done = disk.pending.filter((change) => touches(change, folder));
  const pending = disk.pending.filter((change) => !touches(change, folder));
  return { ...disk, durable: changed(disk.durable, done), pending };
}

/** Everything of it on the platter: where a test begins. */
export function flushAll(disk: DiskState): DiskState {
  return { ...disk, durable: disk.now, pending: [], unflushed: undefined };
}

/** Drops what no folder leads to any more. */
function reachable({ folders, names }: Entries): Entries {
  const there = (path: string): boolean => path === '' || (folders.has(path) && there(parent(path)));
  return {
    folders: new Set([...folders].filter(there)),
    names: new Map([...names].filter(([path]) => there(parent(path)))),
  };
}

function namesOf(change: EntryChange): readonly string[] {
  return change.kind === 'rename' ? [change.from, change.to] : [change.path];
}

/** Changes of one directory entry reach the platter in their order. */
function sharesName(one: EntryChange, other: EntryChange): boolean {
  return namesOf(one).some((name) => namesOf(other).includes(name));
}

const EVERY_SUBSET_UP_TO = 6;

/**
 * States in which a loss of power may leave the disk: any subset of the pending changes of entries reached the platter,
 * in their order, and data that was not flushed is there, cut off, or zeros. At most `limit` of them, by `random` when
 * there are more; the first is the whole cache written, the second none of it.
 */
export function afterPowerLoss(disk: DiskState, limit: number, random: () => number): readonly DiskState[] {
  const states: DiskState[] = [];
  const seen = new Set<string>();
  const data = dataAfterLoss(disk);
  const count = disk.pending.length;
  const needs = disk.pending.map((change, index) =>
    disk.pending.slice(0, index).flatMap((earlier, at) => (sharesName(change, earlier) ? [at] : [])),
  );
  const add = (wanted: (index: number) => boolean, variant: number): void => {
    const chosen = disk.pending.map((_, index) => wanted(index));
    for (let index = 0; index < count; index += 1) {
      chosen[index] &&= needs[index]?.every((at) => chosen[at]) ?? true;
    }
    const kept = (index: number): boolean => chosen[index] === true;
    const key = `${variant}:${disk.pending.map((_, index) => (kept(index) ? 1 : 0)).join('')}`;
    if (seen.has(key) || states.length >= limit) return;
    seen.add(key);
    const entries = reachable(
      changed(
        disk.durable,
        disk.pending.filter((_, index) => kept(index)),
      ),
    );
    const inodes = data[variant] ?? disk.inodes;
    const looks = JSON.stringify([variant, [...entries.names].sort(), [...entries.folders].sort()]);
    if (seen.has(looks)) return;
    seen.add(looks);
    states.push(flushAll({ ...disk, inodes, now: entries, durable: entries }));
  };
  for (let variant = 0; variant < data.length; variant += 1) {
    add(() => true, variant);
    add(() => false, variant);
    for (let one = 0; one < count; one += 1) {
      add((index) => index !== one, variant);
      add((index) => index === one, variant);
      add((index) => index < one, variant);
    }
    for (let bits = 0; count <= EVERY_SUBSET_UP_TO && bits < 2 ** count; bits += 1) {
      add((index) => Math.floor(bits / 2 ** index) % 2 === 1, variant);
    }
  }
  for (let tries = 0; count > EVERY_SUBSET_UP_TO && tries < limit; tries += 1) {
    const bits = disk.pending.map(() => random() < 0.5);
    add((index) => bits[index] === true, Math.floor(random() * data.length));
  }
  return states;
}

function dataAfterLoss({ inodes, unflushed }: DiskState): readonly DiskState['inodes'][] {
  if (unflushed === undefined) return [inodes];
  const { inode, before } = unflushed;
  const written = inodes.get(inode) ?? { bytes: new Uint8Array(), mtimeMs: 0 };
  const { bytes } = written;
  const extended = before.every((byte, index) => byte === bytes[index]);
  const kept = extended ? before.length : 0;
  const cut = bytes.slice(0, kept + Math.floor((bytes.length - kept) / 2));
  const zeros = bytes.map((byte, index) => (extended && index < before.length ? byte : 0));
  return [bytes, before, cut, zeros].map((left) => new Map(inodes).set(inode, { ...written, bytes: left }));
}

/** Path → bytes of every file; for looking at a disk from outside. */
export function filesOf(disk: DiskState): ReadonlyMap<string, Uint8Array> {
  const files = [...disk.now.names].map(
    ([path, inode]) => [path, disk.inodes.get(inode)?.bytes ?? new Uint8Array()] as const,
  );
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
