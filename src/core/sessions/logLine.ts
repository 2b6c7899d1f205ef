import type { Hasher } from '../ports';
import type { Draft } from './draft';
import type { SessionFacts } from './facts';
import type { JsonObject } from './json';
import type { PromptQueue } from './promptQueue';
import type { SeenLines } from './seenLines';
import type { Sidechains } from './sidechains';
import type { Speaker } from './speaker';

/** What the logs of one session share while they are read. */
export interface SessionContext {
  readonly hasher: Hasher;
  readonly facts: SessionFacts;
  readonly seen: SeenLines;
  readonly sidechains: Sidechains;
  /** Tool name of each call, by call id. */
  readonly tools: Map<string, string>;
}

/** One log file being read: the session's own, or a subagent's transcript. */
export interface LogSource {
  readonly kind: 'session' | 'agent';
  readonly queue: PromptQueue;
  /** The subagent of a transcript, once known. */
  agent: string | undefined;
  /** The newest line ids, to tell a summary of this session from one of another. */
  readonly recentLines: string[];
}

/** One new record of a log, on its way to entries. */
export interface LogLine {
  readonly record: JsonObject;
  /** Stable across captures; entries of one line append `.1`, `.2` …. */
  readonly id: string;
  /** ISO 8601 UTC, '' if unknown. */
  readonly at: string;
  readonly agent: string | undefined;
}

/** What every entry of a line has; `part` counts the entries of the line from 0. */
export function entryBase(
  line: LogLine,
  part: number,
): { readonly id: string; readonly at: string; readonly agent?: string } {
  const id = part === 0 ? line.id : `${line.id}.${part}`;
  return line.agent === undefined ? { id, at: line.at } : { id, at: line.at, agent: line.agent };
}

/** The entry for text that nobody typed, or for an interrupt, which clients log as such a text. */
export function machineEntry(line: LogLine, part: number, speaker: Speaker, text: string): Draft {
  if (speaker === 'interrupt') return { ...entryBase(line, part), kind: 'interrupt' };
  return { ...entryBase(line, part), kind: 'machine', label: speaker.slice(0, 60), text };
}
