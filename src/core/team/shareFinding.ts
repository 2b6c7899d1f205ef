import { claimFingerprint } from '../dream/fingerprint';
import { claimOf } from '../dream/memoryText';
import { sessionsOf } from '../dream/score';
import { parseMemory } from '../memory/codec';
import type { CorePorts } from '../ports';
import { readDisk } from '../review/openFile';
import type { Change } from '../review/proposal';
import type { PlannedWrite } from '../review/plan';
import { lowestTrust, trustOf, isQuarantined } from '../trust/trustOf';
import { findingPath, oneLine, renderFinding } from './findingFile';

/** A change that is being accepted, as far as it is told to the team. */
export interface AcceptedChange {
  readonly change: Change;
  /** What the accept writes. */
  readonly writes: readonly PlannedWrite[];
  /** Words of the reviewer are among it. */
  readonly byHand: boolean;
}

/**
 * The files that tell the team what is being accepted: one for each claim that was learnt from sessions and belongs to
 * all. Each holds the memory's own one-line description, redacted, and counts; nothing that was said in a session and does
 * not stand in the memory itself. Nothing where sharing is off.
 */
export async function findingWrites(
  ports: CorePorts,
  accepted: readonly AcceptedChange[],
): Promise<readonly PlannedWrite[]> {
  const author = await ports.team?.shareAs();
  if (author === undefined) return [];
  const writes = new Map<string, PlannedWrite>();
  for (const one of accepted) {
    const shared = sharedFinding(ports, one, author);
    if (shared === undefined || writes.has(shared.path)) continue;
    const disk = await readDisk(ports, shared.path);
    if (disk.lossy || disk.text === shared.text) continue;
    writes.set(shared.path, { path: shared.path, expected: disk.sha256, before: disk.text, after: shared.text });
  }
  return [...writes.values()];
}

function sharedFinding(
  ports: Pick<CorePorts, 'text' | 'hasher' | 'redactor'>,
  { change, writes, byHand }: AcceptedChange,
  author: string,
): { readonly path: string; readonly text: string } | undefined {
  const [file] = change.files;
  const after = writes.find(({ path }) => path === file.path)?.after;
  // Without a score it is hygiene: nothing that anybody learnt.
  if (change.score === undefined || after === undefined || after === null) return undefined;
  const trust = lowestTrust([change.trust, trustOf(change.evidence)]);
  const parsed = parseMemory(file.path, ports.text.encode(after), ports);
  if (!parsed.ok || parsed.memory.scope.kind !== 'team' || isQuarantined(trust)) return undefined;
  const claim = oneLine(ports.redactor.redact(parsed.memory.description).text);
  // In the reviewer's words it is another claim than the one that was found.
  const told = byHand ? claimFingerprint(claimOf(parsed.memory), ports.hasher) : change.fingerprint;
  const fingerprint = /^[0-9a-f]{16,64}$/u.test(told) ? told : ports.hasher.sha256(told).slice(0, 32);
  const path = findingPath({ author, fingerprint });
  if (path === undefined || claim === '') return undefined;
  const days = daysOf(change);
  const sessions = sessionsOf(change.evidence).size;
  const text = renderFinding({ author, fingerprint, claim, kind: parsed.memory.category, trust, sessions, ...days });
  return { path, text };
}

/** First and last day; the time of day is nobody's business. */
function daysOf({ evidence }: Change): { readonly first?: string; readonly last?: string } {
  const days = evidence
    .flatMap((one) => (one.kind === 'quote' || one.kind === 'event' ? [one.at.slice(0, 10)] : []))
    .filter((day) => /^\d{4}-\d{2}-\d{2}$/u.test(day))
    .sort();
  const [first] = days;
  const last = days.at(-1);
  return first === undefined || last === undefined ? {} : { first, last };
}
