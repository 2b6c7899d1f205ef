import { redactDeep } from '../boundary/redactDeep';
import { AgentDreamsError, isAgentDreamsError } from '../errors';
import type { CancelSignal, CorePorts, Progress, WorkspaceProbe } from '../ports';
import type { DreamId, Proposal } from '../review/proposal';
import { updateState } from '../state/localState';
import { closeInterrupted, writeProposal, writeRecord } from './dreamFiles';
import type { DreamRecord } from './dream';
import { engineFacts, startEngine, type DreamEngine } from './engineRun';
import { MAX_INSTRUCTIONS } from './focus';
import { gather, sizeOf } from './gather';
import type { Gathered } from './gather';
import { OFFLINE_MINERS } from './offline/miners';
import type { Miner } from './miner';
import { dreamOver } from './pipeline';

export type DreamPorts = CorePorts & { readonly probe: WorkspaceProbe };

export interface DreamRequest {
  readonly trigger: DreamRecord['trigger'];
  /** Dream over these only; the gate of new sessions does not apply then. */
  readonly sessions?: readonly string[];
  /** At most 4,096 characters. */
  readonly instructions?: string;
  /** How many sessions must be new since the last dream. */
  readonly minSessions: number;
  /** What thinks besides the offline miners, which take part in every dream. */
  readonly engine: DreamEngine;
}

export type DreamOutcome =
  | { readonly kind: 'completed'; readonly record: DreamRecord; readonly proposal: Proposal }
  | { readonly kind: 'nothing-new'; readonly have: number; readonly need: number }
  | { readonly kind: 'canceled'; readonly record: DreamRecord }
  | { readonly kind: 'failed'; readonly record: DreamRecord; readonly error: AgentDreamsError };

/** A dream in another window is waited for this long, then `locked` is thrown. */
const LOCK_WAIT_MS = 500;

/**
 * One dream: sessions + store + instructions → a proposal. Writes `.local/dreams/<id>/` and which sessions it has seen;
 * never a memory. Cancelled between sessions it leaves a record that says so. Throws `locked` while another window
 * dreams, `invalid-input` for instructions past their limit; whatever goes wrong
 * after the start is in the outcome and in `dream.json`.
 */
export async function runDream(
  ports: DreamPorts,
  request: DreamRequest,
  signal: CancelSignal,
  progress?: Progress,
  miners: readonly Miner[] = OFFLINE_MINERS,
): Promise<DreamOutcome> {
  if ((request.instructions?.length ?? 0) > MAX_INSTRUCTIONS) {
    throw new AgentDreamsError('invalid-input', `Instructions are limited to ${MAX_INSTRUCTIONS} characters`, {
      limit: MAX_INSTRUCTIONS,
    });
  }
  await ports.redactor.refresh?.();
  const { engine, ...told } = request;
  const clean = { ...redactDeep(told, ports.redactor), engine };
  return ports.lock.hold('dream', () => dreamLocked(ports, clean, signal, progress, miners), {
    waitMs: LOCK_WAIT_MS,
  });
}

async function dreamLocked(
  ports: DreamPorts,
  request: DreamRequest,
  signal: CancelSignal,
  progress: Progress | undefined,
  miners: readonly Miner[],
): Promise<DreamOutcome> {
  await closeInterrupted(ports);
  const gathered = await gather(ports, request.sessions);
  if (request.sessions === undefined && gathered.newSessions < request.minSessions) {
    return { kind: 'nothing-new', have: gathered.newSessions, need: request.minSessions };
  }
  const running = newRecord(ports, request, gathered);
  await writeRecord(ports, running);
  let writing = Promise.resolve();
  const engine = startEngine(request.engine, {
    ports,
    gathered,
    signal,
    progress,
    instructions: request.instructions,
    again: request.sessions !== undefined,
    onCost: () => (writing = writing.then(() => writeRecord(ports, { ...running, ...engine.ledger() }))),
  });
  const end = async (result: Ending): Promise<DreamRecord> => {
    await writing.catch(() => undefined);
    return endRecord(ports, running, { ...engine.ledger(), ...result });
  };
  try {
    const made = await dreamOver(
      ports,
      {
        gathered,
        miners: [...miners, ...engine.miners],
        ...(request.instructions === undefined ? {} : { instructions: request.instructions }),
      },
      signal,
      progress,
    );
    if (made === 'canceled') return { kind: 'canceled', record: await end({ status: 'canceled' }) };
    const whole: Proposal = {
      format: 1,
      id: running.id,
      createdAt: running.createdAt,
      ...(gathered.head === undefined ? {} : { head: gathered.head }),
      changes: made.changes,
      dismissed: made.dismissed,
    };
    // What holds a secret was dropped; what was dropped is listed, and the store's own texts are quoted.
    const proposal = redactDeep(whole, ports.redactor);
    await writeProposal(ports, proposal);
    const record = await end({ status: 'completed', changes: made.changes.length, findings: made.findings });
    await rememberDreamt(ports, gathered);
    await engine.completed();
    return { kind: 'completed', record, proposal };
  } catch (thrown) {
    const error = asDreamError(thrown);
    ports.logger.error('The dream failed', thrown);
    const record = await end({
      status: 'failed',
      error: { code: error.code, message: ports.redactor.redact(error.message).text.slice(0, 2_000) },
    });
    return { kind: 'failed', record, error };
  }
}

function newRecord(ports: DreamPorts, request: DreamRequest, gathered: Gathered): DreamRecord {
  return {
    format: 1,
    // Ids come from the Ids port as file-name-safe ULIDs: this is where one becomes a dream's.
    id: ports.ids.next() as DreamId,
    status: 'running',
    ...engineFacts(request.engine),
    createdAt: new Date(ports.clock.now()).toISOString(),
    sessions: gathered.sessions.map((header) => header.id),
    ...(request.instructions === undefined ? {} : { instructions: request.instructions }),
    trigger: request.trigger,
    costUsd: 0,
    ...(gathered.head === undefined ? {} : { head: gathered.head }),
  };
}

type Ending = Partial<DreamRecord> & Pick<DreamRecord, 'status'>;

async function endRecord(ports: DreamPorts, running: DreamRecord, result: Ending): Promise<DreamRecord> {
  const record: DreamRecord = { ...running, ...result, endedAt: new Date(ports.clock.now()).toISOString() };
  await writeRecord(ports, record);
  return record;
}

async function rememberDreamt(ports: DreamPorts, gathered: Gathered): Promise<void> {
  const seen = Object.fromEntries(gathered.sessions.map((header) => [header.id, sizeOf(header)]));
  await updateState(ports, (state) => ({ ...state, dreamt: { ...state.dreamt, ...seen } }));
}

function asDreamError(thrown: unknown): AgentDreamsError {
  if (isAgentDreamsError(thrown)) return thrown;
  return new AgentDreamsError(
    'io',
    thrown instanceof Error ? thrown.message : 'The dream failed',
    {},
    { cause: thrown },
  );
}
