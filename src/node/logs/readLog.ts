import { open, type FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { LogCursor } from '../../core/sessions/cursor';
import { timeOf } from '../../core/sessions/facts';
import type { JsonObject } from '../../core/sessions/json';
import { createLineSplitter, type ByteLine, type LineSplitter } from '../../core/sessions/lineSplitter';
import { readLine } from '../../core/sessions/readLine';
import type { LineProblem } from '../../core/sessions/session';

/** What one line of a log gave. */
export interface LogItem {
  readonly line: number;
  readonly records: readonly JsonObject[];
  readonly problem?: LineProblem['reason'];
}

/** Where reading stopped; what a cursor keeps of it. */
export interface ReadEnd {
  readonly offset: number;
  readonly lines: number;
  readonly ending: LogCursor['ending'];
  readonly headSha256: string;
  readonly tailSha256: string;
}

/** A log being read from its cursor on, line by line in bounded memory. */
export interface OpenLog {
  /** The next line, or undefined at the end. */
  next(): Promise<LogItem | undefined>;
  /** Valid after `next` gave undefined. */
  end(): Promise<ReadEnd>;
  close(): Promise<void>;
}

const CHUNK = 512 * 1024;
const PROOF = 4_096;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

async function readBytes(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

async function hashOf(handle: FileHandle, start: number, length: number): Promise<string> {
  return createHash('sha256')
    .update(await readBytes(handle, start, length))
    .digest('hex');
}

async function proofAt(
  handle: FileHandle,
  offset: number,
): Promise<{ readonly headSha256: string; readonly tailSha256: string }> {
  const length = Math.min(PROOF, offset);
  return {
    headSha256: await hashOf(handle, 0, length),
    tailSha256: await hashOf(handle, offset - length, length),
  };
}

/** After a complete last line without a break: the break that came later belongs to that line. */
async function skipLateBreak(handle: FileHandle, cursor: LogCursor): Promise<number> {
  if (cursor.ending !== 'complete') return cursor.offset;
  const [first, second] = await readBytes(handle, cursor.offset, 2);
  if (first === LINE_FEED) return cursor.offset + 1;
  return first === CARRIAGE_RETURN && second === LINE_FEED ? cursor.offset + 2 : cursor.offset;
}

/** When the records of a line happened, in milliseconds since the epoch; undefined if they do not say. */
export function timeOfItem(item: LogItem): number | undefined {
  for (const record of item.records) {
    const time = timeOf(record);
    if (time !== undefined) return time;
  }
  return undefined;
}

function toItem(line: ByteLine): LogItem {
  if (line.bytes === undefined) return { line: line.line, records: [], problem: 'too-long' };
  const { buffer, byteOffset, byteLength } = line.bytes;
  return { line: line.line, ...readLine(Buffer.from(buffer, byteOffset, byteLength).toString('utf8')) };
}

class LogReader implements OpenLog {
  readonly #handle: FileHandle;
  readonly #splitter: LineSplitter;
  readonly #buffer = Buffer.allocUnsafe(CHUNK);
  #at: number;
  #ready: readonly ByteLine[] = [];
  #nextReady = 0;
  #state: Pick<ReadEnd, 'offset' | 'lines' | 'ending'>;
  #ended = false;

  constructor(handle: FileHandle, offset: number, lines: number) {
    this.#handle = handle;
    this.#splitter = createLineSplitter({ offset, lines });
    this.#at = offset;
    this.#state = { offset, lines, ending: 'break' };
  }

  async next(): Promise<LogItem | undefined> {
    while (!this.#ended) {
      const line = this.#ready[this.#nextReady];
      if (line !== undefined) {
        this.#nextReady += 1;
        return toItem(line);
      }
      const { bytesRead } = await this.#handle.read(this.#buffer, 0, CHUNK, this.#at);
      if (bytesRead === 0) return this.#last();
      this.#at += bytesRead;
      this.#ready = this.#splitter.push(this.#buffer.subarray(0, bytesRead));
      this.#nextReady = 0;
    }
    return undefined;
  }

  /** A last line without a line break: taken if it is complete, else reported and left for the next time. */
  #last(): LogItem | undefined {
    this.#ended = true;
    this.#state = { ...this.#splitter.position(), ending: 'break' };
    const rest = this.#splitter.rest();
    if (rest === undefined) return undefined;
    const item = toItem(rest);
    if (item.problem === undefined) {
      this.#state = { offset: rest.end, lines: rest.line, ending: 'complete' };
      return item;
    }
    this.#state = { ...this.#state, ending: 'torn' };
    return { line: rest.line, records: [], problem: 'torn' };
  }

  async end(): Promise<ReadEnd> {
    return { ...this.#state, ...(await proofAt(this.#handle, this.#state.offset)) };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/**
 * True if the file still begins with what the cursor consumed: it was not truncated, rotated or rewritten. Throws what
 * opening and reading throw.
 */
export async function isContinued(file: string, cursor: LogCursor): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size < cursor.offset) return false;
    const { headSha256, tailSha256 } = await proofAt(handle, cursor.offset);
    return headSha256 === cursor.headSha256 && tailSha256 === cursor.tailSha256;
  } finally {
    await handle.close();
  }
}

/** Opens a log at its cursor, or at its beginning. Throws what opening and reading throw. */
export async function openLog(file: string, cursor: LogCursor | undefined): Promise<OpenLog> {
  const handle = await open(file, 'r');
  try {
    if (cursor === undefined) return new LogReader(handle, 0, 0);
    return new LogReader(handle, await skipLateBreak(handle, cursor), cursor.lines);
  } catch (error) {
    await handle.close();
    throw error;
  }
}
