import { createTwoFilesPatch } from 'diff';
import { AgentDreamsError, isAgentDreamsError } from '../errors';
import { indexWrite } from '../memory/indexWrite';
import { assertStorePath, isTracked, placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { isSkillPath } from '../skills/skillPath';
import { withAccepted } from '../state/accepted';
import { updateState } from '../state/localState';
import { TEMPORARY } from './atomicWrite';
import {
  appendEntry,
  findEntry,
  isTorn,
  mendTornLine,
  prepareEntry,
  withHead,
  type JournalEvent,
  type JournalLine,
} from './journal';
import {
  changesTree,
  discard,
  findCommits,
  stagingFolder,
  treeMark,
  writeCommit,
  type CommitRecord,
  type CommitStep,
} from './commit';
import { foldersOf, parentOf } from './folders';
import { putObject } from './objects';
import { rollBack, rollForward, type Intrusion } from './putInPlace';
import { readTree, takeSnapshot, type Tree } from './snapshots';

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
    const before = await readExpected(ports, transaction);
    const seen = { before, tree: await readTree(ports) };
    const writes = await withIndex(ports, transaction.writes, seen);
    const id = ports.ids.next();
    const record = await commit(ports, id, () => stage(ports, id, { ...transaction, writes }, seen));
    const line = await completeNow(ports, record);
    if (line === undefined) throw new AgentDreamsError('io', 'The change is not in the journal.');
    return line;
  });
}

/** Stages and commits, or leaves nothing behind. */
async function commit(ports: CorePorts, id: string, staged: () => Promise<CommitRecord>): Promise<CommitRecord> {
  let record: CommitRecord | undefined;
  try {
    record = await staged();
    await writeCommit(ports, record);
    return record;
  } catch (error) {
    const state = await discardUnlessCommitted(ports, id);
    // Only the flush after the record failed: it is decided all the same.
    if (record !== undefined && state === 'committed') return record;
    throw record !== undefined && state === 'unknown' ? uncertain(error) : error;
  }
}

/** The disk failed around the commit record and cannot be read either. */
function uncertain(error: unknown): unknown {
  if (!(error instanceof AgentDreamsError)) return error;
  const message = `Whether the change was saved shows when the store is opened again: then it is complete, or not there at all. ${error.message}`;
  return new AgentDreamsError(error.code, message, { ...error.details, uncertain: true }, { cause: error });
}

const ATTEMPTS = 3;

/**
 * What is committed is decided: a failure is tried again at once, and what still cannot be done is left to `recover`,
 * which the error says (`unfinished`).
 */
async function completeNow(ports: CorePorts, record: CommitRecord): Promise<JournalLine | undefined> {
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
    const id = ports.ids.next();
    await completeNow(
      ports,
      await commit(ports, id, async () => ({
        format: 1,
        id,
        steps: await stageFiles(ports, id, [write]),
        journal: null,
      })),
    );
    return true;
  });
}

/** Completes or discards what a crash left behind. Call it when a store is opened; cheap when there is nothing. */
export async function recover(ports: CorePorts): Promise<'clean' | 'rolled-forward' | 'discarded'> {
  await removeOldTemporaries(ports);
  const { committed, abandoned } = await findCommits(ports);
  if (committed.length + abandoned.length === 0 && !(await isTorn(ports))) return 'clean';
  return ports.lock.hold('store', () => recoverHeld(ports));
}

async function recoverHeld(ports: CorePorts): Promise<'clean' | 'rolled-forward' | 'discarded'> {
  const { committed, abandoned } = await findCommits(ports);
  let forward = 0;
  for (const record of committed) if (await completeOrTakeBack(ports, record)) forward += 1;
  for (const id of abandoned) await discard(ports, id);
  await mendTornLine(ports);
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
    // Of the future: the clock was put back since.
    const old = stat !== undefined && Math.abs(ports.clock.now() - stat.mtimeMs) > HOUR_MS;
    if (old) await ports.files.remove(`${TEMPORARY}/${name}`);
  }
}

/** Removes what an application left, unless it is committed after all. */
async function discardUnlessCommitted(ports: CorePorts, id: string): Promise<'committed' | 'abandoned' | 'unknown'> {
  let known = false;
  try {
    const { committed } = await findCommits(ports);
    if (committed.some((record) => record.id === id)) return 'committed';
    known = true;
    await discard(ports, id);
  } catch (error) {
    ports.logger.error('An unfinished change could not be cleaned up; it is when the store is opened again', error);
  }
  return known ? 'abandoned' : 'unknown';
}

function isAboutSkills({ action }: JournalEvent): boolean {
  return action === 'export' || action === 'withdraw';
}

/** True for files whose words the journal keeps. */
function isKept(path: string): boolean {
  return isTracked(path) || isSkillPath(path);
}

/** The files to be written, and the whole store, as they were read at the start. */
interface Seen {
  readonly before: Contents;
  readonly tree: Tree;
}

type Contents = ReadonlyMap<string, Uint8Array | undefined>;

async function readExpected(ports: CorePorts, { writes, event }: Transaction): Promise<Contents> {
  const contents = new Map<string, Uint8Array | undefined>();
  for (const { path, expected } of writes) {
    // Only an event that says so reaches outside of the store: no decision about memories can name a skill.
    if (!(isAboutSkills(event) && isSkillPath(path))) assertStorePath(path);
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
  { before, tree }: Seen,
): Promise<readonly FileWrite[]> {
  if (!writes.some(({ path }) => placeOf(path) !== undefined) || before.has('MEMORY.md')) return writes;
  const index = await indexWrite(ports, writes, tree);
  return index === undefined ? writes : [...writes, index];
}

async function stage(ports: CorePorts, id: string, transaction: Transaction, seen: Seen): Promise<CommitRecord> {
  const { before, tree } = seen;
  await takeSnapshot(ports, id, tree);
  // A skill is no part of the snapshot: what it was is kept beside it.
  for (const [path, bytes] of before) if (bytes !== undefined && isSkillPath(path)) await putObject(ports, bytes);
  const steps = await stageFiles(ports, id, transaction.writes);
  const files = steps.map((step, index) => {
    const was = transaction.writes[index]?.was;
    return { path: step.path, before: was === undefined ? step.before : ports.hasher.sha256(was), after: step.after };
  });
  const diffs = transaction.writes
    .filter(({ path }) => isKept(path))
    .map(({ path, bytes, was }) => ({ path, diff: unified(ports, path, was ?? before.get(path), bytes) }));
  const journal = await prepareEntry(ports, transaction.event, files, diffs);
  return { format: 1, id, steps, journal };
}

/** Writes the new contents where they wait, flushed down to their folders. */
async function stageFiles(ports: CorePorts, id: string, writes: readonly FileWrite[]): Promise<readonly CommitStep[]> {
  const folders = new Set<string>();
  const steps: CommitStep[] = [];
  if (changesTree(writes)) {
    await ports.files.write(treeMark(id), ports.text.encode(id));
    folders.add(parentOf(treeMark(id)));
  }
  for (const [number, { path, expected, bytes }] of writes.entries()) {
    const folder = `${stagingFolder(path)}/${id}`;
    const staged = bytes === null ? null : `${folder}/${number}`;
    if (staged !== null && bytes !== null) {
      await ports.files.write(staged, bytes);
      folders.add(folder);
      // What is accepted is kept by its hash, so that a change made outside can be reverted to it.
      if (isKept(path)) await putObject(ports, bytes);
    }
    steps.push({ path, staged, before: expected, after: bytes === null ? null : ports.hasher.sha256(bytes) });
  }
  for (const folder of new Set([...folders].flatMap((one) => [one, ...foldersOf(one)]))) {
    await ports.files.syncDirectory(folder);
  }
  return steps;
}

function unified(ports: CorePorts, path: string, before: Uint8Array | undefined, after: Uint8Array | null): string {
  const text = (bytes: Uint8Array | null | undefined): string => ports.text.decode(bytes ?? new Uint8Array()).text;
  return createTwoFilesPatch(path, path, text(before), text(after), undefined, undefined, DIFF_LIMITS) ?? '';
}

/**
 * Everything after the commit record; can be repeated any number of times. Throws `conflict` when another program wrote
 * to one of the files: then every other one is as it was before, and nothing is journalled.
 */
async function complete(ports: CorePorts, record: CommitRecord): Promise<JournalLine | undefined> {
  const { journal } = record;
  const known = journal === null ? undefined : await findEntry(ports, journal.id);
  if (known === undefined) {
    const intrusion = record.back === true ? undefined : await rollForward(ports, record);
    if (record.back === true || intrusion !== undefined) return takeBack(ports, record, intrusion);
  }
  const line = known ?? (journal === null ? undefined : await appendEntry(ports, journal));
  if (line !== undefined) await accept(ports, record, line, known === undefined);
  await discard(ports, record.id).catch((error: unknown) => {
    ports.logger.error('The traces of a change are removed when the store is opened again', error);
  });
  return line;
}

/** Remembers the accepted hashes, and up to where the journal goes. */
async function accept(ports: CorePorts, record: CommitRecord, line: JournalLine, appended: boolean): Promise<void> {
  const tracked = record.steps.filter(({ path }) => isTracked(path));
  await updateState(ports, (state) => ({
    ...withAccepted(state, ports.worktree, tracked),
    ...withHead(state.journal, line, appended),
  }));
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
