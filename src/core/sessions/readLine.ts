import { isDeeperThan, isJsonObject, textOf, type JsonObject } from './json';
import type { LineProblem } from './session';

/** What one line of a log holds: usually one record; several where writers ran into each other; a problem if bytes are lost. */
export interface LineContent {
  readonly records: readonly JsonObject[];
  readonly problem?: LineProblem['reason'];
}

const DEEPEST = 200;
const CANDIDATES = 64;
const NUL_RUN = /\0+/u;

/** How a record begins when another one was cut off before it. */
const RECORD_START =
  /\{"(?:parentUuid|logicalParentUuid|type|uuid|sessionId|isSidechain|timestamp|leafUuid|messageId|userType|cwd|message|summary|operation|version|agentId|promptId)":/gu;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A top-level record, not some object inside one: it says what it is and whose. */
function isRecord(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || textOf(value, 'type') === undefined) return false;
  return ['sessionId', 'uuid', 'leafUuid', 'messageId'].some((field) => textOf(value, field) !== undefined);
}

/** The offset after the object that starts at `from`, or -1 if it never ends. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{') depth += 1;
    else if (letter === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/**
 * Complete records inside a line that is no record as a whole: one cut off and the next written after it. What is only
 * part of a cut-off record is never taken for one: a record has to reach the end of the line or the start of the next.
 */
function salvage(text: string): readonly JsonObject[] {
  const records: JsonObject[] = [];
  let taken = 0;
  let tried = 0;
  for (const { index } of text.matchAll(RECORD_START)) {
    if (index < taken) continue;
    tried += 1;
    if (tried > CANDIDATES) break;
    const end = endOfObject(text, index);
    if (end === -1) continue;
    const next = text.slice(end, end + 1);
    if (index !== 0 && next !== '' && next !== '{') continue;
    const value = parsed(text.slice(index, end));
    if (!isRecord(value) || isDeeperThan(value, DEEPEST)) continue;
    records.push(value);
    taken = end;
  }
  return records;
}

function readPart(text: string): LineContent {
  const value = parsed(text);
  if (isJsonObject(value)) {
    return isDeeperThan(value, DEEPEST) ? { records: [], problem: 'too-deep' } : { records: [value] };
  }
  if (value !== undefined) return { records: [], problem: 'not-an-object' };
  const records = salvage(text);
  return { records, problem: records.length > 0 ? 'torn' : 'not-json' };
}

/** Reads one line. Never throws; a byte order mark and runs of NUL are tolerated, the latter as a tear. */
export function readLine(line: string): LineContent {
  const text = line.startsWith('\ufeff') ? line.slice(1) : line;
  if (!text.includes('\0')) return readPart(text.trim());
  const parts = text
    .split(NUL_RUN)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readPart);
  const records = parts.flatMap((part) => part.records);
  return { records, problem: records.length > 0 ? 'torn' : 'not-json' };
}
