import { gradeTurn, noTurn, turnAfter, type Turn } from './grading';
import type { CallEntry, CapturedSession, Outcome, PromptEntry, ResultEntry, SessionEntry } from './session';

/** A tool call and its result; the result is missing if the log ended before it. */
export interface ToolCall {
  readonly call: CallEntry;
  readonly result: ResultEntry | undefined;
}

/** One prompt, everything until the next prompt, and that next prompt as the outcome label. */
export interface Beat {
  /** Position in the session, from 0. */
  readonly index: number;
  /** Missing only on a first beat that starts without one. */
  readonly prompt: PromptEntry | undefined;
  /** Everything after the prompt, subagents' entries included (`agent` is set on those). */
  readonly entries: readonly SessionEntry[];
  readonly calls: readonly ToolCall[];
  /** What the person typed next, if anything. */
  readonly outcome: PromptEntry | undefined;
  readonly grade: Outcome;
}

interface OpenBeat {
  readonly prompt: PromptEntry | undefined;
  readonly entries: SessionEntry[];
  turn: Turn;
}

function pairCalls(entries: readonly SessionEntry[], results: ReadonlyMap<string, ResultEntry>): readonly ToolCall[] {
  return entries
    .filter((entry) => entry.kind === 'call')
    .map((call) => ({ call, result: results.get(`${call.agent ?? ''}\n${call.callId}`) }));
}

/** Cuts a session into beats, in log order. Pure; an empty session has none. */
export function toBeats(session: CapturedSession): readonly Beat[] {
  const results = new Map<string, ResultEntry>();
  const open: OpenBeat[] = [];
  for (const entry of session.entries) {
    if (entry.kind === 'result') results.set(`${entry.agent ?? ''}\n${entry.callId}`, entry);
    if (entry.kind === 'prompt') {
      open.push({ prompt: entry, entries: [], turn: noTurn });
      continue;
    }
    if (open.length === 0) open.push({ prompt: undefined, entries: [], turn: noTurn });
    const beat = open.at(-1);
    beat?.entries.push(entry);
    if (beat) beat.turn = turnAfter(beat.turn, entry);
  }
  return open.map((beat, index) => {
    const outcome = open[index + 1]?.prompt;
    return {
      index,
      prompt: beat.prompt,
      entries: beat.entries,
      calls: pairCalls(beat.entries, results),
      outcome,
      grade: gradeTurn(beat.turn, outcome),
    };
  });
}
