import { AgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import type { CallEntry } from '../sessions/session';
import { listSessions, readSession } from '../sessions/sessionFiles';
import type { OutsideChange } from './outside';

/** Who made a change that was not made here; `outside` where nothing tells. */
export type OutsideActor = 'agent' | 'git' | 'outside';

/** What the working tree says of a file: the SHA-256 values of store files that are as git's HEAD has them. */
export type Committed = ReadonlyMap<string, string>;

const WRITING_TOOLS: ReadonlySet<string> = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);
/** The latest sessions that are searched for the edit. */
const MAX_SESSIONS = 20;

/**
 * Who made each change: an agent if a captured session wrote to that file, else git if the file is as HEAD has it. A
 * guess for the journal and for the eye, never a reason to accept anything.
 */
export async function whoChanged(
  ports: CorePorts,
  changes: readonly OutsideChange[],
  committed: Committed,
): Promise<ReadonlyMap<string, OutsideActor>> {
  const edited = changes.length === 0 ? new Set<string>() : await editedByAgents(ports, changes);
  const actorOf = ({ path, current }: OutsideChange): OutsideActor => {
    if (edited.has(path)) return 'agent';
    return current !== null && committed.get(path) === current ? 'git' : 'outside';
  };
  return new Map(changes.map((change) => [change.path, actorOf(change)]));
}

async function editedByAgents(ports: CorePorts, changes: readonly OutsideChange[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const headers = await listSessions(ports);
  for (const { id } of headers.slice(0, MAX_SESSIONS)) {
    const session = await readSession(ports, id).catch((error: unknown) => {
      if (error instanceof AgentDreamsError) return undefined;
      throw error;
    });
    const written = (session?.entries ?? []).flatMap((entry) => (entry.kind === 'call' ? writtenPath(entry) : []));
    for (const { path } of changes) {
      if (written.some((file) => file.endsWith(`.agent-memory/${path}`))) found.add(path);
    }
  }
  return found;
}

function writtenPath({ tool, input }: CallEntry): readonly string[] {
  const file = input['file_path'] ?? input['notebook_path'];
  return WRITING_TOOLS.has(tool) && file !== undefined ? [file.replaceAll('\\', '/')] : [];
}
