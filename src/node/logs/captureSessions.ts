import { minimatch } from 'minimatch';
import path from 'node:path';
import { AgentDreamsError, isAgentDreamsError, type ErrorCode } from '../../core/errors';
import type { CancelSignal, CorePorts, Progress } from '../../core/ports';
import type { LogCursor } from '../../core/sessions/cursor';
import type { LineProblem } from '../../core/sessions/session';
import { readState, updateState } from '../../core/state/localState';
import { captureSession, fileOf, type SessionCapture, type SessionGroup } from './captureSession';
import { discoverLogs, type DiscoveredLogs, type FoundLog } from './discover';
import type { PathMap } from './ownership';
import type { ProbeCache } from './probeCache';
import { SeenFiles } from './seenFiles';
import { makeRoom } from './sizeCap';

export type CapturePorts = CorePorts;

export interface CaptureOptions {
  readonly workspaceRoot: string;
  readonly configDirs: readonly string[];
  readonly extraLogFolders: readonly string[];
  readonly mapCwd: readonly PathMap[];
  readonly exclude: {
    /** Globs over the log file, the working directory, and the working directory relative to the workspace. */
    readonly paths: readonly string[];
    readonly entrypoints: readonly string[];
  };
  /** Bytes that captured sessions may take; the oldest already dreamt ones make room. */
  readonly maxBytesOnDisk: number;
  readonly home: string;
  readonly cache?: ProbeCache;
}

/** What a capture did. Counts are sessions, unless they say otherwise. */
export interface CaptureReport {
  readonly found: number;
  readonly captured: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Left out as the settings ask, or because our own engine made them. */
  readonly excluded: number;
  /** Without a prompt or a tool call, or nothing but a copy of another session. */
  readonly empty: number;
  /** Removed to stay under the size cap. */
  readonly removed: number;
  readonly failed: readonly { readonly file: string; readonly code: ErrorCode; readonly message: string }[];
  /** Prompts of people, in this run. */
  readonly prompts: number;
  /** Replacements by rule, in this run. */
  readonly redactions: Readonly<Record<string, number>>;
  /** Log lines by type, in this run. */
  readonly lineTypes: Readonly<Record<string, number>>;
  /** Unreadable lines; at most 20 per session. */
  readonly problems: readonly (LineProblem & { readonly file: string })[];
  readonly bytesRead: number;
  readonly canceled: boolean;
}

const SESSIONS_BETWEEN_STATES = 20;
const FATAL: ReadonlySet<ErrorCode> = new Set(['disk-full', 'read-only', 'permission-denied', 'locked']);

interface Run {
  readonly ports: CapturePorts;
  readonly options: CaptureOptions;
  readonly seenFiles: SeenFiles;
  readonly pending: Map<string, LogCursor>;
  readonly counts: Record<'captured' | 'updated' | 'unchanged' | 'excluded' | 'empty', number>;
  readonly failed: { file: string; code: ErrorCode; message: string }[];
  readonly redactions: Map<string, number>;
  readonly lineTypes: Map<string, number>;
  readonly problems: (LineProblem & { file: string })[];
  prompts: number;
  bytesRead: number;
}

/** Own logs before copies of them: what starts first, then what was written first. */
function olderFirst(a: FoundLog, b: FoundLog): number {
  if (a.kind !== b.kind) return a.kind === 'session' ? -1 : 1;
  if (a.firstAt !== b.firstAt) return a.firstAt < b.firstAt ? -1 : 1;
  return a.mtimeMs - b.mtimeMs || (a.file < b.file ? -1 : 1);
}

function toGroups(found: DiscoveredLogs, cursors: Readonly<Record<string, LogCursor>>): readonly SessionGroup[] {
  const groups = new Map<string, FoundLog[]>();
  for (const log of [...found.logs, ...found.agents]) {
    const id = cursors[log.file]?.session ?? log.session;
    groups.set(id, [...(groups.get(id) ?? []), log]);
  }
  return [...groups]
    .map(([id, logs]) => {
      const known = logs.flatMap((log) => {
        const cursor = cursors[log.file];
        return cursor === undefined ? [] : [[log.file, cursor] as const];
      });
      return { id, logs: logs.sort(olderFirst), cursors: new Map(known) };
    })
    .sort((a, b) => (a.logs[0] && b.logs[0] ? olderFirst(a.logs[0], b.logs[0]) : 0));
}

/** Another file of the same size and time may have been put in its place. */
function isAsSeen(cursor: LogCursor, log: FoundLog): boolean {
  return cursor.size === log.size && cursor.mtimeMs === log.mtimeMs && cursor.inode === log.inode;
}

function isUnchanged(group: SessionGroup): boolean {
  return group.logs.every((log) => {
    const cursor = group.cursors.get(log.file);
    return cursor !== undefined && isAsSeen(cursor, log);
  });
}

function isExcluded(group: SessionGroup, options: CaptureOptions): boolean {
  const [first] = group.logs;
  return first === undefined || isExcludedLog(first, options);
}

/** True if the user wants no log like this one to be captured. */
export function isExcludedLog(
  { file, cwd, entrypoint }: Pick<FoundLog, 'file' | 'cwd' | 'entrypoint'>,
  { workspaceRoot, exclude }: Pick<CaptureOptions, 'workspaceRoot' | 'exclude'>,
): boolean {
  if (entrypoint !== undefined && exclude.entrypoints.includes(entrypoint)) return true;
  const relative = path.relative(workspaceRoot, cwd);
  const names = [file, cwd, relative].map((name) => name.split(path.sep).join('/'));
  return exclude.paths.some((glob) => names.some((name) => minimatch(name, glob, { dot: true })));
}

function errorCodeOf(error: unknown): ErrorCode {
  if (isAgentDreamsError(error)) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'permission-denied';
  return code === 'ENOENT' ? 'not-found' : 'io';
}

function fail(run: Run, file: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  run.failed.push({ file, code: errorCodeOf(error), message: run.ports.redactor.redact(message).text });
  run.ports.logger.warn(`The log ${file} could not be captured: ${errorCodeOf(error)}`);
}

function addCounts(into: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [name, count] of counts) into.set(name, (into.get(name) ?? 0) + count);
}

function note(run: Run, group: SessionGroup, capture: SessionCapture): void {
  const { result } = capture;
  if (result === 'captured' || result === 'updated') run.counts[result] += 1;
  else if (result === 'empty' || result === 'repeated') run.counts.empty += 1;
  else run.counts.excluded += 1;
  run.prompts += capture.prompts;
  run.bytesRead += capture.bytesRead;
  addCounts(run.redactions, capture.redactions);
  addCounts(run.lineTypes, capture.lineTypes);
  run.problems.push(...capture.problems.map((problem) => ({ ...problem, file: fileOf(group) })));
  for (const [file, cursor] of capture.cursors) run.pending.set(file, cursor);
}

async function saveCursors(run: Run): Promise<void> {
  if (run.pending.size === 0) return;
  const cursors = Object.fromEntries(run.pending);
  run.pending.clear();
  await updateState(run.ports, (state) => ({ ...state, cursors: { ...state.cursors, ...cursors } }));
}

/** A log that was replaced between looking at it and opening it is read from its beginning. */
function againIfChanged<T>(work: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    if (isAgentDreamsError(error, 'conflict')) return work();
    throw error;
  };
}

async function captureGroup(run: Run, group: SessionGroup, signal: CancelSignal): Promise<void> {
  if (isExcluded(group, run.options)) {
    run.counts.excluded += 1;
    return;
  }
  if (isUnchanged(group)) {
    run.counts.unchanged += 1;
    return;
  }
  const captured = (): Promise<SessionCapture> => captureSession(run.ports, group, run.seenFiles, signal);
  try {
    note(run, group, await captured().catch(againIfChanged(captured)));
  } catch (error) {
    // What the store cannot write now it cannot write for the next session either.
    if (isAgentDreamsError(error) && (FATAL.has(error.code) || error.code === 'cancelled')) throw error;
    fail(run, fileOf(group), error);
  }
}

/** True if the end was reached. */
async function captureGroups(
  run: Run,
  groups: readonly SessionGroup[],
  signal: CancelSignal,
  progress: Progress | undefined,
): Promise<boolean> {
  try {
    for (const [index, group] of groups.entries()) {
      if (signal.aborted) return false;
      progress?.report({ message: path.basename(fileOf(group)), done: index, total: groups.length });
      await captureGroup(run, group, signal);
      if (run.pending.size >= SESSIONS_BETWEEN_STATES) await saveCursors(run);
    }
    progress?.report({ message: '', done: groups.length, total: groups.length });
    return true;
  } catch (error) {
    if (isAgentDreamsError(error, 'cancelled')) return false;
    throw error;
  } finally {
    await saveCursors(run);
  }
}

async function capture(
  ports: CapturePorts,
  options: CaptureOptions,
  signal: CancelSignal,
  progress: Progress | undefined,
): Promise<CaptureReport> {
  progress?.report({ message: '', done: 0, total: 0 });
  const found = await discoverLogs(options);
  const { cursors } = await readState(ports);
  const groups = toGroups(found, cursors);
  const run: Run = {
    ports,
    options,
    seenFiles: new SeenFiles(ports),
    pending: new Map(),
    counts: { captured: 0, updated: 0, unchanged: 0, excluded: 0, empty: 0 },
    failed: [],
    redactions: new Map(),
    lineTypes: new Map(),
    problems: [],
    prompts: 0,
    bytesRead: 0,
  };
  for (const { file, error } of found.failed) fail(run, file, error);
  const done = await captureGroups(run, groups, signal, progress);
  const removed = done ? await makeRoom(ports, options.maxBytesOnDisk) : 0;
  return {
    found: groups.length + found.failed.length,
    ...run.counts,
    removed,
    failed: run.failed,
    prompts: run.prompts,
    redactions: Object.fromEntries(run.redactions),
    lineTypes: Object.fromEntries(run.lineTypes),
    problems: run.problems,
    bytesRead: run.bytesRead,
    canceled: !done,
  };
}

/**
 * Captures what is new in the logs of this workspace into `.local/sessions`. Everything written was redacted before. One
 * session that fails is reported and does not stop the rest; a store that cannot be written does (`disk-full`,
 * `read-only`, `permission-denied`). Holds the lock `capture`; a second capture waits for it, then throws `locked`. When
 * cancelled, keeps what is complete and says so in the report. Throws `no-workspace` without an absolute folder.
 */
export async function captureSessions(
  ports: CapturePorts,
  options: CaptureOptions,
  signal: CancelSignal,
  progress?: Progress,
): Promise<CaptureReport> {
  if (!path.isAbsolute(options.workspaceRoot)) {
    throw new AgentDreamsError('no-workspace', 'Capturing needs a workspace folder.', {
      workspace: options.workspaceRoot,
    });
  }
  await ports.redactor.refresh?.();
  return ports.lock.hold('capture', () => capture(ports, options, signal, progress));
}
