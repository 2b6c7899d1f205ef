import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { claudeNote, type ClaudeNote } from './claudeMemory';

/** Where Claude Code puts what it notes by itself, if the user lets it. */
const INBOX_FOLDER = '.local/inbox';
const INDEX = 'MEMORY.md';
const MOST_NOTES = 500;
const MAX_BYTES = 32 * 1024;

/**
 * The notes in the inbox as they are now, redacted, in name order. What was deleted is no longer there, what was changed
 * says what it says now; the index only lists them. Reads only; a note that cannot be read is left out and logged.
 */
export async function readInbox(
  ports: Pick<CorePorts, 'files' | 'text' | 'redactor' | 'logger'>,
): Promise<readonly ClaudeNote[]> {
  const notes: ClaudeNote[] = [];
  for (const { name, kind } of await ports.files.list(INBOX_FOLDER)) {
    if (kind !== 'file' || !name.endsWith('.md') || name === INDEX || notes.length >= MOST_NOTES) continue;
    const path = `${INBOX_FOLDER}/${name}`;
    try {
      const bytes = await ports.files.read(path, { maxBytes: MAX_BYTES });
      const decoded = bytes && ports.text.decode(bytes);
      if (decoded === undefined || decoded.lossy) continue;
      const { text } = ports.redactor.redact(decoded.text);
      notes.push(...claudeNote({ shown: path, path: name, text }));
    } catch (error) {
      if (!isAgentDreamsError(error)) throw error;
      ports.logger.warn(`${path} was not read: ${error.code}`);
    }
  }
  return notes;
}
