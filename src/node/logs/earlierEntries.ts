import type { CorePorts } from '../../core/ports';
import { createLineSplitter, type ByteLine } from '../../core/sessions/lineSplitter';
import { parseEntry } from '../../core/sessions/sessionCodec';
import { readHeader, sessionPath } from '../../core/sessions/sessionFiles';
import type { SessionTally } from '../../core/sessions/tally';

const STEP = 1024 * 1024;

/** Folds the entries that a session already has into the tally, in bounded memory; returns their ids. */
export async function earlierEntries(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger'>,
  id: string,
  tally: SessionTally,
  tools: Map<string, string>,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const path = sessionPath(id);
  const header = await readHeader(ports, id);
  if (header === undefined) return ids;
  const splitter = createLineSplitter();
  const fold = (lines: readonly ByteLine[]): void => {
    for (const { bytes } of lines) {
      const entry = bytes && parseEntry(ports.text.decode(bytes).text);
      if (entry === undefined) continue;
      ids.add(entry.id);
      if (entry.kind === 'call') tools.set(entry.callId, entry.tool);
      tally.add(entry);
    }
  };
  for (let at = header.end; ; at += STEP) {
    const bytes = await ports.files.readRange(path, at, STEP);
    if (bytes === undefined || bytes.length === 0) break;
    fold(splitter.push(bytes));
  }
  const rest = splitter.rest();
  if (rest !== undefined) fold([rest]);
  return ids;
}
