import * as z from 'zod/mini';
import { redactDeep } from '../boundary/redactDeep';
import type { Evidence } from '../dream/finding';
import type { CorePorts } from '../ports';
import { peekJournalHead, type JournalHead } from '../state/localState';
import { writeAtomic } from './atomicWrite';
import { parentOf } from './folders';
import { readStoreKey } from './storeKey';

export const JOURNAL_PATH = '.local/journal.jsonl';
/** `prev` of the first line. */
const GENESIS = '0'.repeat(64);
const TAIL_BYTES = 256 * 1024;

const ACTORS = ['user', 'policy', 'git', 'agent', 'outside'] as const;
const ACTIONS = [
  'initialize',
  'create',
  'accept',
  'reject',
  'edit',
  'undo',
  'keep',
  'revert',
  'archive',
  'restore',
  'rollback',
  'export',
  'withdraw',
  'bridge-export',
  'bridge-remove',
] as const;

/** Why files change: what the journal says about an application. */
export interface JournalEvent {
  readonly actor: (typeof ACTORS)[number];
  readonly action: (typeof ACTIONS)[number];
  readonly dream?: string;
  readonly change?: string;
  readonly hunks?: readonly string[];
  readonly note?: string;
  readonly evidence: readonly Evidence[];
}

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/u));
const entry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.enum(ACTORS),
  action: z.enum(ACTIONS),
  dream: z.optional(z.string()),
  change: z.optional(z.string()),
  hunks: z.optional(z.array(z.string())),
  files: z.array(z.object({ path: z.string(), before: z.nullable(hash), after: z.nullable(hash) })),
  payload: hash,
});
const line = z.extend(entry, { v: z.literal(1), seq: z.int(), prev: hash, hash });

/** What a line says, before it has a place in the chain. */
export type JournalEntry = z.infer<typeof entry>;

/**
 * One line of the audit log: ids, paths, actor, content hashes, the keyed hash of the payload, the hash of the line
 * before (`prev`) and the hash of all that (`hash`). Words (notes, quotes, diffs) are in the payload, a file of its own,
 * so that they can be redacted later while the chain stays valid.
 */
export type JournalLine = z.infer<typeof line>;

/** The words of a journal line. */
export interface JournalPayload {
  readonly note?: string;
  readonly evidence: readonly Evidence[];
  readonly diffs: readonly { readonly path: string; readonly diff: string }[];
}

export interface Journal {
  readonly lines: readonly JournalLine[];
  /** What is wrong with the chain, in order; empty if every line follows from the one before. */
  readonly problems: readonly JournalProblem[];
}

export interface JournalProblem {
  /** 1-based. */
  readonly line: number;
  /**
   * `torn`: the last line has no end, as after a crash; the next application mends it. `cut-off`: lines were taken off
   * the end; `line` is the last that is known to have been there.
   */
  readonly reason: 'unreadable' | 'altered' | 'broken-chain' | 'torn' | 'cut-off';
}

/** Where the payload with this keyed hash is kept. */
export function payloadPath(payload: string): string {
  return `.local/snapshots/payloads/${payload.slice(0, 2)}/${payload.slice(2)}.json`;
}

/** Reads the whole journal and checks its chain. Never throws over its content. */
export async function readJournal(ports: Pick<CorePorts, 'files' | 'text' | 'hasher'>): Promise<Journal> {
  const bytes = await ports.files.read(JOURNAL_PATH, { maxBytes: 1024 * 1024 * 1024 });
  const texts = bytes === undefined ? [] : ports.text.decode(bytes).text.split('\n');
  const torn = texts.pop() ?? '';
  const lines: JournalLine[] = [];
  const problems: JournalProblem[] = [];
  let prev = GENESIS;
  texts.forEach((text, index) => {
    const parsed = parseLine(text);
    if (parsed === undefined) problems.push({ line: index + 1, reason: 'unreadable' });
    else {
      lines.push(parsed);
      if (!isSealed(ports, text)) problems.push({ line: index + 1, reason: 'altered' });
      if (parsed.prev !== prev) problems.push({ line: index + 1, reason: 'broken-chain' });
    }
    prev = ports.hasher.sha256(text);
  });
  const missing = await missingEnd(ports, lines);
  if (missing !== undefined) problems.push({ line: missing, reason: 'cut-off' });
  if (torn !== '') problems.push({ line: texts.length + 1, reason: 'torn' });
  return { lines, problems };
}

/** The number of the last line that is known to have been there and is not any more. */
async function missingEnd(
  ports: Pick<CorePorts, 'files' | 'text'>,
  lines: readonly JournalLine[],
): Promise<number | undefined> {
  const head = await peekJournalHead(ports);
  if (head === undefined) return undefined;
  if (head.cut !== undefined) return head.cut.seq;
  return lines.some(({ seq, hash }) => seq === head.seq && hash === head.hash) ? undefined : head.seq;
}

/** The words of a line: intact, redacted since (the file is gone), or changed by somebody else. */
export async function readPayload(
  ports: Pick<CorePorts, 'files' | 'text' | 'hasher' | 'ids'>,
  { payload }: Pick<JournalLine, 'payload'>,
): Promise<{ readonly kind: 'intact'; readonly text: string } | { readonly kind: 'redacted' | 'changed' }> {
  const bytes = await ports.files.read(payloadPath(payload));
  if (bytes === undefined) return { kind: 'redacted' };
  const { text } = ports.text.decode(bytes);
  const mac = ports.hasher.hmac(await readStoreKey(ports), text);
  return mac === payload ? { kind: 'intact', text } : { kind: 'changed' };
}

/** Checks chain and payloads; true if nothing was altered. Redacted payloads are fine. */
export async function verifyJournal(ports: Pick<CorePorts, 'files' | 'text' | 'hasher' | 'ids'>): Promise<boolean> {
  const { lines, problems } = await readJournal(ports);
  if (problems.length > 0) return false;
  for (const { payload } of lines) if ((await readPayload(ports, { payload })).kind === 'changed') return false;
  return true;
}

/** What the journal will say about an event; its payload is kept now, the line is not appended yet. */
export async function prepareEntry(
  ports: CorePorts,
  event: JournalEvent,
  files: JournalEntry['files'],
  diffs: JournalPayload['diffs'],
): Promise<JournalEntry> {
  const { note, evidence, actor, action, dream, change, hunks } = event;
  const payload: JournalPayload = { ...(note === undefined ? {} : { note }), evidence, diffs };
  const text = JSON.stringify(redactDeep(payload, ports.redactor));
  const mac = ports.hasher.hmac(await readStoreKey(ports), text);
  await writeAtomic(ports, payloadPath(mac), ports.text.encode(text));
  return {
    id: ports.ids.next(),
    at: new Date(ports.clock.now()).toISOString(),
    actor,
    action,
    ...(dream === undefined ? {} : { dream }),
    ...(change === undefined ? {} : { change }),
    ...(hunks === undefined ? {} : { hunks: [...hunks] }),
    files: [...files],
    payload: mac,
  };
}

/**
 * Appends the entry as the line that follows the last one, unless the journal holds it already; returns the line. A torn
 * last line is taken out first and kept beside. Call it only while holding the lock `store`.
 */
export async function appendEntry(ports: CorePorts, said: JournalEntry): Promise<JournalLine> {
  await mendTornLine(ports);
  const { texts, seq, hash: prev } = await lastLines(ports);
  const present = lineOf(texts, said.id);
  if (present !== undefined) return present;
  const body = JSON.stringify({ v: 1, seq: seq + 1, ...said, prev });
  const sealed = ports.hasher.sha256(body);
  await ports.files.append(JOURNAL_PATH, ports.text.encode(`${body.slice(0, -1)},"hash":"${sealed}"}\n`));
  // The new file's name must outlast a loss of power before anything says how far the journal goes.
  if (seq === 0) await ports.files.syncDirectory(parentOf(JOURNAL_PATH));
  return { v: 1, seq: seq + 1, ...said, prev, hash: sealed };
}

/** The line of an entry that was appended lately, if it was. */
export async function findEntry(ports: CorePorts, id: string): Promise<JournalLine | undefined> {
  return lineOf((await lastLines(ports)).texts, id);
}

/**
 * Up to where the journal goes, for `state.json`: without it, lines taken off the end would not be missed. What was
 * found missing stays known.
 */
export function withHead(
  known: JournalHead | undefined,
  line: JournalLine,
  appended: boolean,
): { readonly journal: JournalHead } {
  const head = { seq: line.seq, hash: line.hash };
  if (known === undefined) return { journal: head };
  const last = { seq: known.seq, hash: known.hash };
  const another = line.seq === known.seq && line.hash !== known.hash;
  const cut = known.cut ?? (another || (appended && line.seq <= known.seq) ? last : undefined);
  const next = appended || line.seq >= known.seq ? head : last;
  return { journal: { ...next, ...(cut === undefined ? {} : { cut }) } };
}

const SEAL = /,"hash":"([0-9a-f]{64})"\}$/u;

/** True if the line is, to the byte, what its own hash was made of. */
function isSealed(ports: Pick<CorePorts, 'hasher'>, text: string): boolean {
  const seal = SEAL.exec(text);
  return seal !== null && ports.hasher.sha256(`${text.slice(0, seal.index)}}`) === seal[1];
}

interface LastLines {
  /** The lines of the last 256 KiB as they are written, the last one last. */
  readonly texts: readonly string[];
  readonly seq: number;
  readonly hash: string;
}

async function lastLines(ports: Pick<CorePorts, 'files' | 'text' | 'hasher'>): Promise<LastLines> {
  const size = (await ports.files.stat(JOURNAL_PATH))?.size ?? 0;
  const start = Math.max(0, size - TAIL_BYTES);
  const bytes = size === 0 ? undefined : await ports.files.readRange(JOURNAL_PATH, start, size - start);
  const texts = bytes === undefined ? [] : ports.text.decode(bytes).text.split('\n').slice(0, -1);
  const last = texts.at(-1);
  const hash = last === undefined ? GENESIS : ports.hasher.sha256(last);
  return { texts, seq: lastSeq(texts), hash };
}

function lastSeq(texts: readonly string[]): number {
  for (let index = texts.length - 1; index >= 0; index -= 1) {
    const parsed = parseLine(texts[index] ?? '');
    if (parsed !== undefined) return parsed.seq;
  }
  return texts.length;
}

/** Only lines that name the id are taken apart: there are hundreds, at every application. */
function lineOf(texts: readonly string[], id: string): JournalLine | undefined {
  const named = texts.filter((text) => text.includes(id)).map(parseLine);
  return named.find((parsed) => parsed?.id === id);
}

/** True if the last line of the journal has no end, as after a crash. */
export async function isTorn(ports: Pick<CorePorts, 'files'>): Promise<boolean> {
  const size = (await ports.files.stat(JOURNAL_PATH))?.size ?? 0;
  return size > 0 && (await ports.files.readRange(JOURNAL_PATH, size - 1, 1))?.[0] !== 0x0a;
}

/** Takes a torn last line out and keeps it beside. Call it only while holding the lock `store`. */
export async function mendTornLine(ports: CorePorts): Promise<void> {
  if (!(await isTorn(ports))) return;
  const bytes = (await ports.files.read(JOURNAL_PATH, { maxBytes: 1024 * 1024 * 1024 })) ?? new Uint8Array();
  const cut = bytes.lastIndexOf(0x0a) + 1;
  await writeAtomic(ports, `${JOURNAL_PATH}.torn-${ports.ids.next()}`, bytes.slice(cut));
  await writeAtomic(ports, JOURNAL_PATH, bytes.slice(0, cut));
  ports.logger.warn('The last line of the journal was torn; it is kept beside it');
}

/** An entry that waits in a commit record, or undefined if it is none. */
export function parseEntry(value: unknown): JournalEntry | undefined {
  const parsed = entry.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function parseLine(text: string): JournalLine | undefined {
  try {
    const parsed = line.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
