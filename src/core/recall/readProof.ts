import type { CorePorts } from '../ports';
import type { SessionHeader } from '../sessions/session';
import { readSession } from '../sessions/sessionFiles';
import { CONNECTION_PATH, parseRecord, type ConnectionRecord } from './connect/record';
import { proofOf, type HookSwitches, type Proof, type ProofInput } from './proof';
import { readRecallReport } from './recallReport';

/** What only those know who look at the settings of the client. */
export interface KnownOfClient {
  /** What is wrong with the connection, in words. */
  readonly problems?: readonly string[];
  readonly switches?: HookSwitches;
}

const MAX_RECORD = 4 * 1024 * 1024;
const MAX_ERRORS = 10;

/** The record of the connection of this store; undefined where it is not connected, or its record cannot be read. */
export async function readConnectionRecord(
  ports: Pick<CorePorts, 'files' | 'text'>,
): Promise<ConnectionRecord | undefined> {
  const bytes = await ports.files.read(CONNECTION_PATH, { maxBytes: MAX_RECORD }).catch(() => undefined);
  return bytes === undefined ? undefined : parseRecord(ports.text.decode(bytes).text);
}

/** Whether sessions really get their memory; of the sessions, which are captured ones, at most one is read. */
export async function readProof(
  ports: CorePorts,
  sessions: readonly SessionHeader[],
  known: KnownOfClient = {},
): Promise<Proof> {
  const record = await readConnectionRecord(ports);
  if (record === undefined) return { kind: 'not-connected' };
  const { channel } = record.choice;
  const report = await readRecallReport(ports);
  const views = report?.views.filter(({ viewer }) => viewer.kind === (channel === 'hooks' ? 'main' : 'rules')) ?? [];
  const input: ProofInput = {
    connection: {
      ...{ kind: 'connected', channel, since: record.at, root: record.root },
      problems: known.problems ?? [],
    },
    markers: views.map(({ marker }) => marker).filter((marker) => marker !== ''),
    sessions,
    ...(known.switches === undefined ? {} : { switches: known.switches }),
  };
  const proof = proofOf(input);
  if (proof.kind !== 'not-loaded') return proof;
  return proofOf({ ...input, hookErrors: await hookErrorsIn(ports, proof.session) });
}

async function hookErrorsIn(ports: CorePorts, session: string): Promise<readonly string[]> {
  const read = await readSession(ports, session).catch(() => undefined);
  return (read?.entries ?? [])
    .flatMap((entry) => (entry.kind === 'machine' && entry.label === 'hook-error' ? [entry.text] : []))
    .slice(0, MAX_ERRORS);
}
