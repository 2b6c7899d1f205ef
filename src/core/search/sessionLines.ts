import { withoutPrivateParts } from '../sessions/privateMarks';
import type { CapturedSession, SessionEntry } from '../sessions/session';

/** Who said it. What a subagent says is the agent's, and its name is given beside. */
export type SessionSpeaker = 'user' | 'agent' | 'tool';

/** An entry of a session as it is searched and shown. */
export interface SessionLine {
  /** Of the entry. */
  readonly entry: string;
  readonly speaker: SessionSpeaker;
  /** The subagent, if one said it; and the tool, if one was called. */
  readonly agent?: string;
  readonly tool?: string;
  /** ISO 8601 UTC, '' if unknown. */
  readonly at: string;
  readonly text: string;
}

/** What is looked at of one entry: results are long and seldom what somebody remembers. */
const LONGEST = { said: 8_000, call: 2_000, result: 1_200 } as const;

/**
 * What was said and done in a session, in order. Left out: what nobody said (notifications, summaries, text of hooks), and
 * everything between `<private>` marks, also where it was captured before they were known.
 */
export function sessionLines(session: CapturedSession): readonly SessionLine[] {
  return session.entries.flatMap((entry) => {
    const line = lineOf(entry);
    if (line === undefined) return [];
    const text = withoutPrivateParts(line.text);
    return text.trim() === '' ? [] : [{ ...line, text }];
  });
}

function lineOf(entry: SessionEntry): SessionLine | undefined {
  const { id, at, agent } = entry;
  const base = { entry: id, at, ...(agent === undefined ? {} : { agent }) };
  switch (entry.kind) {
    case 'prompt':
      return { ...base, speaker: 'user', text: entry.text.slice(0, LONGEST.said) };
    case 'assistant':
      return { ...base, speaker: 'agent', text: entry.text.slice(0, LONGEST.said) };
    case 'call':
      return {
        ...base,
        speaker: 'agent',
        tool: entry.tool,
        text: Object.values(entry.input).join('\n').slice(0, LONGEST.call),
      };
    case 'result': {
      const words = entry.denied?.reason ?? '';
      return words === ''
        ? { ...base, speaker: 'tool', text: entry.text.slice(0, LONGEST.result) }
        : { ...base, speaker: 'user', text: words.slice(0, LONGEST.said) };
    }
    case 'interrupt':
    case 'compaction':
    case 'machine':
      return undefined;
  }
}
