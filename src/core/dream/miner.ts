import type { ClaudeNote } from '../bridges/claudeMemory';
import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import type { MemoryUsage } from '../recall/usage';
import type { Hasher, WorkspaceProbe } from '../ports';
import type { FileEdit } from '../review/proposal';
import type { Beat } from '../sessions/beats';
import type { CapturedSession } from '../sessions/session';
import type { Dismissed, Evidence, Finding, Trust } from './finding';

/** What every miner may look at besides the sessions. Nothing here changes during a dream. */
export interface MinerContext {
  readonly schema: Schema;
  readonly memories: readonly Memory[];
  /** Text of CLAUDE.md, AGENTS.md and their like: what the agent is told anyway. */
  readonly instructionFiles: readonly InstructionFile[];
  /** What Claude Code noted by itself; missing where there is no inbox. */
  readonly inbox?: readonly ClaudeNote[];
  readonly probe: WorkspaceProbe;
  readonly hasher: Hasher;
  /** ISO 8601 UTC; when this dream runs. */
  readonly now: string;
  /** What sessions did with the memories; missing where none of them was given any. */
  readonly recall?: RecallKnown;
}

/** How memories are named in what agents were given, and what became of them. By path. */
export interface RecallKnown {
  readonly ids: ReadonlyMap<string, string>;
  readonly usage: ReadonlyMap<string, MemoryUsage>;
}

export interface InstructionFile {
  readonly path: string;
  readonly text: string;
}

/** A claim that becomes a memory of its own, or the new value of one that exists. */
export interface Note {
  readonly kind: 'note';
  readonly title: string;
  readonly finding: Finding;
}

/** A change of files that exist: what hygiene proposes. */
export interface Edit {
  readonly kind: 'edit';
  readonly change: 'update' | 'merge' | 'split' | 'archive' | 'promote' | 'demote';
  readonly miner: string;
  readonly title: string;
  readonly rationale: string;
  readonly files: readonly [FileEdit, ...FileEdit[]];
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly trust: Trust;
  readonly fingerprint: string;
  /** It writes sentences of its own, which are judged by the sessions it cites as a note's are. */
  readonly bringsWords?: boolean;
}

export type Candidate = Note | Edit;

export interface MinerResult {
  readonly candidates: readonly Candidate[];
  /** What was looked at and not proposed, and why. */
  readonly dismissed: readonly Dismissed[];
  /** What a reviewer of any change of these memories should know. */
  readonly notices?: readonly Notice[];
}

/** Something stale in a memory: no change of its own, and shown with every other change of the memory. */
export interface Notice {
  /** Of the memory. */
  readonly path: string;
  readonly message: string;
}

/**
 * One way of finding things worth remembering. Sees every session once, oldest first, and keeps only what it needs of
 * it: sessions are large and one is in memory at a time. Never throws on what a session holds.
 */
export interface MinerRun {
  session(session: CapturedSession, beats: readonly Beat[]): void;
  finish(): MinerResult | Promise<MinerResult>;
}

export interface Miner {
  readonly name: string;
  begin(context: MinerContext): MinerRun;
}
