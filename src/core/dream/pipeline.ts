import { isAgentDreamsError } from '../errors';
import type { CancelSignal, CorePorts, Progress, Redactor, WorkspaceProbe } from '../ports';
import type { Change, ChangeId } from '../review/proposal';
import { toBeats } from '../sessions/beats';
import type { CapturedSession } from '../sessions/session';
import { readSession } from '../sessions/sessionFiles';
import { consolidate } from './consolidate';
import type { Chosen } from './consolidate';
import type { Dismissed } from './finding';
import { outOfFocus, parseFocus } from './focus';
import { isNew } from './gather';
import type { Gathered } from './gather';
import type { Candidate, Miner, MinerContext } from './miner';
import { toChange } from './propose';
import { evidenceProblem, inSessions, sizeProblem, textProblem } from './verify';

type PipelinePorts = CorePorts & { readonly probe: WorkspaceProbe; readonly redactor: Redactor };

export interface PipelineInput {
  readonly gathered: Gathered;
  readonly miners: readonly Miner[];
  readonly instructions?: string;
}

export interface PipelineResult {
  readonly changes: readonly Change[];
  readonly dismissed: readonly Dismissed[];
  /** Candidates that the miners made, before anything was left out. */
  readonly findings: number;
}

const MAX_CHANGES = 20;
const MAX_DISMISSED = 500;

/** extract → consolidate → verify → propose. The same input gives the same proposal, apart from ids and times. */
export async function dreamOver(
  ports: PipelinePorts,
  input: PipelineInput,
  signal: CancelSignal,
  progress?: Progress,
): Promise<PipelineResult | 'canceled'> {
  const extracted = await extract(ports, input, signal, progress);
  if (extracted === 'canceled') return 'canceled';
  const focus = parseFocus(input.instructions ?? '');
  const dismissed: Dismissed[] = [...extracted.dismissed];
  const focused = extracted.candidates.filter((candidate) => {
    const reason = outOfFocus(candidate, focus);
    if (reason !== undefined) dismissed.push(dismissal(candidate, reason));
    return reason === undefined;
  });
  const { gathered } = input;
  const verified = await verify(ports, focused, signal, progress);
  if (verified === 'canceled') return 'canceled';
  const settled = consolidate({
    candidates: verified.kept,
    memories: gathered.memories,
    schema: gathered.schema,
    instructionFiles: gathered.instructionFiles,
    rejected: gathered.state.rejected,
    pending: gathered.pending,
    dreamt: new Set(gathered.sessions.filter((header) => !isNew(header, gathered.state)).map((header) => header.id)),
    hasher: ports.hasher,
  });
  const proposed = propose(ports, gathered, settled.chosen);
  return {
    changes: proposed.changes,
    dismissed: [...dismissed, ...verified.dismissed, ...settled.dismissed, ...proposed.dismissed].slice(
      0,
      MAX_DISMISSED,
    ),
    findings: extracted.candidates.length,
  };
}

interface Extracted {
  readonly candidates: readonly Candidate[];
  readonly dismissed: readonly Dismissed[];
}

/** Every miner sees every session, one session in memory at a time. */
async function extract(
  ports: PipelinePorts,
  input: PipelineInput,
  signal: CancelSignal,
  progress?: Progress,
): Promise<Extracted | 'canceled'> {
  const { gathered } = input;
  const context: MinerContext = {
    schema: gathered.schema,
    memories: gathered.memories,
    instructionFiles: gathered.instructionFiles,
    probe: ports.probe,
    hasher: ports.hasher,
    now: new Date(ports.clock.now()).toISOString(),
  };
  const runs = input.miners.map((miner) => miner.begin(context));
  for (const [index, header] of gathered.sessions.entries()) {
    if (signal.aborted) return 'canceled';
    progress?.report({ message: 'Reading sessions', done: index, total: gathered.sessions.length });
    const session = await readOrSkip(ports, header.id);
    if (session === undefined) continue;
    const beats = toBeats(session);
    for (const run of runs) run.session(session, beats);
  }
  if (signal.aborted) return 'canceled';
  const results = [];
  for (const run of runs) results.push(await run.finish());
  return {
    candidates: results.flatMap((result) => result.candidates),
    dismissed: results.flatMap((result) => result.dismissed),
  };
}

/** One session too large to hold is left out; it must not cost the dream of all others. */
async function readOrSkip(ports: PipelinePorts, id: string): Promise<CapturedSession | undefined> {
  try {
    return await readSession(ports, id);
  } catch (error) {
    if (!isAgentDreamsError(error, 'too-large')) throw error;
    ports.logger.warn(`Session ${id} is too large to dream over`);
    return undefined;
  }
}

/** Drops every candidate of which one quote is not in its session, by its speaker; sessions are read one at a time. */
async function verify(
  ports: PipelinePorts,
  candidates: readonly Candidate[],
  signal: CancelSignal,
  progress?: Progress,
): Promise<{ readonly kept: readonly Candidate[]; readonly dismissed: readonly Dismissed[] } | 'canceled'> {
  const problems = new Map<Candidate, string>();
  const wanted = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const problem = textProblem(textsOf(candidate), ports.redactor);
    if (problem !== undefined) problems.set(candidate, problem);
    for (const session of new Set(inSessions(evidenceOf(candidate)).map((one) => one.session))) {
      wanted.set(session, [...(wanted.get(session) ?? []), candidate]);
    }
  }
  let done = 0;
  for (const [id, concerned] of wanted) {
    if (signal.aborted) return 'canceled';
    progress?.report({ message: 'Checking evidence', done, total: wanted.size });
    done += 1;
    const session = await readOrSkip(ports, id);
    for (const candidate of concerned) {
      const broken = inSessions(evidenceOf(candidate))
        .filter((one) => one.session === id)
        .map((one) => evidenceProblem(one, session))
        .find((problem) => problem !== undefined);
      if (broken !== undefined && !problems.has(candidate)) problems.set(candidate, broken);
    }
  }
  return {
    kept: candidates.filter((candidate) => !problems.has(candidate)),
    dismissed: candidates.flatMap((candidate) => {
      const problem = problems.get(candidate);
      return problem === undefined ? [] : [dismissal(candidate, problem)];
    }),
  };
}

function propose(
  ports: PipelinePorts,
  gathered: Gathered,
  chosen: readonly Chosen[],
): { readonly changes: readonly Change[]; readonly dismissed: readonly Dismissed[] } {
  const changes: Change[] = [];
  const dismissed: Dismissed[] = [];
  const taken = new Set(gathered.memories.map((memory) => memory.path));
  for (const one of chosen) {
    if (changes.length >= MAX_CHANGES) {
      dismissed.push(dismissal(one.candidate, `one proposal holds ${MAX_CHANGES} changes at most`));
      continue;
    }
    // Ids come from the Ids port as ULIDs: this is where one becomes a change's.
    const id = ports.ids.next() as ChangeId;
    const change = toChange(one, id, {
      schema: gathered.schema,
      today: localDay(ports.clock.now(), ports),
      isTaken: (path) => taken.has(path),
    });
    const problem =
      typeof change === 'string'
        ? change
        : (textProblem(
            change.files.map((file) => file.after),
            ports.redactor,
          ) ?? sizeProblem(change.files));
    if (typeof change === 'string' || problem !== undefined)
      dismissed.push(dismissal(one.candidate, problem ?? 'it could not be written'));
    else {
      changes.push(change);
      change.files.forEach((file) => taken.add(file.path));
    }
  }
  return { changes, dismissed };
}

function localDay(now: number, ports: Pick<CorePorts, 'clock'>): string {
  return new Date(now + ports.clock.offsetMinutes(now) * 60_000).toISOString().slice(0, 10);
}

function evidenceOf(candidate: Candidate) {
  return candidate.kind === 'note' ? candidate.finding.evidence : candidate.evidence;
}

function textsOf(candidate: Candidate): readonly string[] {
  const quotes = evidenceOf(candidate).map((one) =>
    one.kind === 'check' ? one.detail : one.kind === 'by-hand' ? '' : one.quote,
  );
  if (candidate.kind === 'edit')
    return [candidate.title, candidate.rationale, ...quotes, ...candidate.files.map((file) => file.path)];
  const { description, body, rationale, slug } = candidate.finding;
  return [candidate.title, description, body, rationale, slug, ...quotes];
}

function dismissal(candidate: Candidate, reason: string): Dismissed {
  return {
    miner: candidate.kind === 'note' ? candidate.finding.miner : candidate.miner,
    summary: candidate.title.slice(0, 160),
    reason,
  };
}
