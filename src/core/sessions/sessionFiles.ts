import { redactHeader, redactSession } from '../boundary/redactSession';
import { AgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { joinFragments } from './joinFragments';
import type { CapturedSession, SessionEntry, SessionHeader } from './session';
import { parseEntry, parseHeader, renderLine } from './sessionCodec';

/** The folder of captured sessions, one `<id>.jsonl` each. */
export const SESSIONS_DIRECTORY = '.local/sessions';

const FIRST_LOOK = 64 * 1024;
/** Their folder is opened for all of them together. */
const READ_AT_ONCE = 16;
/** Sessions up to this size are read ahead, so many at a time. */
const AHEAD = { bytes: 512 * 1024, sessions: 8 } as const;
const LONGEST_HEADER = 4 * 1024 * 1024;
const LONGEST_SESSION = 256 * 1024 * 1024;
const COPY_STEP = 4 * 1024 * 1024;
const LINE_FEED = 10;

type ReadPorts = Pick<CorePorts, 'files' | 'text' | 'logger'>;
type RedactPorts = ReadPorts & Pick<CorePorts, 'redactor'>;

/** Where a session is kept. Throws `invalid-path` for an id that is no file name. */
export function sessionPath(id: string): string {
  if (!/^[\w.-]{1,200}$/u.test(id) || id.startsWith('.')) {
    throw new AgentDreamsError('invalid-path', 'Not a session id.', { path: id.slice(0, 200) });
  }
  return `${SESSIONS_DIRECTORY}/${id}.jsonl`;
}

/** The header of one session file and where its line ends (the offset after the line break). */
export interface HeaderOnDisk {
  readonly header: SessionHeader;
  readonly end: number;
}

/** A header as it was read from a file that has not changed since. */
interface KnownHeader {
  readonly stamp: string;
  readonly header: SessionHeader;
  /** Its line, by which a redactor knows it again. */
  readonly line: Uint8Array;
}

/** Of each store, by session: whoever lists the sessions of a store again reads only those that changed. */
const knownHeaders = new WeakMap<ReadPorts['files'], Map<string, KnownHeader>>();

function headerIn(ports: ReadPorts, id: string, line: Uint8Array): SessionHeader | undefined {
  if (line.length > LONGEST_HEADER) return undefined;
  const header = parseHeader(ports.text.decode(line).text);
  return header?.id === id ? header : undefined;
}

/** Reads only the first line. undefined if there is no such file; throws `invalid-input` if its header is unreadable. */
export async function readHeader(ports: ReadPorts, id: string): Promise<HeaderOnDisk | undefined> {
  return readHeaderLine(ports, id);
}

async function readHeaderLine(
  ports: ReadPorts,
  id: string,
): Promise<(HeaderOnDisk & { readonly line: Uint8Array }) | undefined> {
  const path = sessionPath(id);
  for (let length = FIRST_LOOK; length <= LONGEST_HEADER; length *= 8) {
    const bytes = await ports.files.readRange(path, 0, length);
    if (bytes === undefined) return undefined;
    const end = bytes.indexOf(LINE_FEED);
    if (end === -1 && bytes.length === length) continue;
    const line = bytes.subarray(0, Math.max(0, end));
    const header = headerIn(ports, id, line);
    if (header !== undefined) return { header, end: end + 1, line };
    break;
  }
  throw new AgentDreamsError('invalid-input', 'The header of a captured session is unreadable.', { path });
}

async function setAside(ports: ReadPorts, id: string): Promise<void> {
  const path = sessionPath(id);
  const stat = await ports.files.stat(path);
  if (stat === undefined) return;
  const aside = `${path}.broken-${Math.trunc(stat.mtimeMs)}`;
  await ports.files.rename(path, aside);
  ports.logger.warn(`A captured session is unreadable and was set aside as ${aside}`);
}

async function listedIds(ports: ReadPorts): Promise<readonly string[]> {
  const entries = await ports.files.list(SESSIONS_DIRECTORY);
  return entries
    .filter((entry) => entry.kind === 'file' && /^[\w-][\w.-]{0,199}\.jsonl$/u.test(entry.name))
    .map((entry) => entry.name.slice(0, -'.jsonl'.length));
}

async function headerOrNothing(
  ports: RedactPorts,
  id: string,
  known: Map<string, KnownHeader>,
): Promise<SessionHeader | undefined> {
  try {
    // Looked at before the reading: what changes meanwhile is read the next time.
    const stat = await ports.files.stat(sessionPath(id));
    const stamp = `${stat?.size} ${stat?.mtimeMs}`;
    const before = known.get(id);
    if (before?.stamp === stamp) return redacted(ports, before);
    const read = await readHeaderLine(ports, id);
    if (read === undefined) return undefined;
    const now = { stamp, header: read.header, line: read.line.slice() };
    known.set(id, now);
    return redacted(ports, now);
  } catch (error) {
    if (!(error instanceof AgentDreamsError) || error.code !== 'invalid-input') throw error;
    await setAside(ports, id);
    return undefined;
  }
}

/** By the rules of today; what they let through before is not looked through again. */
function redacted({ redactor }: RedactPorts, { header, line }: KnownHeader): SessionHeader {
  const look = redactor.look?.(line);
  if (look?.clean === true) return header;
  const clean = redactHeader(header, redactor);
  if (clean === header) look?.keep();
  return clean;
}

function newestFirst(a: SessionHeader, b: SessionHeader): number {
  if (a.endedAt !== b.endedAt) return a.endedAt < b.endedAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/**
 * Headers of all captured sessions, the latest ended first, redacted by the rules of today. A file without a readable
 * header is renamed to `*.broken-<time>`, logged, and left out. Reads no more than the headers, and those only of files
 * that changed since this was last asked of the same store.
 */
export async function listSessions(ports: RedactPorts): Promise<readonly SessionHeader[]> {
  const headers: SessionHeader[] = [];
  const ids = await listedIds(ports);
  const known = knownHeaders.get(ports.files) ?? new Map<string, KnownHeader>();
  knownHeaders.set(ports.files, known);
  const listed = new Set(ids);
  for (const id of known.keys()) if (!listed.has(id)) known.delete(id);
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const batch = ids.slice(from, from + READ_AT_ONCE);
    for (const header of await Promise.all(batch.map((id) => headerOrNothing(ports, id, known))))
      if (header !== undefined) headers.push(header);
  }
  return headers.sort(newestFirst);
}

/**
 * The session with all its entries, assistant fragments of one message joined; undefined if it was never captured or its
 * header is unreadable. Redacted again by the rules of today, which may know more than those of the capture. Unreadable
 * entry lines are logged and left out. Throws `too-large` past 256 MiB.
 */
export async function readSession(ports: RedactPorts, id: string): Promise<CapturedSession | undefined> {
  const bytes = await ports.files.read(sessionPath(id), { maxBytes: LONGEST_SESSION });
  return bytes === undefined ? undefined : sessionIn(ports, id, bytes);
}

/**
 * Gives what `readSession` gives, for these sessions in this order. Small ones are read a few at a time: they share the
 * way to their folder.
 */
export function readingAhead(
  ports: RedactPorts,
  ids: readonly string[],
): (id: string) => Promise<CapturedSession | undefined> {
  const ahead = new Map<string, Uint8Array>();
  let next = 0;
  const readSome = async (from: number): Promise<void> => {
    next = from + AHEAD.sessions;
    ahead.clear();
    await Promise.all(
      ids.slice(from, next).map(async (id) => {
        // What cannot be read like this is read in its turn, and fails there.
        const bytes = await ports.files.read(sessionPath(id), { maxBytes: AHEAD.bytes }).catch(() => undefined);
        if (bytes !== undefined) ahead.set(id, bytes);
      }),
    );
  };
  return async (id) => {
    if (ids[next] === id) await readSome(next);
    const bytes = ahead.get(id);
    ahead.delete(id);
    return bytes === undefined ? readSession(ports, id) : sessionIn(ports, id, bytes);
  };
}

async function sessionIn(ports: RedactPorts, id: string, bytes: Uint8Array): Promise<CapturedSession | undefined> {
  const firstBreak = bytes.indexOf(LINE_FEED);
  const header = headerIn(ports, id, bytes.subarray(0, Math.max(0, firstBreak)));
  if (header === undefined) {
    await setAside(ports, id);
    return undefined;
  }
  const entries: SessionEntry[] = [];
  let broken = 0;
  for (let start = firstBreak + 1; start < bytes.length;) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    const entry = parseEntry(ports.text.decode(bytes.subarray(start, end)).text);
    if (entry === undefined) broken += 1;
    else entries.push(entry);
    start = end + 1;
  }
  if (broken > 0) ports.logger.warn(`${broken} entries of session ${id} are unreadable`);
  const session = { header, entries: joinFragments(entries) };
  const look = ports.redactor.look?.(bytes);
  if (look?.clean === true) return session;
  const redacted = redactSession(session, ports.redactor);
  if (redacted === session) look?.keep();
  return redacted;
}

/** Appends bytes `start` to `end` of one store file to another, in bounded memory. */
export async function copyRange(
  files: CorePorts['files'],
  range: { readonly from: string; readonly start: number; readonly end: number; readonly to: string },
): Promise<void> {
  for (let at = range.start; at < range.end; at += COPY_STEP) {
    const bytes = await files.readRange(range.from, at, Math.min(COPY_STEP, range.end - at));
    if (bytes === undefined || bytes.length === 0) return;
    await files.append(range.to, bytes);
  }
}

/**
 * Marks a session private (kept out of dreams) or not. Throws `not-found` for an unknown session. Holds the lock
 * `sessions`; the file is replaced in one step.
 */
export async function setSessionPrivate(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger' | 'lock'>,
  id: string,
  value: boolean,
): Promise<void> {
  await ports.lock.hold('sessions', async () => {
    const path = sessionPath(id);
    const found = await readHeader(ports, id);
    const stat = await ports.files.stat(path);
    if (found === undefined || stat === undefined) {
      throw new AgentDreamsError('not-found', 'No such session.', { session: id });
    }
    const { private: before, ...rest } = found.header;
    if ((before ?? false) === value) return;
    const staging = `${path}.new`;
    await ports.files.write(staging, ports.text.encode(renderLine(value ? { ...rest, private: true } : rest)));
    await copyRange(ports.files, { from: path, start: found.end, end: stat.size, to: staging });
    await ports.files.rename(staging, path);
  });
}
