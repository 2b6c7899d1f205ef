import * as z from 'zod/mini';
import type { Evidence } from '../dream/finding';
import type { CorePorts } from '../ports';
import { writeAtomic } from './atomicWrite';
import { readStoreKey } from './storeKey';

export const JOURNAL_PATH = '.local/journal.jsonl';
/** `prev` of the first line. */
const GENESIS = '0'.repeat(64);
const LAST_LINE_BYTES = 256 * 1024;

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
const line = z.object({
  v: z.literal(1),
  seq: z.int(),
  id: z.string(),
  at: z.string(),
  actor: z.enum(ACTORS),
  action: z.enum(ACTIONS),
  dream: z.optional(z.string()),
  change: z.optional(z.string()),
  hunks: z.optional(z.array(z.string())),
  files: z.array(z.object({ path: z.string(), before: z.nullable(hash), after: z.nullable(hash) })),
  payload: hash,
  prev: hash,
});

/**
 * One line of the audit log: ids, paths, actor, content hashes, the keyed hash of the payload and the hash of the line
 * before. Words (notes, quotes, diffs) are in the payload, a file of its own, so that they can be redacted later while
 * the chain stays valid.
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
  readonly problems: readonly { readonly line: number; readonly reason: 'unreadable' | 'broken-chain' | 'torn' }[];
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
  const problems: { line: number; reason: 'unreadable' | 'broken-chain' | 'torn' }[] = [];
  let prev = GENESIS;
  texts.forEach((text, index) => {
    const parsed = parseLine(text);
    if (parsed === undefined) problems.push({ line: index + 1, reason: 'unreadable' });
    else {
      lines.push(parsed);
      if (parsed.prev !== prev) problems.push({ line: index + 1, reason: 'broken-chain' });
    }
    prev = ports.hasher.sha256(text);
  });
  if (torn !== '') problems.push({ line: texts.length + 1, reason: 'torn' });
  return { lines, problems };
}

/** The words of a line: intact, redacted since (the file is gone), or changed by somebody else. */
export async function readPayload(
  ports: Pick<CorePorts, 'files' | 'text' | 'hasher' | 'ids'>,
  entry: Pick<JournalLine, 'payload'>,
): Promise<{ readonly kind: 'intact'; readonly text: string } | { readonly kind: 'redacted' | 'changed' }> {
  const bytes = await ports.files.read(payloadPath(entry.payload));
  if (bytes === undefined) return { kind: 'redacted' };
  const { text } = ports.text.decode(bytes);
  const mac = ports.hasher.hmac(await readStoreKey(ports), text);
  return mac === entry.payload ? { kind: 'intact', text } : { kind: 'changed' };
}

/** Checks chain and payloads; true if nothing was altered. Redacted payloads are fine. */
export async function verifyJournal(ports: Pick<CorePorts, 'files' | 'text' | 'hasher' | 'ids'>): Promise<boolean> {
  const { lines, problems } = await readJournal(ports);
  if (problems.length > 0) return false;
  for (const entry of lines) if ((await readPayload(ports, entry)).kind === 'changed') return false;
  return true;
}

/** The line for an event, following the last one, with its payload kept. Nothing is appended yet. */
export async function prepareLine(
  ports: CorePorts,
  event: JournalEvent,
  files: JournalLine['files'],
  diffs: JournalPayload['diffs'],
): Promise<JournalLine> {
  const { note, evidence, actor, action, dream, change, hunks } = event;
  const payload: JournalPayload = { ...(note === undefined ? {} : { note }), evidence, diffs };
  const text = JSON.stringify(payload);
  const mac = ports.hasher.hmac(await readStoreKey(ports), text);
  await writeAtomic(ports, payloadPath(mac), ports.text.encode(text));
  const last = await lastLine(ports);
  return {
    v: 1,
    seq: last.seq + 1,
    id: ports.ids.next(),
    at: new Date(ports.clock.now()).toISOString(),
    actor,
    action,
    ...(dream === undefined ? {} : { dream }),
    ...(change === undefined ? {} : { change }),
    ...(hunks === undefined ? {} : { hunks: [...hunks] }),
    files: [...files],
    payload: mac,
    prev: last.hash,
  };
}

/** Appends the line unless it is the last one already; a torn last line is taken out first and kept beside. */
export async function appendLine(ports: CorePorts, entry: JournalLine): Promise<void> {
  await mendTornLine(ports);
  if ((await lastLine(ports)).id === entry.id) return;
  await ports.files.append(JOURNAL_PATH, ports.text.encode(`${JSON.stringify(entry)}\n`));
}

interface LastLine {
  readonly id: string | undefined;
  readonly seq: number;
  readonly hash: string;
}

async function lastLine(ports: Pick<CorePorts, 'files' | 'text' | 'hasher'>): Promise<LastLine> {
  const size = (await ports.files.stat(JOURNAL_PATH))?.size ?? 0;
  const start = Math.max(0, size - LAST_LINE_BYTES);
  const bytes = size === 0 ? undefined : await ports.files.readRange(JOURNAL_PATH, start, size - start);
  const texts = bytes === undefined ? [] : ports.text.decode(bytes).text.split('\n').slice(0, -1);
  const text = texts.at(-1);
  if (text === undefined) return { id: undefined, seq: 0, hash: GENESIS };
  const parsed = parseLine(text);
  return { id: parsed?.id, seq: parsed?.seq ?? texts.length, hash: ports.hasher.sha256(text) };
}

async function mendTornLine(ports: CorePorts): Promise<void> {
  const size = (await ports.files.stat(JOURNAL_PATH))?.size ?? 0;
  if (size === 0) return;
  const end = await ports.files.readRange(JOURNAL_PATH, size - 1, 1);
  if (end?.[0] === 0x0a) return;
  const bytes = (await ports.files.read(JOURNAL_PATH, { maxBytes: 1024 * 1024 * 1024 })) ?? new Uint8Array();
  const cut = bytes.lastIndexOf(0x0a) + 1;
  await writeAtomic(ports, `${JOURNAL_PATH}.torn-${ports.ids.next()}`, bytes.slice(cut));
  await writeAtomic(ports, JOURNAL_PATH, bytes.slice(0, cut));
  ports.logger.warn('The last line of the journal was torn; it is kept beside it');
}

/** A journal line from its text, or undefined. */
export function parseLine(text: string): JournalLine | undefined {
  try {
    const parsed = line.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
