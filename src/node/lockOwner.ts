import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errnoOf } from './fileErrors';

/** What a lock file says. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /**
   * When that process started, so that a reused pid is not taken for it: clock ticks since boot, the boot's id, and the
   * name space its pid belongs to. '' where the system does not tell.
   */
  readonly started: string;
  /** Of one attempt to hold one lock; safe in a file name. */
  readonly nonce: string;
}

const NONCE = /^[\w-]{1,80}$/u;

/** This process as the owner of a lock. */
export function thisProcess(nonce: string): Owner {
  const ticks = processAt(process.pid)?.ticks;
  const { boot, space } = bootHere();
  return { pid: process.pid, host: hostname(), started: ticks ? `${ticks} ${boot} ${space}` : '', nonce };
}

/** The owner that a file names; `gone` if there is no file, `unreadable` if its maker got no further. */
export async function readOwner(file: string): Promise<Owner | 'gone' | 'unreadable'> {
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
  const texts = [host, started, nonce].every((one) => typeof one === 'string');
  return texts && Number.isInteger(pid) && NONCE.test(String(nonce));
}

/**
 * Whether the process that a lock names still runs. `unknown` where it cannot be asked: another host, another pid name
 * space (a container), or a system that does not tell when a process started, so that its pid may be somebody else's.
 */
export function lifeOf({ pid, host, started }: Owner): 'alive' | 'dead' | 'unknown' {
  if (host !== hostname()) return 'unknown';
  const [ticks = '', boot = '', space = ''] = started.split(' ');
  const here = bootHere();
  if (differ(boot, here.boot)) return 'dead';
  if (differ(space, here.space)) return 'unknown';
  if (!isRunning(pid)) return 'dead';
  const seen = processAt(pid);
  if (seen?.ended === true) return 'dead';
  if (seen === undefined || ticks === '') return 'unknown';
  return seen.ticks === ticks ? 'alive' : 'dead';
}

function differ(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

/**
 * Linux: fields 3 and 22 of /proc/<pid>/stat (man 5 proc_pid_stat). A process that was killed but not yet waited for by
 * its parent still has its pid, and has ended all the same. Elsewhere undefined.
 */
function processAt(pid: number): { readonly ticks: string; readonly ended: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { ticks: fields[19] ?? '', ended: ['Z', 'X', 'x'].includes(fields[0] ?? '') };
  } catch {
    return undefined;
  }
}

let known: { readonly boot: string; readonly space: string } | undefined;

function bootHere(): { readonly boot: string; readonly space: string } {
  known ??= {
    boot: orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: orNothing(() => readlinkSync('/proc/self/ns/pid')),
  };
  return known;
}

function orNothing(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}
