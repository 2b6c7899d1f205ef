import type { CorePorts, Hasher, Ids, Lock, Logger, Redactor, TextCodec } from '../../src/core/ports';
import { AgentDreamsError } from '../../src/core/errors';
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import { createHasher } from '../../src/node/hasher';
import { createTextCodec } from '../../src/node/textCodec';
import { createFakeClock, type FakeClock } from './fakeClock';
import { createMemoryFileStore, type MemoryFileStore } from './memoryFileStore';

export interface FakePorts extends CorePorts {
  readonly files: MemoryFileStore;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  readonly lock: FakeLock;
}

/** All ports of the core in memory: a store on a map, a clock that stands still, ids in sequence. */
export function createFakePorts(initial: Readonly<Record<string, string>> = {}, start?: string): FakePorts {
  return {
    files: createMemoryFileStore(initial),
    text: nodeTextCodec(),
    hasher: nodeHasher(),
    clock: createFakeClock(start),
    ids: createSequenceIds(),
    lock: createFakeLock(),
    logger: createRecordingLogger(),
    redactor: fakeRedactor(),
  };
}

let known: Redactor | undefined;

/** The scanner has no state to fake either: the real one, built once, with a key that everybody knows. */
function fakeRedactor(): Redactor {
  known ??= createRedactor(createSecretScanner(), nodeHasher(), 'a key for tests');
  return known;
}

/** Hashing has no state to fake: the real one. */
export function nodeHasher(): Hasher {
  return createHasher();
}

export function nodeTextCodec(): TextCodec {
  return createTextCodec();
}

/** `00000000000000000000000001` and so on: sortable like a ULID. */
export function createSequenceIds(prefix = ''): Ids {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return prefix + String(count).padStart(26 - prefix.length, '0');
    },
  };
}

export interface FakeLock extends Lock {
  /** Names held by "another process": `hold` throws `locked` for them. */
  readonly takenElsewhere: Set<string>;
  /** Names in the order they were taken. */
  readonly history: string[];
}

/** One holder per name; a second one waits its turn. */
export function createFakeLock(): FakeLock {
  const queues = new Map<string, Promise<void>>();
  const takenElsewhere = new Set<string>();
  const history: string[] = [];
  return {
    takenElsewhere,
    history,
    hold: async (name, work) => {
      if (takenElsewhere.has(name)) {
        throw new AgentDreamsError('locked', 'Another process holds the store.', {
          lock: name,
          owner: 'another window',
        });
      }
      const before = queues.get(name) ?? Promise.resolve();
      let release = (): void => undefined;
      queues.set(
        name,
        before.then(() => new Promise<void>((done) => (release = done))),
      );
      await before;
      history.push(name);
      try {
        return await work();
      } finally {
        await Promise.resolve();
        release();
      }
    },
  };
}

export interface RecordingLogger extends Logger {
  readonly lines: { readonly level: string; readonly message: string }[];
}

export function createRecordingLogger(): RecordingLogger {
  const lines: { level: string; message: string }[] = [];
  const at = (level: string) => (message: string) => void lines.push({ level, message });
  return { lines, trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
