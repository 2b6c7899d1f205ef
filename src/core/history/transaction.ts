import { createTwoFilesPatch } from 'diff';
import { AgentDreamsError, isAgentDreamsError } from '../errors';
import { indexWrite } from '../memory/indexWrite';
import { assertStorePath, isTracked, placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { updateState } from '../state/localState';
import { TEMPORARY } from './atomicWrite';
import { appendEntry, findEntry, prepareEntry, withHead, type JournalEvent, type JournalLine } from './journal';
import {
  changesTree,
  discard,
  findCommits,
  foldersOf,
  parentOf,
  stagingFolder,
  treeMark,
  writeCommit,
  type CommitRecord,
  type CommitStep,
} from './commit';
import { putObject } from './objects';
import { rollBack, rollForward, type Intrusion } from './putInPlace';
import { takeSnapshot } from './snapshots';

/** One file to change. */
export interface FileWrite {
  readonly path: string;
  /** SHA-256 of the bytes that must be there now; null = nothing may be there. */
  readonly expected: string | null;
  /** New content; null takes the file away as the source of a move (the snapshot keeps it). */
  readonly bytes: Uint8Array | null;
  /** What the journal compares the new content with, where that is not what stands there now. */
  readonly was?: Uint8Array;
}

export interface Transaction {
  readonly writes: readonly FileWrite[];
  readonly event: JournalEvent;
}

const DIFF_LIMITS = { timeout: 500, maxEditLength: 4_000 } as const;

/**
 * Applies all writes or none, as one journalled step: lock → recovery of an earlier crash → every expected hash checked
 * → snapshot → new content staged and flushed → commit record → renames → journal line → accepted hashes. A crash
 * before the commit record leaves the old state, after it `recover` completes the new one. MEMORY.md is rebuilt in the
 * same step when a memory changes.
 *
 * Throws `conflict` with `path` if a file is not as expected (nothing is changed), `locked`, or what the FileStore throws.
 */
export async function applyTransaction(ports: CorePorts, transaction: Transaction): Promise<JournalLine> {
  return ports.lock.hold('store', async () => {
    await recoverHeld(ports);
    const before = await readExpected(ports, transaction.writes);
    const writes = await withIndex(ports, transaction.writes, before);
    const id = ports.ids.next();
    const transactionWithIndex = { writes, event: transaction.event };
    return completeNow(ports, await commit(ports, id, transactionWithIndex, before));
  });
}

/** Stages and commits, or leaves nothing behind. */
async function commit(ports: CorePorts, id: string, all: Transaction, before: Contents): Promise<CommitRecord> {
  let record: CommitRecord | undefined;
  try {
    record = await stage(ports, id, all, before);
    await writeCommit(ports, record);
    return record;
  } catch (error) {
    // Only the flush after the record may have failed: then it is decided all the same.
    if (record !== undefined && (await discardUnlessCommitted(ports, id))) return record;
    if (record === undefined) await discardUnlessCommitted(ports, id);
    throw error;
  }
}

const ATTEMPTS = 3;

/**
 * What is committed is decided: a failure is tried again at once, and what still cannot be done is left to `recover`,
 * which the error says (`unfinished`).
 */
async function completeNow(ports: CorePorts, record: CommitRecord): Promise<JournalLine> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await complete(ports, record);
    } catch (error) {
      if (!(error instanceof AgentDreamsError) || error.code === 'conflict') throw error;
      if (attempt < ATTEMPTS) continue;
      throw new AgentDreamsError(
        error.code,
        `The change is saved, but not yet in its place; that is completed when the store is opened again. ${error.message}`,
        { ...error.details, unfinished: true },
        { cause: error },
      );
    }
  }
}

/**
 * Brings MEMORY.md in line with the memories, as after a merge of two branches; true if it had to be written. Its
 * generated part follows from the memories alone, so this is no change that anybody decides: nothing is journalled.
 */
export async function rebuildIndex(ports: CorePorts): Promise<boolean> {
  if ((await ports.files.stat('MEMORY.md')) === undefined || (await indexWrite(ports, [])) === undefined) return false;
  return ports.lock.hold('store', async () => {
    await recoverHeld(ports);
    const write = await indexWrite(ports, []);
    if (write === undefined) return false;
    const staged = `${stagingFolder(write.path)}/${ports.ids.next()}/0`;
    await ports.files.write(staged, write.bytes);
    await ports.files.rename(staged, write.path);
    await ports.files.remove(parentOf(staged));
    await ports.files.syncDirectory('');
    return true;
  });
}

/** Completes or discards what a crash left behind. Call it when a store is opened; cheap when there is nothing. */
export async function recover(ports: CorePorts): Promise<'clean' | 'rolled-forward' | 'discarded'> {
  await removeOldTemporaries(ports);
  const { committed, abandoned } = await findCommits(ports);
  if (committed.length + abandoned.length === 0) return 'clean';
  return ports.lock.hold('store', () => recoverHeld(ports));
}

async function recoverHeld(ports: CorePorts): Promise<'clean' | 'rolled-forward' | 'discarded'> {
  const { committed, abandoned } = await findCommits(ports);
  let forward = 0;
  for (const record of committed) if (await completeOrTakeBack(ports, record)) forward += 1;
  for (const id of abandoned) await discard(ports, id);
  return forward > 0 ? 'rolled-forward' : committed.length + abandoned.length > 0 ? 'discarded' : 'clean';
}

/** False if another program wrote to one of the files meanwhile, so that the others are as they were before. */
async function completeOrTakeBack(ports: CorePorts, record: CommitRecord): Promise<boolean> {
  try {
    await complete(ports, record);
    return true;
  } catch (error) {
    if (!isAgentDreamsError(error, 'conflict')) throw error;
    ports.logger.warn(`An interrupted change was taken back: ${error.message}`);
    return false;
  }
}

const HOUR_MS = 3_600_000;

/** A younger one may be in use by another process. */
async function removeOldTemporaries(ports: CorePorts): Promise<void> {
  for (const { name } of await ports.files.list(TEMPORARY)) {
    const stat = await ports.files.stat(`${TEMPORARY}/${name}`);
    const old = stat !== undefined && ports.clock.now() - stat.mtimeMs > HOUR_MS;
    if (old) await ports.files.remove(`${TEMPORARY}/${name}`);
  }
}

/** True if the application is committed after all; otherwise what it left is removed. */
async function discardUnlessCommitted(ports: CorePorts, id: string): Promise<boolean> {
  try {
    const { committed } = await findCommits(ports);
    if (committed.some((record) => record.id === id)) return true;
    await discard(ports, id);
  } catch (error) {
    ports.logger.error('An unfinished change could not be cleaned up; it is when the store is opened again', error);
  }
  return false;
}

type Contents = ReadonlyMap<string, Uint8Array | undefined>;

async function readExpected(ports: CorePorts, writes: readonly FileWrite[]): Promise<Contents> {
  const contents = new Map<string, Uint8Array | undefined>();
  for (const { path, expected } of writes) {
    assertStorePath(path);
    if (contents.has(path)) throw new AgentDreamsError('invalid-input', 'A file is written twice.', { path });
    const bytes = await ports.files.read(path);
    contents.set(path, bytes);
    const present = bytes === undefined ? null : ports.hasher.sha256(bytes);
    if (present !== expected) {
      throw new AgentDreamsError('conflict', `${path} is not as it was when this was decided.`, { path });
    }
  }
  return contents;
}

/** Adds MEMORY.md to the writes when they touch a memory, unless the caller writes it. */
async function withIndex(
  ports: CorePorts,
  writes: readonly FileWrite[],
  before: Contents,
): Promise<readonly FileWrite[]> {
  if (!writes.some(({ path }) => placeOf(path) !== undefined) || before.has('MEMORY.md')) return writes;
  const index = await indexWrite(ports, writes);
  return index === undefined ? writes : [...writes, index];
}

async function stage(ports: CorePorts, id: string, transaction: Transaction, before: Contents): Promise<CommitRecord> {
  await takeSnapshot(ports, id);
  const folders = new Set<string>();
  const steps: CommitStep[] = [];
  if (changesTree(transaction.writes)) {
    await ports.files.write(treeMark(id), ports.text.encode(id));
    folders.add(parentOf(treeMark(id)));
  }
  for (const [number, { path, expected, bytes }] of transaction.writes.entries()) {
    const folder = `${stagingFolder(path)}/${id}`;
    const staged = bytes === null ? null : `${folder}/${number}`;
    if (staged !== null && bytes !== null) {
      await ports.files.write(staged, bytes);
      folders.add(folder);
      // What is accepted is kept by its hash, so that a change made outside can be reverted to it.
      if (isTracked(path)) await putObject(ports, bytes);
    }
    steps.push({ path, staged, before: expected, after: bytes === null ? null : ports.hasher.sha256(bytes) });
  }
  for (const folder of new Set([...folders].flatMap((one) => [one, ...foldersOf(one)]))) {
    await ports.files.syncDirectory(folder);
  }
  const files = steps.map((step, index) => {
    const was = transaction.writes[index]?.was;
    return { path: step.path, before: was === undefined ? step.before : ports.hasher.sha256(was), after: step.after };
  });
  const diffs = transaction.writes
    .filter(({ path }) => isTracked(path))
    .map(({ path, bytes, was }) => ({ path, diff: unified(ports, path, was ?? before.get(path), bytes) }));
  const journal = await prepareEntry(ports, transaction.event, files, diffs);
  return { format: 1, id, steps, journal };
}

function unified(ports: CorePorts, path: string, before: Uint8Array | undefined, after: Uint8Array | null): string {
  const text = (bytes: Uint8Array | null | undefined): string => ports.text.decode(bytes ?? new Uint8Array()).text;
  return createTwoFilesPatch(path, path, text(before), text(after), undefined, undefined, DIFF_LIMITS) ?? '';
}

/**
 * Everything after the commit record; can be repeated any number of times. Throws `conflict` when another program wrote
 * to one of the files: then every other one is as it was before, and nothing is journalled.
 */
async function complete(ports: CorePorts, record: CommitRecord): Promise<JournalLine> {
  const known = await findEntry(ports, record.journal.id);
  if (known === undefined) {
    const intrusion = record.back === true ? undefined : await rollForward(ports, record);
    if (record.back === true || intrusion !== undefined) return takeBack(ports, record, intrusion);
  }
  const line = known ?? (await appendEntry(ports, record.journal));
  await accept(ports, record, line, known === undefined);
  await discard(ports, record.id).catch((error: unknown) => {
    ports.logger.error('The traces of a change are removed when the store is opened again', error);
  });
  return line;
}

/** Remembers the accepted hashes, and up to where the journal goes. */
async function accept(ports: CorePorts, record: CommitRecord, line: JournalLine, appended: boolean): Promise<void> {
  const tracked = record.steps.filter(({ path }) => isTracked(path));
  await updateState(ports, (state) => {
    const accepted = new Map(Object.entries(state.accepted));
    for (const { path, after } of tracked) {
      if (after === null) accepted.delete(path);
      else accepted.set(path, after);
    }
    return { ...state, accepted: Object.fromEntries(accepted), ...withHead(state.journal, line, appended) };
  });
}

async function takeBack(ports: CorePorts, record: CommitRecord, first: Intrusion | undefined): Promise<never> {
  if (record.back !== true) await writeCommit(ports, { ...record, back: true });
  const intrusions = await rollBack(ports, record);
  await discard(ports, record.id);
  const { path, kept } = intrusions.find((one) => one.kept !== undefined) ?? intrusions[0] ?? first ?? { path: '' };
  const where = kept === undefined ? 'its text is left as it is' : `its text is kept in ${kept}`;
  const message = `${path} was changed by another program meanwhile; ${where}, and nothing else was changed.`;
  throw new AgentDreamsError('conflict', message, { path, ...(kept === undefined ? {} : { kept }) });
}
