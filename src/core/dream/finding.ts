/** Evidence and trust: what a claim rests on. Every change in a proposal carries at least one piece of evidence. */

/** Highest first. A finding has the lowest trust among its evidence that it needs; consolidation never raises it. */
export const TRUST_ORDER = ['user', 'observed', 'agent', 'tool', 'file', 'recalled'] as const;
export type Trust = (typeof TRUST_ORDER)[number];

/** Words someone said, verbatim in the captured session (white space aside). */
export interface QuoteEvidence {
  readonly kind: 'quote';
  readonly session: string;
  readonly entry: string;
  /** Who said it. */
  readonly by: 'user' | 'agent' | 'tool' | 'file';
  readonly quote: string;
  readonly at: string;
}

/** Something that happened, seen in the log: an exit status, an error flag, a denial, an edit. `quote` shows it. */
export interface EventEvidence {
  readonly kind: 'event';
  readonly session: string;
  readonly entry: string;
  readonly event: 'failed' | 'succeeded' | 'denied' | 'edited' | 'interrupted';
  readonly quote: string;
  readonly at: string;
}

/** A check of the workspace made by the dream: this path or script exists, or does not. */
export interface CheckEvidence {
  readonly kind: 'check';
  readonly subject: string;
  readonly verdict: 'fresh' | 'moved' | 'gone' | 'unverifiable';
  readonly detail: string;
  readonly at: string;
}

/** A memory that this change rests on (merge, duplicate), by content. */
export interface MemoryEvidence {
  readonly kind: 'memory';
  readonly path: string;
  readonly sha256: string;
  readonly quote: string;
}

/** Written or edited by the reviewer. */
export interface ByHandEvidence {
  readonly kind: 'by-hand';
  readonly at: string;
}

/** Ways by which a change is asked for without a dream. */
export const REQUEST_WAYS = ['mcp', 'tool', 'memory-tool', 'inbox', 'import'] as const;
/**
 * `mcp`: an agent over the MCP server; `tool`: a language model of the editor; `memory-tool`: a program through Claude's
 * memory tool; `inbox`: what an agent noted by itself; `import`: a file of instructions that the user had read in.
 */
export type RequestWay = (typeof REQUEST_WAYS)[number];

/** A program or a file asked for the change: nothing was seen, and nobody was heard saying it. */
export interface RequestEvidence {
  readonly kind: 'request';
  readonly way: RequestWay;
  /** Which client, or which file; as it names itself. */
  readonly by: string;
  /** The reason that was given. */
  readonly quote: string;
  readonly at: string;
}

/** What sessions did with a memory, counted from what their logs show. */
export interface UsageEvidence {
  readonly kind: 'usage';
  /** Of the memory. */
  readonly path: string;
  /** Sessions that had it in their context, and those of them in which it was a line of the index only. */
  readonly loaded: number;
  readonly listed: number;
  /** Sessions that opened it, and that named it. */
  readonly read: number;
  readonly cited: number;
  /** Beats after that: how many went well, and how many the user corrected. */
  readonly success: number;
  readonly corrected: number;
  readonly at: string;
}

export type Evidence =
  QuoteEvidence | EventEvidence | CheckEvidence | MemoryEvidence | ByHandEvidence | RequestEvidence | UsageEvidence;

/** Terms of the score, each 0..1, so that a proposal can be explained. */
export interface ScoreTerms {
  readonly recurrence: number;
  readonly spread: number;
  readonly outcome: number;
  readonly speaker: number;
  readonly specificity: number;
  readonly total: number;
  /** Other people whose shared findings say the same; missing for none. They are part of `spread`. */
  readonly authors?: number;
}

/** What a miner hands on: one claim worth remembering, ready to become a memory. */
export interface Finding {
  /** Which miner: `instructions`, `corrections`, `fixes`, `commands` … */
  readonly miner: string;
  /** Category folder, one that the schema enables. */
  readonly category: string;
  /** Upsert key: same topic, same file. */
  readonly slug: string;
  readonly description: string;
  /** Markdown body without front matter. */
  readonly body: string;
  readonly paths?: readonly string[];
  readonly agents?: readonly string[];
  readonly evidence: readonly Evidence[];
  /** What the miner claims; the verifier puts the judged trust in its place. */
  readonly trust: Trust;
  /** Set by the verifier: the body quotes an error line of a program. */
  readonly quotesTool?: boolean;
  readonly score: ScoreTerms;
  /** One sentence for the reviewer: why this is proposed. */
  readonly rationale: string;
  /** Stable fingerprint of the claim (not its wording of the day): what a rejection is remembered by. */
  readonly fingerprint: string;
}

/** A candidate that was looked at and not proposed, and why: for Explain Candidates. */
export interface Dismissed {
  readonly miner: string;
  readonly summary: string;
  readonly reason: string;
  readonly session?: string;
  readonly entry?: string;
  /** Where it came as far as being scored. */
  readonly score?: ScoreTerms;
}
