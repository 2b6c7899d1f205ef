import { redactDeep } from '../boundary/redactDeep';
import { AgentDreamsError } from '../errors';
import { readEffectiveStore, type EffectiveStore } from '../memory/effective';
import { INDEX_PATH } from '../memory/indexWrite';
import type { CorePorts } from '../ports';
import type { Change, ChangeId, DreamId, Proposal } from '../review/proposal';
import { isOpen } from '../review/openProposals';
import { listProposals } from '../review/review';
import { readState } from '../state/localState';
import { draftChange, knownBodies, type ChangeDraft, type DraftRequest } from './directChange';
import type { DreamRecord } from './dream';
import { writeProposal, writeRecord } from './dreamFiles';
import { evidenceKey } from './evidenceKey';
import type { Evidence, RequestWay } from './finding';
import { isRejected } from './rejections';

/** Who asks for changes without a dream. */
export interface DirectOrigin {
  readonly kind: RequestWay;
  /** The client, program or file, as it names itself: "Claude Code", `AGENTS.md`. One line, at most 80 characters. */
  readonly by: string;
}

/** What a request may bring besides its own reason. Nobody may claim what a person did by hand. */
export type DirectEvidence = Exclude<Evidence, { readonly kind: 'by-hand' | 'request' | 'usage' }>;

interface Asked {
  /** One sentence or two for the reviewer: why. At most 2,000 characters. */
  readonly rationale: string;
  /** Quotes and events are checked in their session. The request itself is evidence too, and is added. */
  readonly evidence?: readonly DirectEvidence[];
}

interface Said {
  /** One line, at most 300 characters. */
  readonly description: string;
  /** Markdown without front matter. */
  readonly body: string;
}

/**
 * One change that is asked for. `add` stands at `path`, or where `category` and `name` put it (a taken name gets a
 * number); the others name the `path` of an accepted memory.
 */
export type DirectChange =
  | (Asked &
      Said & {
        readonly kind: 'add';
        readonly path?: string;
        readonly category: string;
        /** Any words: they become the slug. */
        readonly name: string;
        readonly paths?: readonly string[];
        readonly agents?: readonly string[];
        /** What says otherwise, for the reviewer to settle: where, and its words. */
        readonly against?: { readonly path: string; readonly said: string };
      })
  | (Asked & Partial<Said> & { readonly kind: 'update'; readonly path: string })
  | (Asked & { readonly kind: 'archive'; readonly path: string })
  /** The memory gets another name or category; `to` is where it goes. */
  | (Asked & { readonly kind: 'move'; readonly path: string; readonly to: string });

/** What became of one change, in the order in which they were asked for. */
export type DirectOutcome =
  | {
      readonly kind: 'proposed';
      readonly dream: DreamId;
      readonly change: ChangeId;
      readonly path: string;
      /** Rules of the secrets that were taken out of its text. */
      readonly redacted: readonly string[];
    }
  /** The same waits for review already: nothing was added. */
  | { readonly kind: 'pending'; readonly dream: DreamId; readonly change: ChangeId; readonly path: string }
  /** An accepted memory says it already. */
  | { readonly kind: 'known'; readonly path: string }
  /** A person said no to it, and nothing new speaks for it. */
  | { readonly kind: 'rejected' }
  /** It may not be proposed; the reason is a part of a sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What became of a request. */
export interface DirectReport {
  /** What was written for review; absent if nothing of it is new. */
  readonly proposal?: Proposal;
  /** One for each change that was asked for. */
  readonly outcomes: readonly DirectOutcome[];
}

/** Who asks, and for what. */
export interface DirectRequest {
  readonly origin: DirectOrigin;
  readonly changes: readonly DirectChange[];
  /** The store as it is when this is called, for who has read it already; by default it is read. */
  readonly store?: () => Promise<EffectiveStore>;
}

/** So many changes of one client may wait, and so many of all agents together: clients name themselves. */
const MOST_OF_ONE = 20;
const MOST_OF_ALL = 60;
const MOST_AT_ONCE = 500;
const LOCK = 'propose';
/** Requests of several agents at one time stand in line. */
const LOCK_WAIT_MS = 30_000;

/**
 * Puts changes that somebody asks for before the reviewer, as a proposal like a dream's: never a write of memory. The
 * same gates hold: secrets are taken out, hidden text is refused, what was rejected stays rejected, trust is never above
 * that of the origin. What waits already is not proposed again. Throws `not-initialized` where there is no memory,
 * `locked`, and whatever the store throws.
 */
export async function proposeDirectly(ports: CorePorts, request: DirectRequest): Promise<DirectReport> {
  if ((await ports.files.stat(INDEX_PATH)) === undefined && (await ports.files.stat('schema.md')) === undefined)
    throw new AgentDreamsError('not-initialized', 'There is no memory in this folder yet.');
  await ports.redactor.refresh?.();
  return ports.lock.hold(LOCK, () => proposeLocked(ports, request), { waitMs: LOCK_WAIT_MS });
}

interface Waiting {
  readonly dream: DreamId;
  readonly change: Change;
}

/** Everything that a request is held against; `waiting` grows with each change that is taken. */
interface Standing {
  readonly store: EffectiveStore;
  readonly rejected: Awaited<ReturnType<typeof readState>>['rejected'];
  readonly waiting: Waiting[];
  readonly knownAs: DraftRequest['knownAs'];
}

async function proposeLocked(
  ports: CorePorts,
  { origin, changes, store = () => readEffectiveStore(ports) }: DirectRequest,
): Promise<DirectReport> {
  const read = await store();
  const standing: Standing = {
    store: read,
    rejected: (await readState(ports)).rejected,
    waiting: await waitingChanges(ports),
    knownAs: knownBodies(read.memories),
  };
  // Ids come from the Ids port as file-name-safe ULIDs: this is where one becomes a dream's.
  const dream = ports.ids.next() as DreamId;
  const by = clientName(ports.redactor.redact(origin.by).text);
  const taken: Change[] = [];
  const outcomes: DirectOutcome[] = [];
  for (const [index, asked] of changes.entries()) {
    const outcome =
      index < MOST_AT_ONCE
        ? await consider(ports, { asked, origin: { kind: origin.kind, by }, dream }, standing)
        : ({ kind: 'refused', reason: `one request holds ${MOST_AT_ONCE} changes at most` } as const);
    if ('draft' in outcome) {
      taken.push(outcome.draft.change);
      standing.waiting.push({ dream, change: outcome.draft.change });
      outcomes.push(proposed(dream, outcome.draft));
    } else outcomes.push(outcome);
  }
  if (taken.length === 0) return { outcomes };
  const proposal: Proposal = {
    format: 1,
    id: dream,
    createdAt: new Date(ports.clock.now()).toISOString(),
    changes: taken,
    dismissed: [],
  };
  await writeProposal(ports, proposal);
  await writeRecord(ports, recordOf(proposal, { kind: origin.kind, by }));
  return { proposal, outcomes };
}

function proposed(dream: DreamId, { change, redacted }: ChangeDraft): DirectOutcome {
  return { kind: 'proposed', dream, change: change.id, path: change.files[0].path, redacted };
}

async function consider(
  ports: CorePorts,
  request: { readonly asked: DirectChange; readonly origin: DirectOrigin; readonly dream: DreamId },
  standing: Standing,
): Promise<DirectOutcome | { readonly draft: ChangeDraft }> {
  const { store, waiting } = standing;
  const clean = redactDeep(request.asked, ports.redactor);
  const draft = await draftChange(ports, {
    asked: clean,
    origin: request.origin,
    store,
    knownAs: standing.knownAs,
    redacted: clean === request.asked ? [] : ports.redactor.redact(JSON.stringify(request.asked)).rules,
    isWaiting: (path) => waiting.some(({ change }) => change.files.some((file) => file.path === path)),
  });
  if (draft.kind !== 'draft') return draft;
  const { change } = draft;
  const same = waiting.find((one) => one.change.fingerprint === change.fingerprint);
  if (same !== undefined) return pending(same);
  const keys = change.evidence.map((one) => evidenceKey(one, ports.hasher));
  if (isRejected({ fingerprint: change.fingerprint, keys }, standing.rejected)) return { kind: 'rejected' };
  const full = tooMany(waiting, request.origin);
  return full === undefined ? { draft } : { kind: 'refused', reason: full };
}

function pending({ dream, change }: Waiting): DirectOutcome {
  return { kind: 'pending', dream, change: change.id, path: change.files[0].path };
}

/** Why nothing more of this client may wait, or undefined if it may. A user's own import is not held back. */
function tooMany(waiting: readonly Waiting[], origin: DirectOrigin): string | undefined {
  if (origin.kind === 'import') return undefined;
  const asked = waiting.flatMap(({ change }) =>
    change.evidence.flatMap((one) => (one.kind === 'request' && one.way !== 'import' ? [one.by] : [])),
  );
  const own = asked.filter((by) => by === origin.by).length;
  if (own >= MOST_OF_ONE) return `${own} proposals of ${origin.by} wait for review already`;
  return asked.length >= MOST_OF_ALL ? `${asked.length} proposals of agents wait for review already` : undefined;
}

async function waitingChanges(ports: CorePorts): Promise<Waiting[]> {
  return (await listProposals(ports)).flatMap(({ proposal, changes }) =>
    changes.filter(({ status }) => isOpen(status)).map(({ change }) => ({ dream: proposal.id, change })),
  );
}

function recordOf(proposal: Proposal, { kind, by }: DirectOrigin): DreamRecord {
  return {
    format: 1,
    id: proposal.id,
    status: 'completed',
    engine: 'direct',
    createdAt: proposal.createdAt,
    endedAt: proposal.createdAt,
    sessions: [],
    trigger: kind,
    by,
    changes: proposal.changes.length,
    findings: proposal.changes.length,
    costUsd: 0,
  };
}

/** A name on one line, without what nobody sees. */
function clientName(name: string): string {
  const plain = name
    .slice(0, 400)
    .replace(/[\p{C}\p{Z}]{1,400}/gu, ' ')
    .trim();
  return plain === '' ? 'a program without a name' : plain.slice(0, 80);
}
