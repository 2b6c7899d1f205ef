import { JOURNAL_PATH } from '../history/journal';
import type { CorePorts } from '../ports';

const TAIL = 256 * 1024;
const MAX_LINE = 64 * 1024;
/** By these the user, or a policy of theirs, accepted what a memory says. */
const ACCEPTING: ReadonlySet<unknown> = new Set(['accept', 'keep', 'create', 'edit', 'restore']);

/**
 * The local day of the latest acceptance, YYYY-MM-DD; undefined if the end of the journal tells of none. The line's place
 * in the chain is not checked: a date is all that is taken from it.
 */
export async function reviewedOn(ports: Pick<CorePorts, 'files' | 'text' | 'clock'>): Promise<string | undefined> {
  const size = (await ports.files.stat(JOURNAL_PATH))?.size ?? 0;
  const bytes = await ports.files.readRange(JOURNAL_PATH, Math.max(0, size - TAIL), TAIL);
  if (bytes === undefined) return undefined;
  const lines = ports.text.decode(bytes).text.split('\n');
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const at = acceptedAt(lines[index] ?? '');
    if (at !== undefined) return dayOf(at, ports.clock.offsetMinutes(at));
  }
  return undefined;
}

function acceptedAt(line: string): number | undefined {
  if (line.length > MAX_LINE || !line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('action' in entry) || !('at' in entry)) return undefined;
    const time = ACCEPTING.has(entry.action) && typeof entry.at === 'string' ? Date.parse(entry.at) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined;
  }
}

function dayOf(epochMs: number, offsetMinutes: number): string {
  return new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 10);
}
