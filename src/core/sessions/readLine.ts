import { isDeeperThan, isJsonObject, textOf, type JsonObject } from './json';
import type { LineProblem } from './session';

/** What one line of a log holds: usually one record; several where writers ran into each other; a problem if bytes are lost. */
export interface LineContent {
  readonly records: readonly JsonObject[];
  readonly problem?: LineProblem['reason'];
}

const DEEPEST = 200;
const NUL_RUN = /\0+/u;

/** How a record may begin when another one was cut off before it: never inside a string, where quotes are escaped. */
const RECORD_START = /\{"[A-Za-z_]\w{0,40}":/gu;
/** Characters looked at per character of the line, all beginnings together: a cut-off record leaves few open ones. */
const EFFORT = 16;

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

/** The first character from `at` on, in steps of `step`, that is no white space; '' at the end. */
function neighbour(text: string, at: number, step: 1 | -1): string {
  let next = at;
  while (/^[ \t\r]$/u.test(text.charAt(next))) next += step;
  return text.charAt(next);
}

/**
 * True if the object may be a value inside another record: then it is no record of its own. Where what is before it or
 * after it was cut off, both are possible; the session's id decides, which no inner object has.
 */
function isInside(text: string, start: number, end: number, value: JsonObject): boolean {
  const before = neighbour(text, start - 1, -1);
  const isValueBefore = before !== '' && ':,['.includes(before);
  const after = neighbour(text, end, 1);
  const isValueAfter = after !== '' && ',}]'.includes(after);
  if (isValueBefore && isValueAfter) return true;
  const mayBe = isValueBefore || (before === '' && isValueAfter);
  return mayBe && textOf(value, 'sessionId') === undefined;
}

/**
 * Complete records inside a line that is no record as a whole: one cut off and the next written after it, or into it.
 * What may be only a part of a cut-off record is never taken for one.
 */
function salvage(text: string): readonly JsonObject[] {
  const records: JsonObject[] = [];
  let taken = 0;
  let effort = EFFORT * text.length;
  for (const { index } of text.matchAll(RECORD_START)) {
    if (index < taken) continue;
    if (effort <= 0) break;
    const end = endOfObject(text, index);
    effort -= (end === -1 ? text.length : end) - index;
    const value = end === -1 ? undefined : parsed(text.slice(index, end));
    if (!isRecord(value) || isInside(text, index, end, value) || isDeeperThan(value, DEEPEST)) continue;
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
