import { open, type FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { AgentDreamsError } from '../../core/errors';
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

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What proves that a file still begins with what was consumed: its first bytes, and the last ones before an offset. */
class Proof {
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);

  /** The proof as it is on disk. */
  static async at(handle: FileHandle, offset: number): Promise<Proof> {
    const length = Math.min(PROOF, offset);
    const proof = new Proof();
    proof.#head = await readBytes(handle, 0, length);
    proof.#tail = await readBytes(handle, offset - length, length);
    return proof;
  }

  /** The proof after these bytes were consumed too. What is hashed is what was read, not what is on disk by then. */
  after(bytes: Uint8Array): Proof {
    const next = new Proof();
    next.#head = this.#head.length < PROOF ? Buffer.concat([this.#head, bytes]).subarray(0, PROOF) : this.#head;
    const last = bytes.subarray(-PROOF);
    next.#tail = Buffer.concat([this.#tail, last]).subarray(-PROOF);
    return next;
  }

  hashes(): Pick<ReadEnd, 'headSha256' | 'tailSha256'> {
    return { headSha256: hashOf(this.#head), tailSha256: hashOf(this.#tail) };
  }

  holds(cursor: LogCursor): boolean {
    const { headSha256, tailSha256 } = this.hashes();
    return headSha256 === cursor.headSha256 && tailSha256 === cursor.tailSha256;
  }
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
  /** Of everything read, and of what ends with the last line break. */
  #proof: Proof;
  #lineProof: Proof;
  #ended = false;

  constructor(handle: FileHandle, from: { readonly offset: number; readonly lines: number }, proof: Proof) {
    this.#handle = handle;
    this.#splitter = createLineSplitter(from);
    this.#at = from.offset;
    this.#state = { ...from, ending: 'break' };
    this.#proof = proof;
    this.#lineProof = proof;
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
      this.#take(this.#buffer.subarray(0, bytesRead));
    }
    return undefined;
  }

  #take(chunk: Buffer): void {
    const lineEnd = chunk.lastIndexOf(LINE_FEED) + 1;
    if (lineEnd > 0) this.#lineProof = this.#proof.after(chunk.subarray(0, lineEnd));
    this.#proof = this.#proof.after(chunk);
    this.#ready = this.#splitter.push(chunk);
    this.#nextReady = 0;
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
      this.#lineProof = this.#proof;
      return item;
    }
    this.#state = { ...this.#state, ending: 'torn' };
    return { line: rest.line, records: [], problem: 'torn' };
  }

  async end(): Promise<ReadEnd> {
    await Promise.resolve();
    return { ...this.#state, ...this.#lineProof.hashes() };
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
    return size >= cursor.offset && (await Proof.at(handle, cursor.offset)).holds(cursor);
  } finally {
    await handle.close();
  }
}

/**
 * Opens a log at its cursor, or at its beginning. Throws `conflict` if the file is no longer what the cursor knew, and what
 * opening and reading throw.
 */
export async function openLog(file: string, cursor: LogCursor | undefined): Promise<OpenLog> {
  const handle = await open(file, 'r');
  try {
    if (cursor === undefined) return new LogReader(handle, { offset: 0, lines: 0 }, new Proof());
    const known = await Proof.at(handle, cursor.offset);
    if (!known.holds(cursor)) throw new AgentDreamsError('conflict', 'The log changed while it was opened.', { file });
    const offset = await skipLateBreak(handle, cursor);
    const skipped = await readBytes(handle, cursor.offset, offset - cursor.offset);
    return new LogReader(handle, { offset, lines: cursor.lines }, known.after(skipped));
  } catch (error) {
    await handle.close();
    throw error;
  }
}
