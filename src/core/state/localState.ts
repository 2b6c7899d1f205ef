import * as z from 'zod/mini';
import { writeAtomic } from '../history/atomicWrite';
import { setAside } from '../history/setAside';
import type { CorePorts, Owner } from '../ports';
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
  worktrees: z.optional(z.record(z.string(), z.record(z.string(), z.string()))),
  known: z.optional(z.record(z.string(), z.array(z.string()))),
  seal: z.optional(z.string()),
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
  /** `accepted` of each linked git worktree, by its name: other branches hold other memories. */
  readonly worktrees?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The last contents that were accepted at each path, oldest first: what another branch still holds needs no second look. */
  readonly known?: Readonly<Record<string, readonly string[]>>;
  /** This user's seal of what was accepted; without it nothing was. */
  readonly seal?: string;
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

type StatePorts = Pick<CorePorts, 'files' | 'text' | 'clock' | 'logger' | 'ids' | 'owner'>;

/**
 * The state as it is on disk; empty if there is none. A file that cannot be read is set aside, never dropped. What it
 * says was accepted counts only under this user's seal.
 */
export async function readState(ports: StatePorts): Promise<LocalState> {
  return withoutForged(ports, await readUnsealed(ports));
}

async function readUnsealed(ports: StatePorts): Promise<LocalState> {
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

/** A state kept elsewhere, with what it says was accepted only under this user's seal; undefined if it is none. */
export async function parseSealedState(
  ports: Pick<CorePorts, 'owner' | 'logger'>,
  text: string,
): Promise<LocalState | undefined> {
  const parsed = parseState(text);
  return parsed === undefined ? undefined : withoutForged(ports, parsed);
}

/**
 * The text of a state that another key sealed, after `change`, under this user's seal, because they say that it is theirs;
 * undefined if it is none.
 */
export async function adoptState(
  owner: Owner,
  text: string,
  change: (state: LocalState) => LocalState,
): Promise<string | undefined> {
  const parsed = parseState(text);
  if (parsed === undefined) return undefined;
  const changed = change(parsed);
  return `${JSON.stringify({ ...changed, seal: await owner.seal(record(changed)) })}\n`;
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
    if (after === before) return after;
    const sealed = await withSeal(ports, after);
    await writeAtomic(ports, STATE_PATH, ports.text.encode(`${JSON.stringify(sealed)}\n`));
    return sealed;
  });
}

/** What the seal is made of: the same text for the same record, whatever the order in which it came about. */
function record({ accepted, worktrees = {}, known = {} }: LocalState): string {
  const sorted = <T>(map: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
    Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const byWorktree = sorted(worktrees).map(([name, map]) => [name, sorted(map)] as const);
  return JSON.stringify(['accepted', sorted(accepted), byWorktree, sorted(known)]);
}

async function withSeal({ owner }: StatePorts, state: LocalState): Promise<LocalState> {
  return owner === undefined ? state : { ...state, seal: await owner.seal(record(state)) };
}

async function withoutForged(
  { owner, logger }: Pick<CorePorts, 'owner' | 'logger'>,
  state: LocalState,
): Promise<LocalState> {
  if (owner === undefined || state === EMPTY_STATE) return state;
  if (state.seal !== undefined && (await owner.isSealed(record(state), state.seal))) return state;
  if (Object.keys(state.accepted).length > 0) {
    logger.warn(
      'What this store says was accepted was not accepted by this user on this machine; nothing of it counts',
    );
  }
  return { ...state, accepted: {}, worktrees: {}, known: {} };
}
