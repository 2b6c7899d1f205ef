import type { CancelSignal, CorePorts } from '../../core/ports';
import { AgentDreamsError } from '../../core/errors';
import type { LogCursor } from '../../core/sessions/cursor';
import type { Draft } from '../../core/sessions/draft';
import { createFacts, noteProblem, noteTitle, type SessionFacts } from '../../core/sessions/facts';
import { createRedactionTally, finishEntry, type RedactionTally } from '../../core/sessions/finishEntry';
import type { SessionContext } from '../../core/sessions/logLine';
import { readRecord } from '../../core/sessions/normaliser';
import { isOwnEnginePrompt } from '../../core/sessions/ownEngine';
import { wholeText } from '../../core/sessions/promptText';
import { createSeenLines, type SeenLines } from '../../core/sessions/seenLines';
import type { SessionHeader, TokenCounts } from '../../core/sessions/session';
import { readHeader, sessionPath } from '../../core/sessions/sessionFiles';
import { createSidechains } from '../../core/sessions/sidechains';
import { createTally, toHeader, type SessionTally } from '../../core/sessions/tally';
import type { FoundLog } from './discover';
import { earlierEntries } from './earlierEntries';
import { LinesInOrder, toSessionLog, type SessionLog } from './openLogs';
import { isContinued, type ReadEnd } from './readLog';
import type { SeenFiles } from './seenFiles';
import { SessionOutput } from './sessionOutput';

/** The files of one session, its own log first, and the cursors that earlier captures left. */
export interface SessionGroup {
  readonly id: string;
  readonly logs: readonly FoundLog[];
  readonly cursors: ReadonlyMap<string, LogCursor>;
}

export interface SessionCapture {
  readonly result: 'captured' | 'updated' | NonNullable<LogCursor['skipped']>;
  readonly cursors: ReadonlyMap<string, LogCursor>;
  readonly prompts: number;
  readonly redactions: ReadonlyMap<string, number>;
  /** Lines read by type, unknown ones included. */
  readonly lineTypes: ReadonlyMap<string, number>;
  readonly problems: SessionFacts['problems'];
  readonly bytesRead: number;
}

type Ports = CorePorts;

interface Work {
  readonly ports: Ports;
  readonly group: SessionGroup;
  readonly before: SessionHeader | undefined;
  readonly context: SessionContext;
  readonly seen: SeenLines;
  readonly tally: SessionTally;
  readonly redactions: RedactionTally;
  readonly output: SessionOutput;
  /** Ids of the entries that earlier captures wrote. */
  readonly known: ReadonlySet<string>;
  readonly earlierTokens: TokenCounts;
  readonly logs: readonly SessionLog[];
}

const NO_TOKENS: TokenCounts = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const KEPT_USAGE = 8;
const LINES_BETWEEN_LOOKS = 200;

/** Facts as an earlier capture left them in the header, with the usage that may still rise. */
function factsFrom(header: SessionHeader, cursors: readonly LogCursor[]): SessionFacts {
  const facts = createFacts();
  const { cwd, entrypoint, clientVersion, branch, model, forkedFrom } = header;
  Object.assign(facts, { cwd, entrypoint, version: clientVersion, branch, model, forkedFrom });
  if (header.startedAt !== '') facts.firstAt = Date.parse(header.startedAt);
  if (header.endedAt !== '') facts.lastAt = Date.parse(header.endedAt);
  for (const [type, count] of Object.entries(header.lineTypes)) facts.lineTypes.set(type, count);
  for (const path of header.memoriesLoaded) facts.memoriesLoaded.add(path);
  facts.recalled.push(...header.recalled);
  for (const agent of header.agents) facts.agents.add(agent);
  // A torn last line is read again: if it still is torn it will say so again.
  const lasting = header.problems.filter((problem) => problem.reason !== 'torn' || !isLast(problem.line, cursors));
  facts.problems.push(...lasting);
  facts.problemCount = header.problemCount - (header.problems.length - lasting.length);
  for (const cursor of cursors) {
    for (const [id, usage] of Object.entries(cursor.usage)) facts.usage.set(id, usage);
    if (cursor.titleFrom !== undefined && cursor.titleFrom !== 'prompt')
      noteTitle(facts, header.title, cursor.titleFrom);
  }
  return facts;
}

function isLast(line: number, cursors: readonly LogCursor[]): boolean {
  return cursors.some((cursor) => cursor.ending === 'torn' && cursor.lines + 1 === line);
}

function minus(tokens: TokenCounts, usage: Iterable<TokenCounts>): TokenCounts {
  let { input, output, cacheRead, cacheWrite } = tokens;
  for (const one of usage) {
    input -= one.input;
    output -= one.output;
    cacheRead -= one.cacheRead;
    cacheWrite -= one.cacheWrite;
  }
  const least = (count: number): number => Math.max(0, count);
  return {
    input: least(input),
    output: least(output),
    cacheRead: least(cacheRead),
    cacheWrite: least(cacheWrite),
  };
}

/** The cursors to go on from, or none if any file is no longer what its cursor knew: then all is read again. */
async function usableCursors(
  group: SessionGroup,
  before: SessionHeader | undefined,
): Promise<ReadonlyMap<string, LogCursor>> {
  if (before === undefined) return new Map();
  for (const log of group.logs) {
    const cursor = group.cursors.get(log.file);
    if (cursor === undefined) continue;
    if (cursor.skipped !== undefined || !(await isContinued(log.file, cursor))) return new Map();
  }
  return group.cursors;
}

async function prepare(ports: Ports, group: SessionGroup, seenFiles: SeenFiles): Promise<Work> {
  const before = (await readHeader(ports, group.id))?.header;
  const cursors = await usableCursors(group, before);
  const goesOn = before !== undefined && cursors.size > 0;
  const facts = goesOn ? factsFrom(before, [...cursors.values()]) : createFacts();
  const others = goesOn ? new Map<number, string>() : without(await seenFiles.all(), group.id);
  const seen = createSeenLines(ports.hasher, goesOn ? await seenFiles.of(group.id) : [], others);
  const tally = createTally();
  const tools = new Map<string, string>();
  const known = before === undefined ? new Set<string>() : await earlierEntries(ports, group.id, tally, tools);
  const logs: SessionLog[] = [];
  for (const found of group.logs) logs.push(await toSessionLog(ports.hasher, found, cursors.get(found.file)));
  return {
    ports,
    group,
    before,
    context: { hasher: ports.hasher, facts, seen, sidechains: createSidechains(ports.hasher), tools },
    seen,
    tally,
    redactions: createRedactionTally(ports.redactor),
    output: new SessionOutput(ports, group.id),
    known,
    earlierTokens: goesOn ? minus(before.tokens, facts.usage.values()) : NO_TOKENS,
    logs,
  };
}

function without(all: ReadonlyMap<number, string>, session: string): ReadonlyMap<number, string> {
  const others = new Map(all);
  for (const [number, owner] of all) if (owner === session) others.delete(number);
  return others;
}

async function keepDrafts(work: Work, drafts: readonly Draft[]): Promise<'kept' | 'own-engine'> {
  for (const draft of drafts) {
    if (draft.kind === 'prompt' && work.tally.firstPrompt === '' && isOwnEnginePrompt(wholeText(draft.parts))) {
      return 'own-engine';
    }
    if (work.known.has(draft.id)) continue;
    const entry = finishEntry(draft, work.redactions, work.ports);
    work.tally.add(entry);
    await work.output.add(entry);
  }
  return 'kept';
}

async function readAll(work: Work, lines: LinesInOrder, signal: CancelSignal): Promise<'kept' | 'own-engine'> {
  const { facts } = work.context;
  let count = 0;
  for (let next = await lines.next(); next !== undefined; next = await lines.next()) {
    count += 1;
    if (count % LINES_BETWEEN_LOOKS === 1 && signal.aborted) {
      throw new AgentDreamsError('cancelled', 'The capture was cancelled.', { session: work.group.id });
    }
    const { item, log } = next;
    if (item.problem !== undefined) noteProblem(facts, { line: item.line, reason: item.problem });
    for (const record of item.records) {
      const drafts = readRecord(work.context, log.source, record, item.line);
      if ((await keepDrafts(work, drafts)) === 'own-engine') return 'own-engine';
    }
  }
  return 'kept';
}

function lastUsage(facts: SessionFacts): Readonly<Record<string, TokenCounts>> {
  return Object.fromEntries([...facts.usage].slice(-KEPT_USAGE));
}

function toCursors(
  work: Work,
  ends: ReadonlyMap<SessionLog, ReadEnd>,
  skipped: LogCursor['skipped'],
): ReadonlyMap<string, LogCursor> {
  const { facts } = work.context;
  const cursors = new Map<string, LogCursor>();
  work.logs.forEach((log, index) => {
    const { size, mtimeMs, inode, file } = log.found;
    const end = ends.get(log) ?? { offset: 0, lines: 0, ending: 'break', headSha256: '', tailSha256: '' };
    cursors.set(file, {
      session: work.group.id,
      inode,
      size,
      mtimeMs,
      ...end,
      queued: log.source.queue.state(),
      usage: index === 0 ? lastUsage(facts) : {},
      ...(log.source.agent === undefined ? {} : { agent: work.redactions.redact(log.source.agent) }),
      ...(index === 0 && facts.title !== undefined ? { titleFrom: facts.title.from } : {}),
      ...(skipped === undefined ? {} : { skipped }),
    });
  });
  return cursors;
}

function bytesRead(logs: readonly SessionLog[], ends: ReadonlyMap<SessionLog, ReadEnd>): number {
  return logs.reduce((sum, log) => sum + Math.max(0, (ends.get(log)?.offset ?? 0) - (log.cursor?.offset ?? 0)), 0);
}

function newLineTypes(work: Work): ReadonlyMap<string, number> {
  const before = work.earlierTokens === NO_TOKENS ? {} : (work.before?.lineTypes ?? {});
  const counts = [...work.context.facts.lineTypes].map(([type, count]) => {
    const name = work.redactions.redact(type);
    return [name, count - (before[name] ?? 0)] as const;
  });
  return new Map(counts.filter(([, count]) => count > 0));
}

async function commit(work: Work): Promise<void> {
  const { facts } = work.context;
  const origin = {
    id: work.group.id,
    source: work.group.logs[0]?.file ?? '',
    earlierTokens: work.earlierTokens,
    redactions: (work.before?.counts.redactions ?? 0) + work.redactions.total(),
  };
  await work.output.commit((isPrivate) =>
    toHeader({ ...origin, private: isPrivate }, facts, work.tally, (text) => work.redactions.redact(text)),
  );
}

function resultOf(work: Work, read: 'kept' | 'own-engine'): SessionCapture['result'] {
  if (read === 'own-engine') return 'own-engine';
  if (work.tally.isWorthKeeping()) return work.before === undefined ? 'captured' : 'updated';
  return work.context.facts.forkedFrom === undefined ? 'empty' : 'repeated';
}

/**
 * Captures what is new in one session's files. Either all of it is kept or nothing is: the session's file changes in one
 * step. Throws `cancelled`, what the store throws, and what reading the logs throws.
 */
export async function captureSession(
  ports: Ports,
  group: SessionGroup,
  seenFiles: SeenFiles,
  signal: CancelSignal,
): Promise<SessionCapture> {
  const work = await prepare(ports, group, seenFiles);
  const lines = new LinesInOrder(work.logs);
  const promptsBefore = work.tally.summary().prompts;
  try {
    const result = resultOf(work, await readAll(work, lines, signal));
    const ends = await lines.ends();
    const isKept = result === 'captured' || result === 'updated';
    if (isKept) {
      await commit(work);
      await seenFiles.keep(group.id, work.seen);
    }
    return {
      result,
      cursors: toCursors(work, ends, isKept ? undefined : result),
      prompts: isKept ? work.tally.summary().prompts - promptsBefore : 0,
      redactions: work.redactions.counts,
      lineTypes: newLineTypes(work),
      problems: work.context.facts.problems,
      bytesRead: bytesRead(work.logs, ends),
    };
  } finally {
    await lines.close();
    await work.output.discard();
  }
}

/** Where the session is kept; for messages. */
export function fileOf(group: SessionGroup): string {
  return group.logs[0]?.file ?? sessionPath(group.id);
}
