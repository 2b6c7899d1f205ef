import type { AssistantEntry, SessionEntry } from './session';

function continues(previous: SessionEntry | undefined, entry: SessionEntry): previous is AssistantEntry {
  return (
    previous?.kind === 'assistant' &&
    entry.kind === 'assistant' &&
    previous.messageId !== undefined &&
    previous.messageId === entry.messageId &&
    previous.agent === entry.agent
  );
}

/**
 * Entries with neighbouring text blocks of one API message joined into the first of them. Logs hold one block a line, and
 * a capture may have ended between two.
 */
export function joinFragments(entries: readonly SessionEntry[]): readonly SessionEntry[] {
  const joined: SessionEntry[] = [];
  for (const entry of entries) {
    const previous = joined.at(-1);
    if (entry.kind === 'assistant' && continues(previous, entry)) {
      joined[joined.length - 1] = { ...previous, text: `${previous.text}\n${entry.text}` };
    } else {
      joined.push(entry);
    }
  }
  return joined;
}
