import * as z from 'zod/mini';
import { writeAtomic } from '../history/atomicWrite';
import { setAside } from '../history/setAside';
import type { CorePorts } from '../ports';
import { cursorsSchema, type LogCursor } from '../sessions/cursor';

export const STATE_PATH = '.local/state.json';

const rejection = z.object({
  at: z.string(),
  dream: z.string(),
  change: z.string(),
  reason: z.string(),
  evidence: z.array(z.string()),
});
const schedule = z.object({
  lastRunAt: z.optional(z.string()),
  lastStatus: z.optional(z.enum(['completed', 'nothing-new', 'failed', 'canceled'])),
  lastMessage: z.optional(z.string()),
  plan: z.optional(z.string()),
  since: z.optional(z.string()),
});
const place = { seq: z.int(), hash: z.string() };
const journalHead = z.object({ ...place, cut: z.optional(z.object(place)) });
const state = z.looseObject({
  format: z.literal(1),
  cursors: cursorsSchema,
  dreamt: z.record(z.string(), z.number()),
  rejected: z.record(z.string(), rejection),
  accepted: z.record(z.string(), z.string()),
  schedule,
  offered: z.record(z.string(), z.string()),
  journal: z.optional(journalHead),
});

/** A rejected claim: it does not come back without evidence that is not in `evidence`. */
export interface Rejection {
  readonly at: string;
  readonly dream: string;
  readonly change: string;
  readonly reason: string;
  /** Evidence keys known when it was rejected. */
  readonly evidence: readonly string[];
}

/** The last line of the journal when this machine last wrote one, and the line it lost if it ever lost some. */
export interface JournalHead {
  readonly seq: number;
  readonly hash: string;
  readonly cut?: { readonly seq: number; readonly hash: string };
}

/** `state.json`: what this machine knows besides the store. Losing it costs work, never a memory. */
export interface LocalState {
  readonly format: 1;
  /** By absolute path of the log file. */
  readonly cursors: Readonly<Record<string, LogCursor>>;
  /** Entries a session had when it was last dreamt over, by session id. */
  readonly dreamt: Readonly<Record<string, number>>;
  /** By fingerprint of the claim. */
  readonly rejected: Readonly<Record<string, Rejection>>;
  /** SHA-256 of each memory as it was last accepted, by path. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly schedule: {
    readonly lastRunAt?: string;
    readonly lastStatus?: 'completed' | 'nothing-new' | 'failed' | 'canceled';
    readonly lastMessage?: string;
    /** The plan that `since` belongs to; see core/schedule/schedule.ts. */
    readonly plan?: string;
    /** When this plan was first seen here. */
    readonly since?: string;
  };
  /** When something was offered to the user once, by name. */
  readonly offered: Readonly<Record<string, string>>;
  /** Absent before the first line. */
  readonly journal?: JournalHead;
}

export const EMPTY_STATE: LocalState = {
  format: 1,
  cursors: {},
  dreamt: {},
  rejected: {},
  accepted: {},
  schedule: {},
  offered: {},
};

type StatePorts = Pick<CorePorts, 'files' | 'text' | 'clock' | 'logger' | 'ids'>;

/** The state as it is on disk; empty if there is none. A file that cannot be read is set aside, never dropped. */
export async function readState(ports: StatePorts): Promise<LocalState> {
  const bytes = await ports.files.read(STATE_PATH);
  if (bytes === undefined) return EMPTY_STATE;
  const read = parseState(ports.text.decode(bytes).text);
  if (read !== undefined) return read;
  await setAside(ports, STATE_PATH, 'not a state of this version');
  return EMPTY_STATE;
}

/** Up to where the journal is known to go; undefined if the state does not say. Changes nothing. */
export async function peekJournalHead(ports: Pick<CorePorts, 'files' | 'text'>): Promise<JournalHead | undefined> {
  const bytes = await ports.files.read(STATE_PATH);
  return bytes === undefined ? undefined : parseState(ports.text.decode(bytes).text)?.journal;
}

function parseState(text: string): LocalState | undefined {
  try {
    const parsed = state.safeParse(JSON.parse(text));
    // The schema is the interface; zod types optional fields as possibly undefined, JSON never holds that.
    return parsed.success ? (parsed.data as LocalState) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads, changes and writes the state in one atomic step under the lock `state`; returns what was written. */
export async function updateState(
  ports: StatePorts & Pick<CorePorts, 'lock'>,
  change: (state: LocalState) => LocalState,
): Promise<LocalState> {
  return ports.lock.hold('state', async () => {
    const before = await readState(ports);
    const after = change(before);
    if (after !== before) await writeAtomic(ports, STATE_PATH, ports.text.encode(`${JSON.stringify(after)}\n`));
    return after;
  });
}
