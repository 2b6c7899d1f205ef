import * as z from 'zod/mini';
import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import type { Rejection } from '../state/localState';
import type { ChangeId, DreamId, HunkId, Verdict } from './proposal';

/** One file of a proposal, as the review left it. `draft` is the right side; `base` what it was last fitted to. */
export interface DraftState {
  /** null while the store has no such file. */
  readonly base: string | null;
  readonly draft: string;
  /** A person changed the draft: what is accepted from it carries evidence *by hand*. */
  readonly edited: boolean;
}

/** What a decision did to one file of the store: enough to take it back. */
export interface StoreStep {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a decision did to one draft. `before` is fitted to the store as it was at that moment. */
export interface DraftStep {
  readonly path: string;
  readonly before: DraftState;
  readonly after: DraftState;
}

/** What was remembered as rejected, and what was remembered before under the same fingerprint. */
export interface RejectionStep {
  readonly fingerprint: string;
  readonly before: Rejection | null;
}

export interface DecidedPart {
  readonly change: ChangeId;
  /** Empty: the change as a whole. */
  readonly hunks: readonly HunkId[];
}

/** One decision of a person; one undo step. */
export interface Decision {
  /** Sortable: a later decision of any dream has a greater id. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly parts: readonly DecidedPart[];
  readonly reason?: string;
  /** Absent once the decision is too old to be undone. */
  readonly undo?: {
    readonly store: readonly StoreStep[];
    readonly drafts: readonly DraftStep[];
    readonly rejections: readonly RejectionStep[];
  };
}

/** `.local/dreams/<id>/review.json`: drafts and decisions beside a proposal, which itself never changes. */
export interface Review {
  readonly format: 1;
  readonly dream: DreamId;
  /** Only files whose state differs from the proposal, by path. */
  readonly files: Readonly<Record<string, DraftState>>;
  /** Oldest first. */
  readonly decisions: readonly Decision[];
}

/** A review as read, with what must be known to replace it safely. */
export interface ReadReview {
  readonly review: Review;
  /** SHA-256 of the bytes, null if there is no file yet. */
  readonly sha256: string | null;
  /** Why the file could not be used, if it could not. */
  readonly problem?: string;
}

type ReviewPorts = Pick<CorePorts, 'files' | 'text' | 'hasher'>;

/** How many decisions of a dream can be undone; older ones keep their record without the texts. */
export const UNDO_DEPTH = 30;

const text = z.string().check(z.maxLength(4_000_000));
const short = z.string().check(z.maxLength(1_100));
const draftState = z.object({ base: z.nullable(text), draft: text, edited: z.boolean() });
const remembered = z.object({
  at: short,
  dream: short,
  change: short,
  reason: text,
  evidence: z.array(text),
});
const decision = z.object({
  id: short,
  at: short,
  verdict: z.enum(['accepted', 'rejected']),
  parts: z.array(z.object({ change: short, hunks: z.array(short) })),
  reason: z.optional(text),
  undo: z.optional(
    z.object({
      store: z.array(z.object({ path: short, before: z.nullable(text), after: z.nullable(text) })),
      drafts: z.array(z.object({ path: short, before: draftState, after: draftState })),
      rejections: z.array(z.object({ fingerprint: short, before: z.nullable(remembered) })),
    }),
  ),
});
const schema = z.object({
  format: z.literal(1),
  dream: short,
  files: z.record(short, draftState),
  decisions: z.array(decision),
});

/** Where the review of a dream is kept. */
export function reviewPath(dream: DreamId): string {
  return `.local/dreams/${dream}/review.json`;
}

/** The bytes to write for a review; the texts of old decisions are dropped. */
export function encodeReview(review: Review, ports: Pick<CorePorts, 'text'>): Uint8Array {
  const old = review.decisions.length - UNDO_DEPTH;
  const decisions = review.decisions.map((made, index) => (index < old ? withoutTexts(made) : made));
  return ports.text.encode(`${JSON.stringify({ ...review, decisions }, undefined, 1)}\n`);
}

function withoutTexts({ id, at, verdict, parts, reason }: Decision): Decision {
  return { id, at, verdict, parts, ...(reason === undefined ? {} : { reason }) };
}

/** The review of a dream; an empty one where there is none. A file that cannot be used is reported, not touched. */
export async function readReview(ports: ReviewPorts, dream: DreamId): Promise<ReadReview> {
  const empty: Review = { format: 1, dream, files: {}, decisions: [] };
  let bytes: Uint8Array | undefined;
  try {
    bytes = await ports.files.read(reviewPath(dream));
  } catch (error) {
    if (!isAgentDreamsError(error, 'too-large')) throw error;
    return { review: empty, sha256: null, problem: 'is too large' };
  }
  if (bytes === undefined) return { review: empty, sha256: null };
  const sha256 = ports.hasher.sha256(bytes);
  const parsed = parseReview(ports.text.decode(bytes).text);
  if (typeof parsed === 'string') return { review: empty, sha256, problem: parsed };
  if (parsed.dream !== dream) return { review: empty, sha256, problem: 'belongs to another dream' };
  return { review: parsed, sha256 };
}

function parseReview(json: string): Review | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'is not JSON';
  }
  const parsed = schema.safeParse(value);
  // The ids are only branded by what they are compared with: proposals, which are validated too.
  if (parsed.success) return parsed.data as unknown as Review;
  return `has the wrong shape at ${parsed.error.issues[0]?.path.map(String).join('.') ?? 'the top'}`;
}
