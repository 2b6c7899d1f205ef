import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, lstat, mkdir, open, readFile, rename, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { AgentDreamsError } from '../core/errors';
import type { Clock, Lock } from '../core/ports';
import { errnoOf, toFileError } from './fileErrors';

const DEFAULT_WAIT_MS = 10_000;
const POLL_MS = 40;
const HEARTBEAT_MS = 20_000;
/** Without a heartbeat for this long an owner that cannot be asked (another host) counts as gone. */
const SILENT_MS = 120_000;
const NAME = /^[a-z][a-z-]{0,40}$/u;

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When that process started, so that a reused pid is not taken for it; '' where the system does not tell. */
  readonly started: string;
  readonly nonce: string;
}

/**
 * Locks as files in one folder: made with O_EXCL, holding pid, host, start time and a nonce. The lock of a dead owner is
 * renamed away, looked at again, and only then removed, so that two processes never hold one lock. Holders in this
 * process queue up. A name must not be taken again by its own holder.
 */
export function createLock(folder: string, clock: Clock): Lock {
  const queues = new Map<string, Promise<unknown>>();
  return {
    hold: async (name, work, options) => {
      if (!NAME.test(name)) throw new AgentDreamsError('invalid-input', 'Not a lock name.');
      const waitMs = options?.waitMs ?? DEFAULT_WAIT_MS;
      const turn = (queues.get(name) ?? Promise.resolve()).catch(() => undefined);
      if (waitMs === 0 && queues.has(name)) throw lockedBy(name, undefined);
      const held = turn.then(() => holdFile(path.join(folder, `${name}.lock`), name, { clock, waitMs, work }));
      queues.set(name, held);
      try {
        return await held;
      } finally {
        if (queues.get(name) === held) queues.delete(name);
      }
    },
  };
}

interface Holding<T> {
  readonly clock: Clock;
  readonly waitMs: number;
  readonly work: () => Promise<T>;
}

async function holdFile<T>(file: string, name: string, { clock, waitMs, work }: Holding<T>): Promise<T> {
  const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid), nonce: randomUUID() };
  await acquire(file, name, owner, { clock, waitMs });
  let cancelBeat = (): void => undefined;
  const beat = (): void => {
    const now = new Date(clock.now());
    void utimes(file, now, now).catch(() => undefined);
    cancelBeat = clock.after(HEARTBEAT_MS, beat);
  };
  cancelBeat = clock.after(HEARTBEAT_MS, beat);
  try {
    return await work();
  } finally {
    cancelBeat();
    await release(file, owner);
  }
}

async function acquire(
  file: string,
  name: string,
  owner: Owner,
  { clock, waitMs }: { readonly clock: Clock; readonly waitMs: number },
): Promise<void> {
  const deadline = clock.now() + waitMs;
  for (;;) {
    if (await create(file, owner)) return;
    const other = await readOwner(file);
    if (other === 'gone') continue;
    const dead = await isDead(file, other, clock.now());
    if (dead && (await takeAway(file, other === 'unreadable' ? undefined : other.nonce, clock.now()))) continue;
    if (clock.now() >= deadline) throw lockedBy(name, other === 'unreadable' ? undefined : other);
    await new Promise<void>((done) => clock.after(POLL_MS, done));
  }
}

function lockedBy(name: string, owner: Owner | undefined): AgentDreamsError {
  const who = owner === undefined ? 'another task' : `process ${owner.pid} on ${owner.host}`;
  return new AgentDreamsError('locked', `The memory store is in use by ${who}.`, { lock: name, owner: who });
}

async function create(file: string, owner: Owner): Promise<boolean> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw toFileError(error, path.basename(file));
  }
}

async function readOwner(file: string): Promise<Owner | 'gone' | 'unreadable'> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isOwner(parsed) ? parsed : 'unreadable';
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host, started, nonce } = value as Record<string, unknown>;
  return [host, started, nonce].every((one) => typeof one === 'string') && Number.isInteger(pid);
}

async function isDead(file: string, owner: Owner | 'unreadable', now: number): Promise<boolean> {
  const silentFor = await lstat(file).then(
    ({ mtimeMs }) => now - mtimeMs,
    () => 0,
  );
  // A lock that was just made has no content yet; one that stays empty lost its maker.
  if (owner === 'unreadable') return silentFor > 5_000;
  if (owner.host !== hostname()) return silentFor > SILENT_MS;
  return !isAlive(owner.pid) || (owner.started !== '' && startOf(owner.pid) !== owner.started);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

/** Linux: field 22 of /proc/<pid>/stat, clock ticks since boot (man 5 proc). Elsewhere ''. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** A guard that is older than this was left by a process that died in the middle of a takeover. */
const GUARD_MS = 5_000;

/**
 * Takes a dead owner's lock away; false if another process is at it. One takeover at a time: a second one that had seen
 * the same dead owner could otherwise rename away the lock that the first has made meanwhile.
 */
async function takeAway(file: string, nonce: string | undefined, now: number): Promise<boolean> {
  const guard = `${file}.takeover`;
  try {
    await (await open(guard, 'wx')).close();
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw toFileError(error, path.basename(file));
    const made = await lstat(guard).catch(() => undefined);
    if (made !== undefined && now - made.mtimeMs > GUARD_MS) await unlink(guard).catch(() => undefined);
    return false;
  }
  try {
    await renameAway(file, nonce);
    return true;
  } finally {
    await unlink(guard).catch(() => undefined);
  }
}

/** Renames the lock away, looks whose it was, and puts it back if it was not the dead one's after all. */
async function renameAway(file: string, nonce: string | undefined): Promise<void> {
  const present = await readOwner(file);
  if (present === 'gone' || !isOf(present, nonce)) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw toFileError(error, path.basename(file));
  }
  const taken = await readOwner(aside);
  if (taken === 'gone' || !isOf(taken, nonce)) await link(aside, file).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

function isOf(owner: Owner | 'unreadable', nonce: string | undefined): boolean {
  return owner === 'unreadable' ? nonce === undefined : owner.nonce === nonce;
}

/** Removes the lock if it is still ours: after a long pause another process may have taken it over. */
async function release(file: string, owner: Owner): Promise<void> {
  const present = await readOwner(file);
  if (typeof present !== 'string' && present.nonce === owner.nonce) await unlink(file).catch(() => undefined);
}
