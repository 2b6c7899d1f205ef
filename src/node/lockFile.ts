import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../core/ports';
import { errnoOf, toFileError } from './fileErrors';
import { lifeOf, readOwner, type Owner } from './lockOwner';

/** When an owner that cannot be asked counts as gone. */
export interface Patience {
  /** Its heart did not beat for so long, by a clock that nobody sets. */
  readonly observeMs: number;
  /** Its last beat and now are so far apart, in either direction: clocks are set back, too. */
  readonly silentMs: number;
}

interface Waiting {
  readonly clock: Clock;
  readonly patience: Patience;
  /** Of `performance.now()`. */
  readonly deadline: number;
  /** Also remove what the dead left beside the lock. */
  readonly tidy: boolean;
}

/** How soon to ask again whether the lock is free: soon at first, then ever less often, so that a crowd costs little. */
const POLL_MS = { first: 20, last: 250, growth: 1.3 } as const;
/** Whether the owner is still alive is asked less often: it costs more. */
const LOOK_MS = 500;

/** Makes the lock file, waiting until the deadline; undefined if it is ours now, else who holds it. */
export async function acquire(file: string, owner: Owner, waiting: Waiting): Promise<Owner | 'unreadable' | undefined> {
  const staged = `${file}.wait-${owner.nonce}`;
  let nextLook = performance.now();
  let poll: number = POLL_MS.first;
  const taker = { staged, owner, base: file, isDead: judge(waiting) };
  await stage(staged, owner);
  try {
    if (waiting.tidy) await sweep(taker);
    for (;;) {
      if (await makeNew(file, staged, owner)) return undefined;
      const now = performance.now();
      const late = now >= waiting.deadline;
      if (late || now >= nextLook) {
        nextLook = now + LOOK_MS;
        const other = await lookAndTake(taker);
        if (other === 'free') continue;
        if (late) return other;
      }
      await pause(waiting.clock, Math.min((0.5 + Math.random()) * poll, Math.max(1, waiting.deadline - now)));
      poll = Math.min(POLL_MS.last, poll * POLL_MS.growth);
    }
  } finally {
    await unlink(staged).catch(() => undefined);
  }
}

/** Who holds the lock; `free` if nobody does, or a dead owner's lock was just taken away. */
async function lookAndTake(taker: Taker): Promise<Owner | 'unreadable' | 'free'> {
  const seen = await look(taker.base);
  if (seen === undefined) return 'free';
  return taker.isDead(seen) && (await takeOver(taker.base, seen.key, taker)) ? 'free' : seen.owner;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((done) => clock.after(ms, done));
}

async function stage(staged: string, owner: Owner): Promise<void> {
  try {
    await mkdir(path.dirname(staged), { recursive: true });
    await writeFile(staged, JSON.stringify(owner));
  } catch (error) {
    await unlink(staged).catch(() => undefined);
    throw toFileError(error, path.basename(staged));
  }
}

/** Where the file system has no hard links. */
const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Gives the owner's file this name too; false if there is such a file. */
async function makeNew(file: string, staged: string, owner: Owner): Promise<boolean> {
  try {
    await link(staged, file);
    return true;
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (errno === 'EEXIST') return false;
    if (NO_LINKS.includes(errno)) return openNew(file, owner);
    if (errno !== 'ENOENT') throw toFileError(error, path.basename(file));
  }
  // Somebody removed the folder, as Forget Everything does.
  await stage(staged, owner);
  return false;
}

async function openNew(file: string, owner: Owner): Promise<boolean> {
  let made = false;
  try {
    const handle = await open(file, 'wx');
    made = true;
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (made) await unlink(file).catch(() => undefined);
    throw toFileError(error, path.basename(file));
  }
}

/** A lock file as it was found. */
interface Seen {
  readonly owner: Owner | 'unreadable';
  /** What only this one lock file has: its nonce, or its inode and time where it cannot be read. */
  readonly key: string;
  readonly life: ReturnType<typeof lifeOf>;
  readonly mtimeMs: number;
}

async function look(file: string): Promise<Seen | undefined> {
  const owner = await readOwner(file);
  if (owner === 'gone') return undefined;
  if (owner !== 'unreadable') {
    const life = releasedHere.has(owner.nonce) ? 'dead' : lifeOf(owner);
    const mtimeMs = life === 'unknown' ? ((await lstat(file).catch(() => undefined))?.mtimeMs ?? 0) : 0;
    return { owner, key: owner.nonce, life, mtimeMs };
  }
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  const key = `unreadable-${stats.ino}-${Math.round(stats.mtimeMs)}`;
  return { owner, key, life: 'unknown', mtimeMs: stats.mtimeMs };
}

/** Tells the dead; watches the heartbeats of owners that cannot be asked. */
function judge({ clock, patience }: Waiting): (seen: Seen) => boolean {
  const beats = new Map<string, { readonly mtimeMs: number; readonly since: number }>();
  return ({ key, life, mtimeMs, owner }) => {
    if (life !== 'unknown') return life === 'dead';
    const now = performance.now();
    const last = beats.get(key);
    if (last?.mtimeMs !== mtimeMs) beats.set(key, { mtimeMs, since: now });
    if (last?.mtimeMs !== mtimeMs || now - last.since < patience.observeMs) return false;
    // A lock without content has no heart; it was left so by a maker that died at it.
    return owner === 'unreadable' || Math.abs(clock.now() - mtimeMs) > patience.silentMs;
  };
}

interface Taker {
  readonly staged: string;
  readonly owner: Owner;
  /** The lock that all this is about; claims are named after it. */
  readonly base: string;
  readonly isDead: (seen: Seen) => boolean;
}

/**
 * Removes a dead owner's file; false if another process is at it. Whoever first makes the claim named after that owner
 * is the only one who may: otherwise a slow second taker, who had seen the same dead owner, would rename away the lock
 * that was made meanwhile. The claim of a taker that died is taken over in the same way.
 */
async function takeOver(file: string, key: string, taker: Taker): Promise<boolean> {
  const claim = `${taker.base}.claim-${key}`;
  if (!(await makeNew(claim, taker.staged, taker.owner))) {
    const other = await look(claim);
    return other !== undefined && taker.isDead(other) && (await takeOver(claim, other.key, taker));
  }
  try {
    await renameAway(file, key, taker);
    return true;
  } finally {
    await unlink(claim).catch(() => undefined);
  }
}

/** Renames the file away, looks whose it was, and puts it back if it was not the dead one's after all. */
async function renameAway(file: string, key: string, { base }: Taker): Promise<void> {
  if ((await look(file))?.key !== key) return;
  const aside = `${base}.aside-${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw toFileError(error, path.basename(file));
  }
  if ((await look(aside))?.key !== key) await link(aside, file).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

/** Locks of this process whose files could not be removed; without this they would look held until it ends. */
const releasedHere = new Set<string>();
const RELEASE_TRIES = 5;

/** Removes the lock if it is still ours: one that could not be asked for long may have lost it. */
export async function release(file: string, owner: Owner, clock: Clock): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const present = await readOwner(file);
    if (present === 'gone' || (present !== 'unreadable' && present.nonce !== owner.nonce)) return;
    try {
      await unlink(file);
      return;
    } catch {
      releasedHere.add(owner.nonce);
      if (tries >= RELEASE_TRIES) return;
      await pause(clock, POLL_MS.first);
    }
  }
}

const MAX_SWEPT = 20;

/** Removes what processes that died while they waited for this lock, or took it over, have left beside it. */
async function sweep(taker: Taker): Promise<void> {
  const folder = path.dirname(taker.base);
  const prefix = `${path.basename(taker.base)}.`;
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(prefix));
  const from = Math.floor(Math.random() * Math.max(1, left.length - MAX_SWEPT));
  for (const name of left.slice(from, from + MAX_SWEPT)) {
    const file = path.join(folder, name);
    const seen = await look(file);
    if (seen?.life !== 'dead') continue;
    // Only claims are made again under the same name.
    if (name.startsWith(`${prefix}claim-`)) await takeOver(file, seen.key, taker);
    else await unlink(file).catch(() => undefined);
  }
}
