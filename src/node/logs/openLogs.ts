import { readFile } from 'node:fs/promises';
import type { LogCursor } from '../../core/sessions/cursor';
import type { LogSource } from '../../core/sessions/logLine';
import { createPromptQueue } from '../../core/sessions/promptQueue';
import { agentOfMeta } from '../../core/sessions/sidechains';
import type { Hasher } from '../../core/ports';
import type { FoundLog } from './discover';
import { openLog, timeOfItem, type LogItem, type OpenLog } from './readLog';

/** One file of a session while it is read. */
export interface SessionLog {
  readonly found: FoundLog;
  readonly source: LogSource;
  readonly cursor: LogCursor | undefined;
}

interface Reading {
  readonly log: SessionLog;
  readonly open: OpenLog;
  head: LogItem | undefined;
  at: number;
}

const META_LIMIT = 64 * 1024;

async function metaAgent(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file.replace(/\.jsonl$/u, '.meta.json'), 'utf8');
    return text.length > META_LIMIT ? undefined : agentOfMeta(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Prepares a file for reading; `cursor` only if it is to be continued. */
export async function toSessionLog(
  hasher: Hasher,
  found: FoundLog,
  cursor: LogCursor | undefined,
): Promise<SessionLog> {
  const agent = found.kind === 'agent' ? (cursor?.agent ?? (await metaAgent(found.file))) : undefined;
  const queue = createPromptQueue(hasher, cursor?.queued ?? []);
  return { found, cursor, source: { kind: found.kind, queue, agent, recentLines: [] } };
}

/** The lines of a session's files in one order: each file in its own, between files by time. */
export class LinesInOrder {
  readonly #waiting: SessionLog[];
  readonly #reading: Reading[] = [];
  readonly #ended = new Map<SessionLog, OpenLog>();

  constructor(logs: readonly SessionLog[]) {
    this.#waiting = [...logs].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
  }

  /** The next line and the file it is from, or undefined when all are read. Throws what reading throws. */
  async next(): Promise<{ readonly log: SessionLog; readonly item: LogItem } | undefined> {
    await this.#openDue();
    const first = this.#earliest();
    const item = first?.head;
    if (first === undefined || item === undefined) return undefined;
    await this.#advance(first);
    return { log: first.log, item };
  }

  /** How each file ended; after `next` gave undefined. */
  async ends(): Promise<ReadonlyMap<SessionLog, Awaited<ReturnType<OpenLog['end']>>>> {
    const ends = new Map<SessionLog, Awaited<ReturnType<OpenLog['end']>>>();
    for (const [log, open] of this.#ended) ends.set(log, await open.end());
    return ends;
  }

  async close(): Promise<void> {
    const all = [...this.#reading.map((reading) => reading.open), ...this.#ended.values()];
    await Promise.all(all.map((open) => open.close()));
  }

  #earliest(): Reading | undefined {
    let first: Reading | undefined;
    for (const reading of this.#reading) if (first === undefined || reading.at < first.at) first = reading;
    return first;
  }

  /** Opens what starts no later than the next line; transcripts of subagents are many, and most are short. */
  async #openDue(): Promise<void> {
    for (;;) {
      const next = this.#waiting.at(-1);
      const first = this.#earliest();
      if (next === undefined || (first !== undefined && Date.parse(startOf(next)) > first.at)) return;
      this.#waiting.pop();
      const open = await openLog(next.found.file, next.cursor);
      const reading: Reading = { log: next, open, head: undefined, at: Date.parse(startOf(next)) || 0 };
      this.#reading.push(reading);
      await this.#advance(reading);
    }
  }

  async #advance(reading: Reading): Promise<void> {
    reading.head = await reading.open.next();
    if (reading.head === undefined) {
      this.#reading.splice(this.#reading.indexOf(reading), 1);
      this.#ended.set(reading.log, reading.open);
      return;
    }
    reading.at = timeOfItem(reading.head) ?? reading.at;
  }
}

/** The session's own logs before transcripts that start with them. */
function startOf(log: SessionLog): string {
  return log.found.firstAt;
}
