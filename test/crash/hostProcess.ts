import { existsSync, mkdirSync, readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

const POLL_MS = 5;

/** One line that the suite in the extension host appended. */
export interface Announcement {
  readonly turn: number;
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
  readonly word: string;
  readonly rest: string;
}

/** Follows a file that another process appends lines to. */
export class Progress {
  readonly #file: string;
  readonly #watcher: FSWatcher;
  #waiting: (() => void) | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#watcher = watch(file, () => this.#waiting?.());
  }

  /** All lines so far, without one that is still being written. */
  get lines(): readonly Announcement[] {
    const texts = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
    return texts.map((text) => {
      const [turn, at, word = '', ...rest] = text.split(' ');
      return { turn: Number(turn), at: Number(at), word, rest: rest.join(' ') };
    });
  }

  /** Waits until `find` finds something in the lines. Rejects with the last lines when that takes too long. */
  async until<T>(what: string, find: (lines: readonly Announcement[]) => T | undefined, timeoutMs: number): Promise<T> {
    return await new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting = undefined;
      };
      const timer = setTimeout(() => {
        end();
        const last = this.lines.slice(-5).map((line) => JSON.stringify(line));
        reject(new Error(`not in ${timeoutMs} ms: ${what}\n${last.join('\n')}`));
      }, timeoutMs);
      this.#waiting = () => {
        const { lines } = this;
        const failed = lines.find(({ word }) => word === 'failed');
        const found = failed === undefined ? find(lines) : undefined;
        if (failed === undefined && found === undefined) return;
        end();
        if (found !== undefined) resolve(found);
        else reject(new Error(`The suite failed by itself: ${failed?.rest ?? ''}`));
      };
      this.#waiting();
    });
  }

  close(): void {
    this.#watcher.close();
  }
}

/** Watches when a lock is held, as another process takes and leaves it; between `begin` and `end`, while that one lives. */
export class LockWatch {
  readonly #file: string;
  readonly #watcher: FSWatcher;
  readonly #heldMs: number[] = [];
  #watching = false;
  #since: number | undefined;
  #waiting: (() => void) | undefined;

  constructor(store: string, name: string) {
    const folder = path.join(store, '.local/locks');
    mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, `${name}.lock`);
    this.#watcher = watch(folder, () => this.#look());
  }

  /** How long it is held, in milliseconds: three of four times it was not longer. */
  get usualMs(): number {
    const sorted = [...this.#heldMs].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.75)] ?? 0;
  }

  begin(): void {
    this.#watching = true;
    this.#since = undefined;
  }

  end(): void {
    this.#watching = false;
  }

  /** Waits until it is held, at most that long; true if it is. */
  async untilHeld(timeoutMs: number): Promise<boolean> {
    if (this.#since !== undefined) return true;
    return await new Promise((resolve) => {
      const end = (held: boolean): void => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(held);
      };
      const timer = setTimeout(() => end(false), timeoutMs);
      this.#waiting = () => end(true);
    });
  }

  close(): void {
    this.#watcher.close();
  }

  #look(): void {
    if (!this.#watching) return;
    const held = existsSync(this.#file);
    if (held && this.#since === undefined) {
      this.#since = performance.now();
      this.#waiting?.();
    } else if (!held && this.#since !== undefined) {
      this.#heldMs.push(performance.now() - this.#since);
      this.#since = undefined;
    }
  }
}

/** The parent's process id and the one-letter state of a living process; undefined if it is gone. */
function statOf(pid: number): { readonly parent: number; readonly state: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /su, '')
      .split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]) };
  } catch {
    return undefined;
  }
}

/** Throws unless the process is an extension host that descends from the server. */
function assertHostOf(pid: number, server: number): void {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  let ancestor = pid;
  while (ancestor > 1 && ancestor !== server) ancestor = statOf(ancestor)?.parent ?? 0;
  if (ancestor !== server || !command.includes('--type=extensionHost')) {
    throw new Error(`Process ${pid} is no extension host of server ${server}: ${command.replaceAll('\0', ' ')}`);
  }
}

/** Kills an extension host of the server outright, and returns when it is dead. */
export async function killHost(pid: number, server: number): Promise<void> {
  assertHostOf(pid, server);
  process.kill(pid, 'SIGKILL');
  for (;;) {
    const stat = statOf(pid);
    if (stat === undefined || stat.state === 'Z') return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** How far the change had come that the dead process was writing. */
export type Remains = 'none' | 'locked' | 'staged' | 'committed';

/** Looks at the folder of the store, before anything opens it again. */
export function remainsIn(store: string): Remains {
  const list = (folder: string): readonly string[] => {
    const place = path.join(store, folder);
    return existsSync(place) ? readdirSync(place) : [];
  };
  if (list('.local/txn').some((id) => list(`.local/txn/${id}`).includes('COMMIT'))) return 'committed';
  if (['.local/txn', '.local/staging', '.staging'].some((folder) => list(folder).length > 0)) return 'staged';
  return list('.local/locks').some((name) => /^(?:store|review|state)\.lock$/u.test(name)) ? 'locked' : 'none';
}
