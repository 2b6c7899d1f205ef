import { open } from 'node:fs/promises';
import { isoTimeOf } from '../../core/sessions/facts';
import { textOf, type JsonObject } from '../../core/sessions/json';
import { createLineSplitter, type ByteLine } from '../../core/sessions/lineSplitter';
import { readLine } from '../../core/sessions/readLine';

/** What the first lines of a log say about it. */
export interface LogProbe {
  /** First working directory: decides who owns the session. */
  readonly cwd: string | undefined;
  readonly sessionId: string | undefined;
  /** ISO 8601 UTC of the first line with a time; '' if none. A fork starts later than what it copies. */
  readonly firstAt: string;
  readonly entrypoint: string | undefined;
}

const CHUNK = 64 * 1024;
const FIRST_LOOK = 256 * 1024;
/** A first line may hold a picture; past this nobody looks for the working directory any more. */
const LAST_LOOK = 40 * 1024 * 1024;
const decoder = new TextDecoder();

function merge(probe: LogProbe, record: JsonObject): LogProbe {
  return {
    cwd: probe.cwd ?? textOf(record, 'cwd'),
    sessionId: probe.sessionId ?? textOf(record, 'sessionId'),
    firstAt: probe.firstAt || isoTimeOf(record),
    entrypoint: probe.entrypoint ?? textOf(record, 'entrypoint'),
  };
}

function readInto(probe: LogProbe, lines: readonly ByteLine[]): LogProbe {
  let found = probe;
  for (const { bytes } of lines) {
    if (bytes === undefined) continue;
    for (const record of readLine(decoder.decode(bytes)).records) found = merge(found, record);
    if (found.cwd !== undefined) return found;
  }
  return found;
}

/**
 * Reads the beginning of a log: up to the first working directory, at most 256 KiB beyond which only a line that began
 * before is read to its end. Throws what opening and reading throw.
 */
export async function probeLog(file: string): Promise<LogProbe> {
  let probe: LogProbe = { cwd: undefined, sessionId: undefined, firstAt: '', entrypoint: undefined };
  const splitter = createLineSplitter();
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let at = 0; at < LAST_LOOK;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, at);
      const lines = bytesRead === 0 ? [] : splitter.push(buffer.subarray(0, bytesRead));
      probe = readInto(probe, lines);
      at += bytesRead;
      const stuckInLine = lines.length === 0 && splitter.rest() !== undefined;
      if (probe.cwd !== undefined || bytesRead === 0 || (at >= FIRST_LOOK && !stuckInLine)) break;
    }
    const rest = splitter.rest();
    return probe.cwd === undefined && rest !== undefined ? readInto(probe, [rest]) : probe;
  } finally {
    await handle.close();
  }
}
