import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import type { DreamId, Proposal } from '../review/proposal';
import type { DreamRecord } from './dream';
import { parseProposal, parseRecord } from './dreamSchema';
import { compareText } from './text/words';

type DreamFilePorts = Pick<CorePorts, 'files' | 'text' | 'clock' | 'logger'>;

export const DREAMS_FOLDER = '.local/dreams';

/** A file of a dream that could not be used, and where it went. */
export interface DreamProblem {
  readonly path: string;
  readonly reason: string;
  /** Where it was set aside, or undefined if it still stands there (read-only folder). */
  readonly movedTo?: string;
}

/** The dreams, newest first. A broken record is set aside and logged; use `readDreams` to show it. */
export async function listDreams(ports: DreamFilePorts): Promise<readonly DreamRecord[]> {
  return (await readDreams(ports)).dreams;
}

/** The dreams, newest first, and the records that could not be read and were set aside. */
export async function readDreams(
  ports: DreamFilePorts,
): Promise<{ readonly dreams: readonly DreamRecord[]; readonly problems: readonly DreamProblem[] }> {
  const dreams: DreamRecord[] = [];
  const problems: DreamProblem[] = [];
  for (const entry of await ports.files.list(DREAMS_FOLDER)) {
    if (entry.kind !== 'directory') continue;
    const read = await readChecked(ports, recordPath(entry.name), parseRecord);
    if (read.kind === 'missing') continue;
    if (read.kind === 'broken') problems.push(read.problem);
    else if (read.value.id === entry.name) dreams.push(read.value);
    else problems.push(await setAside(ports, recordPath(entry.name), `names another dream, ${read.value.id}`));
  }
  dreams.sort((a, b) => compareText(b.createdAt, a.createdAt) || compareText(b.id, a.id));
  return { dreams, problems };
}

/** The proposal of a dream, or undefined if it has none or a broken one, which is set aside and logged. */
export async function readProposal(ports: DreamFilePorts, id: DreamId): Promise<Proposal | undefined> {
  const read = await readChecked(ports, proposalPath(id), parseProposal);
  if (read.kind !== 'read') return undefined;
  if (read.value.id === id) return read.value;
  await setAside(ports, proposalPath(id), `names another dream, ${read.value.id}`);
  return undefined;
}

/** Replaces `dream.json` in one step: a reader sees the old record or the new one. */
export async function writeRecord(ports: DreamFilePorts, record: DreamRecord): Promise<void> {
  await replace(ports, recordPath(record.id), record);
}

/** Writes `proposal.json` in one step. */
export async function writeProposal(ports: DreamFilePorts, proposal: Proposal): Promise<void> {
  await replace(ports, proposalPath(proposal.id), proposal);
}

/** Marks dreams whose process died as failed. Call it only while holding the lock `dream`. */
export async function closeInterrupted(ports: DreamFilePorts): Promise<void> {
  for (const record of await listDreams(ports)) {
    if (record.status !== 'running' && record.status !== 'pending') continue;
    const endedAt = new Date(ports.clock.now()).toISOString();
    const error = { code: 'io', message: 'The process ended before the dream did.' };
    await writeRecord(ports, { ...record, status: 'failed', endedAt, error });
  }
}

function recordPath(id: string): string {
  return `${DREAMS_FOLDER}/${id}/dream.json`;
}

function proposalPath(id: string): string {
  return `${DREAMS_FOLDER}/${id}/proposal.json`;
}

async function replace(ports: DreamFilePorts, path: string, value: DreamRecord | Proposal): Promise<void> {
  const staged = `${path}.tmp`;
  await ports.files.write(staged, ports.text.encode(`${JSON.stringify(value, undefined, 2)}\n`));
  await ports.files.rename(staged, path);
}

type Read<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly problem: DreamProblem }
  | { readonly kind: 'read'; readonly value: T };

async function readChecked<T>(
  ports: DreamFilePorts,
  path: string,
  parse: (json: string) => T | string,
): Promise<Read<T>> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await ports.files.read(path);
  } catch (error) {
    if (!isAgentDreamsError(error, 'too-large')) throw error;
    return { kind: 'broken', problem: await setAside(ports, path, 'is too large') };
  }
  if (bytes === undefined) return { kind: 'missing' };
  const value = parse(ports.text.decode(bytes).text);
  if (typeof value !== 'string') return { kind: 'read', value };
  return { kind: 'broken', problem: await setAside(ports, path, value) };
}

async function setAside(ports: DreamFilePorts, path: string, reason: string): Promise<DreamProblem> {
  const movedTo = `${path}.broken-${ports.clock.now()}`;
  try {
    await ports.files.rename(path, movedTo);
  } catch (error) {
    ports.logger.error(`${path} ${reason}; it could not be set aside`, error);
    return { path, reason };
  }
  ports.logger.warn(`${path} ${reason}; set aside as ${movedTo}`);
  return { path, reason, movedTo };
}
