import * as z from 'zod/mini';
import { SESSION_FORMAT, type SessionEntry, type SessionHeader } from './session';

/** The lines of a captured session as they are on disk. Anybody can edit them, so reading validates. */

const count = z.number().check(z.gte(0));
const counts = z.record(z.string(), count);
const strings = z.array(z.string());

const recalled = z.object({
  at: z.string(),
  channel: z.enum(['hook', 'rules', 'import']),
  agent: z.exactOptional(z.string()),
  marker: z.string(),
  entries: strings,
  listed: z.exactOptional(strings),
});
const memoryUse = z.object({ memory: z.string(), read: count, cited: count, success: count, corrected: count });

const header = z.object({
  format: z.literal(SESSION_FORMAT),
  id: z.string().check(z.regex(/^[\w.-]{1,200}$/u)),
  title: z.string(),
  source: z.string(),
  cwd: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  durationMs: count,
  branch: z.exactOptional(z.string()),
  model: z.exactOptional(z.string()),
  clientVersion: z.exactOptional(z.string()),
  entrypoint: z.exactOptional(z.string()),
  forkedFrom: z.exactOptional(z.string()),
  agents: strings,
  tokens: z.object({ input: count, output: count, cacheRead: count, cacheWrite: count }),
  counts: z.object({
    prompts: count,
    toolCalls: count,
    failedToolCalls: count,
    rejections: count,
    corrections: count,
    redactions: count,
  }),
  memoriesLoaded: strings,
  memoriesRead: strings,
  // Sessions captured before recall existed do not have these.
  recalled: z._default(z.array(recalled), []),
  memoryUse: z._default(z.array(memoryUse), []),
  outcome: z.enum(['success', 'corrected', 'failed', 'unknown']),
  completeness: z.enum(['tools', 'text', 'truncated']),
  lineTypes: counts,
  problems: z.array(
    z.object({ line: count, reason: z.enum(['not-json', 'not-an-object', 'too-long', 'torn', 'too-deep']) }),
  ),
  problemCount: count,
  private: z.exactOptional(z.boolean()),
});

const base = { id: z.string(), at: z.string(), agent: z.exactOptional(z.string()) };
const range = z.tuple([count, count]);

const entry = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('prompt'),
    text: z.string(),
    queued: z.exactOptional(z.boolean()),
    pasted: z.exactOptional(z.array(range)),
  }),
  z.object({ ...base, kind: z.literal('assistant'), text: z.string(), messageId: z.exactOptional(z.string()) }),
  z.object({
    ...base,
    kind: z.literal('call'),
    callId: z.string(),
    tool: z.string(),
    input: z.record(z.string(), z.string()),
  }),
  z.object({
    ...base,
    kind: z.literal('result'),
    callId: z.string(),
    ok: z.boolean(),
    exitCode: z.exactOptional(z.number()),
    denied: z.exactOptional(z.object({ reason: z.string() })),
    text: z.string(),
    cut: z.exactOptional(z.object({ bytes: count, sha256: z.string() })),
  }),
  z.object({ ...base, kind: z.literal('interrupt') }),
  z.object({ ...base, kind: z.literal('compaction'), trigger: z.string() }),
  z.object({ ...base, kind: z.literal('machine'), label: z.string(), text: z.string() }),
]);

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** One line of the file, with its line break. */
export function renderLine(line: SessionHeader | SessionEntry): string {
  return `${JSON.stringify(line)}\n`;
}

/** The header on this line, or undefined if it is not one. */
export function parseHeader(line: string): SessionHeader | undefined {
  const parsed = header.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
}

/** The entry on this line, or undefined if it is not one. */
export function parseEntry(line: string): SessionEntry | undefined {
  const value = parseJson(line);
  if (isPlainEntry(value)) return value;
  const parsed = entry.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type FieldTest = (value: unknown) => boolean;

const isText: FieldTest = (value) => typeof value === 'string';
const isTextRecord: FieldTest = (value) => {
  if (!isRecord(value)) return false;
  // A field of that name would be the prototype of a copy: it is left to the schema.
  for (const name of Object.keys(value)) if (typeof value[name] !== 'string' || name === '__proto__') return false;
  return true;
};
const BASE: Readonly<Record<string, FieldTest>> = { id: isText, at: isText, kind: isText };
/** What all but a few entries are made of: these fields and no other. */
const PLAIN: ReadonlyMap<unknown, Readonly<Record<string, FieldTest>>> = new Map([
  ['prompt', { ...BASE, text: isText }],
  ['assistant', { ...BASE, text: isText }],
  ['call', { ...BASE, callId: isText, tool: isText, input: isTextRecord }],
  ['result', { ...BASE, callId: isText, ok: (value: unknown) => typeof value === 'boolean', text: isText }],
]);

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for the common kinds of entries without anything optional: the schema says the same of them, in ten times the time. */
function isPlainEntry(value: unknown): value is SessionEntry {
  if (!isRecord(value)) return false;
  const wanted = PLAIN.get(value['kind']);
  if (wanted === undefined) return false;
  const names = Object.keys(value);
  return (
    names.length === Object.keys(wanted).length &&
    names.every((name) => Object.hasOwn(wanted, name) && wanted[name]?.(value[name]) === true)
  );
}
