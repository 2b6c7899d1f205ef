import { isAgentDreamsError } from '../errors';
import type { CancelSignal, CorePorts, Progress, WorkspaceProbe } from '../ports';
import type { Change, ChangeId } from '../review/proposal';
import { toBeats } from '../sessions/beats';
import type { CapturedSession } from '../sessions/session';
import { readingAhead } from '../sessions/sessionFiles';
import { judgedCandidate, judgeOf } from '../trust/judgeCandidate';
import { TrustJudge, type JudgeContext } from '../trust/judge';
import { workspaceCommands } from '../trust/workspaceCommands';
import { entryIds } from '../recall/entryId';
import { usageOf } from '../recall/usage';
import { consolidate } from './consolidate';
import type { Chosen } from './consolidate';
import { dismissal, evidenceOf } from './dismissal';
import type { Dismissed } from './finding';
import { outOfFocus, parseFocus } from './focus';
import { isNew } from './gather';
import type { Gathered } from './gather';
import type { Candidate, Miner, MinerContext, MinerResult, Notice } from './miner';
import { converge, originKey } from './offline/convergence';
import type { Origin } from './offline/convergence';
import { toChange } from './propose';
import { TeamKnowledge } from '../team/teamFindings';
import { echoForm, evidenceProblem, inSessions, sizeProblem, textProblem } from './verify';

type PipelinePorts = CorePorts & { readonly probe: WorkspaceProbe };

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
  const judging: JudgeContext = {
    remembered: [...gathered.memories, ...gathered.instructionFiles].map(({ text }) => echoForm(text)),
    commands: await workspaceCommands(ports.probe),
  };
  const verified = await verify(ports, { candidates: focused, judging }, signal, progress);
  if (verified === 'canceled') return 'canceled';
  const team = new TeamKnowledge(gathered.team);
  const settled = consolidate({
    candidates: converge(verified.kept, verified.origins, (note) => team.authorsOf(note)),
    memories: gathered.memories,
    schema: gathered.schema,
    instructionFiles: gathered.instructionFiles,
    rejected: gathered.state.rejected,
    pending: gathered.pending,
    dreamt: new Set(gathered.sessions.filter((header) => !isNew(header, gathered.state)).map((header) => header.id)),
    hasher: ports.hasher,
  });
  const proposed = propose(ports, { gathered, notices: extracted.notices }, settled.chosen);
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
  readonly notices: readonly Notice[];
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
    inbox: gathered.inbox,
    probe: ports.probe,
    hasher: ports.hasher,
    now: new Date(ports.clock.now()).toISOString(),
    ...recallKnown(gathered, ports),
  };
  const runs = input.miners.map((miner) => miner.begin(context));
  const read = readingAhead(
    ports,
    gathered.sessions.map(({ id }) => id),
  );
  for (const [index, header] of gathered.sessions.entries()) {
    if (signal.aborted) return 'canceled';
    progress?.report({ message: 'Reading sessions', done: index, total: gathered.sessions.length });
    const session = await readOrSkip(ports, read, header.id);
    if (session === undefined) continue;
    const beats = toBeats(session);
    for (const run of runs) run.session(session, beats);
  }
  if (signal.aborted) return 'canceled';
  const results: MinerResult[] = [];
  try {
    for (const run of runs) results.push(await run.finish());
  } catch (error) {
    if (isAgentDreamsError(error, 'cancelled')) return 'canceled';
    throw error;
  }
  return {
    candidates: results.flatMap((result) => result.candidates),
    dismissed: results.flatMap((result) => result.dismissed),
    notices: results.flatMap((result) => result.notices ?? []),
  };
}

/** Of sessions that were given memory; nothing where none was, as before recall existed. */
function recallKnown(gathered: Gathered, { hasher }: Pick<CorePorts, 'hasher'>): Pick<MinerContext, 'recall'> {
  if (gathered.sessions.every(({ recalled }) => recalled.length === 0)) return {};
  const ids = entryIds(hasher, [...gathered.memories.map(({ path }) => path), ...gathered.waiting]);
  return { recall: { ids, usage: usageOf(gathered.sessions, ids) } };
}

/** One session too large to hold is left out; it must not cost the dream of all others. */
async function readOrSkip(
  ports: PipelinePorts,
  read: ReturnType<typeof readingAhead>,
  id: string,
): Promise<CapturedSession | undefined> {
  try {
    return await read(id);
  } catch (error) {
    if (!isAgentDreamsError(error, 'too-large')) throw error;
    ports.logger.warn(`Session ${id} is too large to dream over`);
    return undefined;
  }
}

/**
 * Drops every candidate of which one quote is not in its session, by its speaker, and gives the rest the trust that its
 * evidence and its words have, whatever the miner claimed. Sessions are read one at a time.
 */
async function verify(
  ports: PipelinePorts,
  { candidates, judging }: { readonly candidates: readonly Candidate[]; readonly judging: JudgeContext },
  signal: CancelSignal,
  progress?: Progress,
): Promise<(Settled & { readonly origins: ReadonlyMap<string, Origin> }) | 'canceled'> {
  const origins = new Map<string, Origin>();
  const problems = new Map<Candidate, string>();
  const judges = new Map(candidates.map((candidate) => [candidate, judgeOf(candidate, judging)]));
  for (const candidate of candidates) {
    const problem = textProblem(textsOf(candidate), ports.redactor);
    if (problem !== undefined) problems.set(candidate, problem);
  }
  const wanted = bySession(candidates);
  const read = readingAhead(ports, [...wanted.keys()]);
  let done = 0;
  for (const [id, concerned] of wanted) {
    if (signal.aborted) return 'canceled';
    progress?.report({ message: 'Checking evidence', done, total: wanted.size });
    done += 1;
    const session = await readOrSkip(ports, read, id);
    if (session !== undefined) noteOrigins(session, concerned, origins);
    for (const candidate of concerned) {
      const broken = problems.get(candidate) ?? brokenEvidence(candidate, id, session);
      if (broken !== undefined) problems.set(candidate, broken);
    }
    const sound = concerned.filter((candidate) => !problems.has(candidate));
    const hearing = sound.flatMap((candidate) => judges.get(candidate) ?? []);
    if (session !== undefined) TrustJudge.hear(session, hearing);
  }
  return { ...settle(candidates, problems, judges), origins };
}

/** Which candidates cite which session. */
function bySession(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const wanted = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    for (const session of new Set(inSessions(evidenceOf(candidate)).map((one) => one.session)))
      wanted.set(session, [...(wanted.get(session) ?? []), candidate]);
  return wanted;
}

/** Which subagent, on which branch, each cited entry of a session is from. */
function noteOrigins(session: CapturedSession, concerned: readonly Candidate[], origins: Map<string, Origin>): void {
  const { id, branch } = session.header;
  const cited = new Set(concerned.flatMap((one) => inSessions(evidenceOf(one)).map(({ entry }) => entry)));
  for (const { id: entry, agent } of session.entries)
    if (cited.has(entry))
      origins.set(originKey(id, entry), {
        ...(agent === undefined ? {} : { agent }),
        ...(branch === undefined ? {} : { branch }),
      });
}

interface Settled {
  readonly kept: readonly Candidate[];
  readonly dismissed: readonly Dismissed[];
}

/** Why the evidence of a candidate does not hold in this session, or undefined if it does. */
function brokenEvidence(candidate: Candidate, id: string, session: CapturedSession | undefined): string | undefined {
  return inSessions(evidenceOf(candidate))
    .filter((one) => one.session === id)
    .map((one) => evidenceProblem(one, session))
    .find((problem) => problem !== undefined);
}

/** What the verifier keeps, with its judged trust, and what it drops. */
function settle(
  candidates: readonly Candidate[],
  problems: Map<Candidate, string>,
  judges: ReadonlyMap<Candidate, TrustJudge | undefined>,
): Settled {
  const kept: Candidate[] = [];
  const dismissed: Dismissed[] = [];
  for (const candidate of candidates) {
    const judged = problems.get(candidate) ?? judgedCandidate(candidate, judges.get(candidate));
    if (typeof judged === 'string') dismissed.push(dismissal(candidate, judged));
    else kept.push(judged);
  }
  return { kept, dismissed };
}

function propose(
  ports: PipelinePorts,
  { gathered, notices }: { readonly gathered: Gathered; readonly notices: readonly Notice[] },
  chosen: readonly Chosen[],
): { readonly changes: readonly Change[]; readonly dismissed: readonly Dismissed[] } {
  const changes: Change[] = [];
  const dismissed: Dismissed[] = [];
  const taken = new Set([...gathered.memories.map((memory) => memory.path), ...gathered.waiting]);
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
      staleIn: (path) => notices.filter((notice) => notice.path === path).map(({ message }) => message),
    });
    const problem =
      typeof change === 'string'
        ? change
        : (change.files
            .map((file) => textProblem([file.after], ports.redactor, file.before ?? ''))
            .find((found) => found !== undefined) ?? sizeProblem(change.files));
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

function textsOf(candidate: Candidate): readonly string[] {
  const quotes = evidenceOf(candidate).map((one) =>
    one.kind === 'check' ? one.detail : 'quote' in one ? one.quote : '',
  );
  if (candidate.kind === 'edit')
    return [candidate.title, candidate.rationale, ...quotes, ...candidate.files.map((file) => file.path)];
  const { description, body, rationale, slug } = candidate.finding;
  return [candidate.title, description, body, rationale, slug, ...quotes];
}
