/**
 * A captured session: one header and a list of entries, written as `.local/sessions/<id>.jsonl` (header first).
 * Entries only ever get appended. Everything in here has been redacted; all of it is untrusted text.
 */

export const SESSION_FORMAT = 1;

/** `tools`: tool calls and their results; `text`: no tool calls at all; `truncated`: the log lost lines or results. */
export type Completeness = 'tools' | 'text' | 'truncated';

export type Outcome = 'success' | 'corrected' | 'failed' | 'unknown';

export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface SessionCounts {
  /** Prompts a person typed (queued ones included). */
  readonly prompts: number;
  readonly toolCalls: number;
  readonly failedToolCalls: number;
  /** Tool calls that the user denied. */
  readonly rejections: number;
  readonly corrections: number;
  readonly redactions: number;
}

/** How our memory reached an agent: printed by a hook, as a rules file, or imported by an instruction file. */
export type RecallChannel = 'hook' | 'rules' | 'import';

/** Memory of ours that was put into the context of the session, or of one of its subagents. */
export interface Recalled {
  /** ISO 8601 UTC, '' if unknown. */
  readonly at: string;
  readonly channel: RecallChannel;
  /** The subagent that got it; missing for the main agent. */
  readonly agent?: string;
  /** Which text it was; '' for a rule of one path, which has none. */
  readonly marker: string;
  /** Ids of the memories in it. */
  readonly entries: readonly string[];
  /** Those of them that stood there only as a line of the index; missing where there is none. */
  readonly listed?: readonly string[];
}

/** A memory that an agent turned to in this session, and how the beats ended in which it did. */
export interface MemoryUse {
  /** Its id where it was cited, its path as the agent wrote it where it was opened. */
  readonly memory: string;
  /** Calls that opened it, and beats whose text names it. */
  readonly read: number;
  readonly cited: number;
  /** Of the beats in which either happened. */
  readonly success: number;
  readonly corrected: number;
}

export interface SessionHeader {
  readonly format: typeof SESSION_FORMAT;
  /** Session id of the log; a safe file name. */
  readonly id: string;
  readonly title: string;
  /** The log file this came from, absolute. */
  readonly source: string;
  /** First working directory in the log: what decides which workspace owns the session. */
  readonly cwd: string;
  /** ISO 8601 UTC, or '' if the log has no times. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly branch?: string;
  readonly model?: string;
  readonly clientVersion?: string;
  /** cli, sdk-cli, claude-vscode, claude-desktop … as the log says. */
  readonly entrypoint?: string;
  readonly forkedFrom?: string;
  /** Agent types of the subagents whose transcripts are included. */
  readonly agents: readonly string[];
  readonly tokens: TokenCounts;
  readonly counts: SessionCounts;
  /** Paths of memory or instruction files that were in the context, and that the agent opened. */
  readonly memoriesLoaded: readonly string[];
  readonly memoriesRead: readonly string[];
  /** What of our memory was loaded, in log order; empty in sessions captured before recall existed. */
  readonly recalled: readonly Recalled[];
  readonly memoryUse: readonly MemoryUse[];
  readonly outcome: Outcome;
  readonly completeness: Completeness;
  /** Log lines by type, unknown types included: nothing disappears without being counted. */
  readonly lineTypes: Readonly<Record<string, number>>;
  /** Lines that could not be read, at most the first 20, and how many there were. */
  readonly problems: readonly LineProblem[];
  readonly problemCount: number;
  /** Marked private by the user: kept out of dreams. */
  readonly private?: boolean;
}

export interface LineProblem {
  /** 1-based line of the log file. */
  readonly line: number;
  readonly reason: 'not-json' | 'not-an-object' | 'too-long' | 'torn' | 'too-deep';
}

interface EntryBase {
  /** Stable across captures: the log line's uuid, or a hash where it has none. Evidence points here. */
  readonly id: string;
  /** ISO 8601 UTC, '' if unknown. */
  readonly at: string;
  /** Set when a subagent said or did it. */
  readonly agent?: string;
}

/** What a person typed. `pasted` are UTF-16 ranges of text that was pasted or selected, which counts as file content. */
export interface PromptEntry extends EntryBase {
  readonly kind: 'prompt';
  readonly text: string;
  readonly queued?: boolean;
  readonly pasted?: readonly (readonly [start: number, end: number])[];
}

export interface AssistantEntry extends EntryBase {
  readonly kind: 'assistant';
  readonly text: string;
  /** API message id; fragments of one message are joined. */
  readonly messageId?: string;
}

export interface CallEntry extends EntryBase {
  readonly kind: 'call';
  readonly callId: string;
  readonly tool: string;
  /** Input fields as text; long ones are cut head-and-tail. */
  readonly input: Readonly<Record<string, string>>;
}

export interface CutText {
  /** Of the original, redacted text. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface ResultEntry extends EntryBase {
  readonly kind: 'result';
  readonly callId: string;
  readonly ok: boolean;
  readonly exitCode?: number;
  /** The user refused this call; `reason` holds their words, '' if none. */
  readonly denied?: { readonly reason: string };
  readonly text: string;
  readonly cut?: CutText;
}

export interface InterruptEntry extends EntryBase {
  readonly kind: 'interrupt';
}

export interface CompactionEntry extends EntryBase {
  readonly kind: 'compaction';
  readonly trigger: string;
}

/** Text that looks like a prompt but no person typed: notifications, command output, hook text, summaries. */
export interface MachineEntry extends EntryBase {
  readonly kind: 'machine';
  readonly label: string;
  readonly text: string;
}

export type SessionEntry =
  PromptEntry | AssistantEntry | CallEntry | ResultEntry | InterruptEntry | CompactionEntry | MachineEntry;

export interface CapturedSession {
  readonly header: SessionHeader;
  readonly entries: readonly SessionEntry[];
}
