import { AgentDreamsError } from '../../core/errors';
import type { CorePorts } from '../../core/ports';
import { readsOf } from './readsOf';

/** Ports that can be closed for everybody who has them. */
export interface Closable<P> {
  readonly ports: P;
  /** From now on every write and every lock throws `not-initialized`; resolves once the writes under way are over. */
  close(): Promise<void>;
  /** Takes it back. */
  open(): void;
  /** Resolves once nobody holds or waits for a lock any more, at the latest when `limit` does. */
  idle(limit: Promise<unknown>): Promise<void>;
}

/**
 * The same ports with a door: whoever has them from before a memory was deleted must not bring a part of it back by a
 * write that comes late.
 */
export function closablePorts<P extends Pick<CorePorts, 'files' | 'lock'>>(ports: P): Closable<P> {
  const { files, lock } = ports;
  const writes = new Set<Promise<unknown>>();
  const holds = new Set<Promise<unknown>>();
  let closed = false;
  const guarded = <T>(running: Set<Promise<unknown>>, work: () => Promise<T>): Promise<T> => {
    if (closed)
      return Promise.reject(new AgentDreamsError('not-initialized', 'The memory of this folder was deleted.'));
    const run = work().finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  const guardedPorts = {
    ...ports,
    files: {
      ...readsOf(files),
      write: (path, bytes) => guarded(writes, () => files.write(path, bytes)),
      append: (path, bytes) => guarded(writes, () => files.append(path, bytes)),
      rename: (from, to) => guarded(writes, () => files.rename(from, to)),
      moveNew: (from, to) => guarded(writes, () => files.moveNew(from, to)),
      remove: (path) => guarded(writes, () => files.remove(path)),
      syncDirectory: (directory) => guarded(writes, () => files.syncDirectory(directory)),
    } satisfies CorePorts['files'],
    lock: {
      hold: (name, work, options) => guarded(holds, () => lock.hold(name, work, options)),
    } satisfies CorePorts['lock'],
  };
  return {
    ports: guardedPorts,
    close: async () => {
      closed = true;
      await Promise.allSettled(writes);
    },
    open: () => {
      closed = false;
    },
    idle: async (limit) => {
      await Promise.race([Promise.allSettled(holds), limit]);
    },
  };
}
