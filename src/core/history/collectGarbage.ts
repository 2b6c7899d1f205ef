import * as z from 'zod/mini';
import type { CorePorts } from '../ports';
import { readState } from '../state/localState';
import { writeAtomic } from './atomicWrite';
import { findCommits } from './commit';
import { payloadPath, readJournal } from './journal';
import { objectPath } from './objects';
import { listSnapshots, readSnapshot, removeSnapshot } from './snapshots';

export interface Retention {
  /** The newest so many snapshots are kept, however old they are. */
  readonly keepSnapshots: number;
  /** Younger snapshots are kept, however many there are. */
  readonly keepDays: number;
}

export interface Collected {
  readonly snapshots: number;
  readonly files: number;
}

const OBJECTS = '.local/snapshots/objects';
const PAYLOADS = '.local/snapshots/payloads';
const NOTE_PATH = '.local/snapshots/garbage.json';
const DAY_MS = 86_400_000;
const MAX_READ = 64 * 1024 * 1024;
const note = z.object({ format: z.literal(1), at: z.number(), files: z.array(z.string()) });

/** What nothing referred to when somebody looked last. */
type Note = z.infer<typeof note>;

/**
 * Removes old snapshots, and kept contents that nothing refers to: no kept snapshot, no line of the journal, no accepted
 * hash, no dream or review. A content goes only when it was found unused twice, at least a day apart, so that whatever
 * reads it meanwhile (a rollback, a comparison) ends first. Does nothing within a day of the last time. A crash at any
 * call leaves at most more than is needed. Throws `locked` while somebody writes, and what the FileStore throws.
 */
export async function collectGarbage(ports: CorePorts, retention: Retention): Promise<Collected> {
  const last = await readNote(ports);
  const now = ports.clock.now();
  const none = { snapshots: 0, files: 0 };
  if (last !== undefined && now >= last.at && now - last.at < DAY_MS) return none;
  const isFew = (await listSnapshots(ports)).length <= retention.keepSnapshots;
  if (isFew && (last === undefined || last.files.length === 0)) return none;
  return ports.lock.hold('store', async () => {
    const { committed } = await findCommits(ports);
    const journal = await readJournal(ports);
    // What cannot be understood may refer to anything.
    if (committed.length > 0 || journal.problems.some(({ reason }) => reason === 'unreadable')) return none;
    const old = await oldSnapshots(ports, retention);
    const used = await usedFiles(ports, { old: new Set(old), lines: journal.lines });
    if (used === undefined) return none;
    const unused = (await keptFiles(ports)).filter((path) => !used.has(path));
    const known = new Set(last?.files);
    const garbage = unused.filter((path) => known.has(path));
    for (const id of old) await removeSnapshot(ports, id);
    for (const path of garbage) await ports.files.remove(path);
    const gone = new Set(garbage);
    const next: Note = { format: 1, at: now, files: unused.filter((path) => !gone.has(path)) };
    await writeAtomic(ports, NOTE_PATH, ports.text.encode(`${JSON.stringify(next)}\n`));
    return { snapshots: old.length, files: garbage.length };
  });
}

async function readNote(ports: CorePorts): Promise<Note | undefined> {
  const bytes = await ports.files.read(NOTE_PATH);
  if (bytes === undefined) return undefined;
  try {
    const parsed = note.safeParse(JSON.parse(ports.text.decode(bytes).text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function oldSnapshots(ports: CorePorts, { keepSnapshots, keepDays }: Retention): Promise<readonly string[]> {
  const ids = await listSnapshots(ports);
  const candidates = ids.slice(0, Math.max(0, ids.length - keepSnapshots));
  const old: string[] = [];
  for (const id of candidates) {
    const snapshot = await readSnapshot(ports, id);
    const age = snapshot === undefined ? 0 : ports.clock.now() - Date.parse(snapshot.at);
    if (age > keepDays * DAY_MS) old.push(id);
  }
  return old;
}

/** Paths of all contents that something refers to; undefined if a file that may refer to some cannot be read. */
async function usedFiles(
  ports: CorePorts,
  {
    old,
    lines,
  }: { readonly old: ReadonlySet<string>; readonly lines: Awaited<ReturnType<typeof readJournal>>['lines'] },
): Promise<ReadonlySet<string> | undefined> {
  const used = new Set<string>();
  const use = (sha256: string | null): void => {
    if (sha256 !== null && /^[0-9a-f]{64}$/u.test(sha256)) used.add(objectPath(sha256));
  };
  for (const id of await listSnapshots(ports)) {
    if (old.has(id)) continue;
    const snapshot = await readSnapshot(ports, id);
    if (snapshot === undefined) return undefined;
    Object.values(snapshot.files).forEach(use);
  }
  for (const { files, payload } of lines) {
    used.add(payloadPath(payload));
    for (const { before, after } of files) [before, after].forEach(use);
  }
  const { accepted, worktrees = {} } = await readState(ports);
  for (const one of [accepted, ...Object.values(worktrees)]) Object.values(one).forEach(use);
  for (const { name } of await ports.files.list('.local/dreams')) {
    for (const file of ['proposal.json', 'review.json']) {
      const bytes = await ports.files.read(`.local/dreams/${name}/${file}`, { maxBytes: MAX_READ });
      // Evidence and bases name contents by their hash, wherever in the file.
      const hashes = bytes === undefined ? [] : (ports.text.decode(bytes).text.match(/\b[0-9a-f]{64}\b/gu) ?? []);
      hashes.forEach(use);
    }
  }
  return used;
}

async function keptFiles(ports: CorePorts): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of [OBJECTS, PAYLOADS]) {
    for (const { name: part, kind } of await ports.files.list(folder)) {
      if (kind !== 'directory') continue;
      for (const { name, kind: inner } of await ports.files.list(`${folder}/${part}`)) {
        if (inner === 'file') found.push(`${folder}/${part}/${name}`);
      }
    }
  }
  return found;
}
