import type { ClaudeNote } from '../bridges/claudeMemory';
import { readInbox } from '../bridges/readInbox';
import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import { readEffectiveStore } from '../memory/effective';
import type { CorePorts, WorkspaceProbe } from '../ports';
import { listProposals } from '../review/review';
import { listSessions } from '../sessions/sessionFiles';
import type { SessionHeader } from '../sessions/session';
import type { LocalState } from '../state/localState';
import { readState } from '../state/localState';
import type { InstructionFile } from './miner';
import type { TeamFinding } from '../team/findingFile';
import { readTeamFindings } from '../team/teamFindings';
import { compareText } from './text/words';

/** Everything a dream works on, besides the text of the sessions. */
export interface Gathered {
  /** The accepted ones; see `effectiveMemories`. */
  readonly memories: readonly Memory[];
  /** Paths of memories that nobody accepted here yet: nothing is read from them, and nothing is proposed over them. */
  readonly waiting: readonly string[];
  readonly schema: Schema;
  readonly state: LocalState;
  /** Oldest first, whatever the order of the files. */
  readonly sessions: readonly SessionHeader[];
  /** How many of them no dream has seen as they are now. */
  readonly newSessions: number;
  /** Fingerprints that wait for a decision in an open proposal. */
  readonly pending: ReadonlySet<string>;
  readonly instructionFiles: readonly InstructionFile[];
  /** What Claude Code noted by itself. */
  readonly inbox: readonly ClaudeNote[];
  readonly head: string | undefined;
  /** What the others of the team accepted and shared. */
  readonly team: readonly TeamFinding[];
}

const INSTRUCTION_FILES = [
  'CLAUDE.md',
  'CLAUDE.local.md',
  '.claude/CLAUDE.md',
  'AGENTS.md',
  'GEMINI.md',
  '.cursorrules',
  '.github/copilot-instructions.md',
] as const;

/** Reads store, schema, state, open proposals and the headers of the sessions that take part. Writes nothing. */
export async function gather(
  ports: CorePorts & { readonly probe: WorkspaceProbe },
  selected: readonly string[] | undefined,
): Promise<Gathered> {
  const store = await readEffectiveStore(ports);
  const state = await readState(ports);
  const sessions = (await listSessions(ports))
    .filter((header) => header.private !== true && (selected === undefined || selected.includes(header.id)))
    .sort((a, b) => compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id));
  return {
    memories: [...store.memories].sort((a, b) => compareText(a.path, b.path)),
    waiting: store.waiting.map(({ path }) => path),
    schema: store.schema,
    state,
    sessions,
    newSessions: sessions.filter((header) => isNew(header, state)).length,
    pending: await pendingFingerprints(ports),
    instructionFiles: await instructionFiles(ports.probe),
    inbox: await readInbox(ports),
    head: await ports.probe.head(),
    team: await readTeamFindings(ports),
  };
}

/** How much of a session there is: what `dreamt` remembers, so that a resumed session counts again. */
export function sizeOf(header: SessionHeader): number {
  return header.counts.prompts + header.counts.toolCalls;
}

/** True if no dream has seen the session as it is now, and there is something in it. */
export function isNew(header: SessionHeader, state: LocalState): boolean {
  return sizeOf(header) > (state.dreamt[header.id] ?? 0);
}

async function pendingFingerprints(ports: CorePorts): Promise<ReadonlySet<string>> {
  const open = await listProposals(ports);
  return new Set(
    open.flatMap((proposal) =>
      proposal.changes
        .filter((one) => one.status !== 'accepted' && one.status !== 'rejected')
        .map((one) => one.change.fingerprint),
    ),
  );
}

/** What the agent is told anyway: the files of instructions that the workspace has. */
export async function instructionFiles(probe: WorkspaceProbe): Promise<readonly InstructionFile[]> {
  const found: InstructionFile[] = [];
  for (const path of INSTRUCTION_FILES) {
    const text = await probe.readText(path);
    if (text !== undefined) found.push({ path, text });
  }
  return found;
}
