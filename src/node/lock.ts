import { randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { AgentDreamsError } from '../core/errors';
import type { Clock, Lock } from '../core/ports';
import { acquire, release, type Patience } from './lockFile';
import { thisProcess, type Owner } from './lockOwner';

const DEFAULT_WAIT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** Of an owner that cannot be asked: its heart did not beat while we watched, and not for long before. */
const PATIENCE: Patience = { observeMs: 4_000, silentMs: 120_000 };
const NAME = /^[a-z][a-z-]{0,40}$/u;

/**
 * Locks as files in one folder, holding pid, host, start time and a nonce. A lock comes to be with its content, by an
 * exclusive link, so that it is never seen half made. Only the lock of a dead owner is taken over, by one process that
 * has claimed that owner's nonce: it renames the lock away and looks whose it was, so that two processes never hold one
 * lock. The dead are known by pid and start time; only where an owner cannot be asked does its heartbeat decide, as
 * watched here, because clocks are set. Holders in this process queue up. A name must not be taken again by its own
 * holder.
 */
export function createLock(folder: string, clock: Clock, patience: Patience = PATIENCE): Lock {
  const queues = new Map<string, Promise<unknown>>();
  const tidied = new Set<string>();
  return {
    hold: async (name, work, options) => {
      if (!NAME.test(name)) throw new AgentDreamsError('invalid-input', 'Not a lock name.');
      const deadline = performance.now() + (options?.waitMs ?? DEFAULT_WAIT_MS);
      const file = path.join(folder, `${name}.lock`);
      const before = queues.get(name);
      const held = (async () => {
        if (before !== undefined && !(await isOver(before, deadline, clock))) throw lockedBy(name, thisProcess(''));
        const tidy = !tidied.has(name);
        tidied.add(name);
        return holdFile(file, name, { clock, patience, deadline, tidy, work });
      })();
      const turn = Promise.allSettled([before, held]);
      queues.set(name, turn);
      try {
        return await held;
      } finally {
        if (queues.get(name) === turn) queues.delete(name);
      }
    },
  };
}

/** True when the work before is over; false if the deadline comes first. */
async function isOver(before: Promise<unknown>, deadline: number, clock: Clock): Promise<boolean> {
  let cancel = (): void => undefined;
  const late = new Promise<false>((done) => {
    cancel = clock.after(Math.max(0, deadline - performance.now()), () => done(false));
  });
  try {
    return await Promise.race([before.then(() => true), late]);
  } finally {
    cancel();
  }
}

interface Holding<T> {
  readonly clock: Clock;
  readonly patience: Patience;
  readonly deadline: number;
  readonly tidy: boolean;
  readonly work: () => Promise<T>;
}

async function holdFile<T>(file: string, name: string, { work, ...how }: Holding<T>): Promise<T> {
  const { clock } = how;
  const owner = thisProcess(randomUUID());
  const other = await acquire(file, owner, how);
  if (other !== undefined) throw lockedBy(name, other === 'unreadable' ? undefined : other);
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
    await release(file, owner, clock);
  }
}

function lockedBy(name: string, owner: Owner | undefined): AgentDreamsError {
  const who = owner === undefined ? 'another task' : `process ${owner.pid} on ${owner.host}`;
  return new AgentDreamsError('locked', `The memory store is in use by ${who}.`, { lock: name, owner: who });
}
