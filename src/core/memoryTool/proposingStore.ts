import { proposeDirectly, type DirectChange } from '../dream/direct';
import { listDreams, writeRecord } from '../dream/dreamFiles';
import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import { placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { viewOf, type Viewer } from '../recall/view';
import { isOpen, type OpenChange } from '../review/openProposals';
import type { Change, DreamId } from '../review/proposal';
import { listProposals } from '../review/review';
import { fault } from './toolFault';
import { isForPrograms, type ToolFile, type ToolStore } from './toolStore';
import { toolPathOf } from './toolPath';
import { parsed, writtenMemory } from './writtenMemory';

/** Who asks: what it may see, and the name under which its requests are shown. */
export interface ToolProgram {
  readonly name: string;
  readonly viewer: Viewer;
}

/** A change of this very program that waits for review. */
interface Own {
  readonly dream: DreamId;
  readonly open: OpenChange;
  /** Its proposal holds nothing else. */
  readonly alone: boolean;
}

interface State {
  readonly files: Map<string, ToolFile>;
  readonly accepted: ReadonlyMap<string, Memory>;
  /** By the path it came from, and by the path it goes to. */
  readonly own: Map<string, Own>;
}

/**
 * Every write becomes a proposal for a person. The program sees it as if it were done, nobody else does. A second write to
 * the same file takes the place of the first one, as long as nobody has begun to decide about that.
 */
export function createProposingStore(ports: CorePorts, program: ToolProgram): ToolStore {
  const state = async (): Promise<State> => readState(ports, program);
  const propose = async (change: DirectChange, before?: Own): Promise<void> => {
    if (before !== undefined) await setWithdrawn(ports, before, true);
    try {
      await proposeOne(ports, program, change);
    } catch (error) {
      if (before !== undefined) await setWithdrawn(ports, before, false);
      throw error;
    }
  };
  const add = async (path: string, memory: Memory, before?: Own): Promise<void> => propose(addOf(path, memory), before);
  const change = async (path: string, text: string): Promise<void> => {
    const { accepted, own } = await state();
    const memory = accepted.get(path);
    const next = parsed(ports, path, text);
    const before = own.get(path);
    if (before !== undefined && before.open.change.kind === 'rescope') throw waitsAsRename(path);
    if (memory === undefined) return add(path, next, before);
    const update = updateOf(memory, next);
    if (update !== undefined) return propose(update, before);
    if (before !== undefined) await setWithdrawn(ports, before, true);
  };
  return {
    read: async () => (await state()).files,
    create: async (path, text) => {
      const { accepted, own } = await state();
      const written = writtenMemory(ports, path, text);
      // It archived the memory itself and writes it anew.
      if (accepted.has(path) && own.has(path)) return change(path, written.text);
      return add(path, written);
    },
    change,
    archive: async (path) => {
      const { accepted, own } = await state();
      const before = own.get(path);
      if (accepted.has(path)) return propose({ kind: 'archive', path, rationale: REASONS.archive }, before);
      if (before !== undefined) await setWithdrawn(ports, before, true);
    },
    move: async (from, to) => {
      const { accepted, own, files } = await state();
      const before = own.get(from);
      if (accepted.has(from) && before === undefined) {
        return propose({ kind: 'move', path: from, to, rationale: REASONS.move });
      }
      if (before?.open.change.kind !== 'add') throw waitsAsRename(from);
      await add(to, parsed(ports, from, files.get(from)?.text ?? ''), before);
    },
  };
}

const REASONS = {
  add: 'A program wrote it with the memory tool.',
  update: 'A program changed it with the memory tool.',
  archive: 'A program deleted it with the memory tool.',
  move: 'A program renamed it with the memory tool.',
} as const;

function waitsAsRename(path: string): Error {
  return fault(`${toolPathOf(path)} waits for a person to review another change of it. Try again when it is decided.`);
}

function addOf(path: string, memory: Memory): DirectChange & { readonly kind: 'add' } {
  const { description, body, paths, agents } = memory;
  const lists = { ...(paths.length > 0 ? { paths } : {}), ...(agents.length > 0 ? { agents } : {}) };
  const place = placeOf(path);
  const names = { category: place?.category ?? '', name: place?.slug ?? '' };
  return { kind: 'add', path, ...names, description, body, ...lists, rationale: REASONS.add };
}

/** undefined where nothing is different. Throws for a change of what a person sets. */
function updateOf(memory: Memory, next: Memory): DirectChange | undefined {
  const set = ({ paths, agents, load, pinned, created }: Memory): string =>
    JSON.stringify([paths, agents, load, pinned, created]);
  if (set(memory) !== set(next)) {
    throw fault('Of the front matter only the description can be changed; people set the rest.');
  }
  const described = next.description === memory.description ? {} : { description: next.description };
  const said = next.body.trim() === memory.body.trim() ? {} : { body: next.body };
  if (Object.keys({ ...described, ...said }).length === 0) return undefined;
  return { kind: 'update', path: memory.path, ...described, ...said, rationale: REASONS.update };
}

async function readState(ports: CorePorts, program: ToolProgram): Promise<State> {
  const { memories } = await readEffectiveStore(ports);
  const seen = viewOf(memories, program.viewer, { subagents: 'full' }).filter(isForPrograms);
  const accepted = new Map(seen.map((memory) => [memory.path, memory]));
  const files = new Map(seen.map(({ path, text }) => [path, { path, text }]));
  const own = new Map<string, Own>();
  for (const mine of await ownChanges(ports, program.name)) {
    for (const { path, from, after } of mine.open.change.files) {
      own.set(path, mine);
      if (from !== undefined) {
        own.set(from, mine);
        files.delete(from);
      }
      if (isToolPath(path)) files.set(path, { path, text: after });
    }
  }
  return { files, accepted, own };
}

/** Oldest first, so that the latest word on a file is what is seen. */
async function ownChanges(ports: CorePorts, name: string): Promise<readonly Own[]> {
  const newestFirst = await listProposals(ports);
  return [...newestFirst]
    .reverse()
    .flatMap(({ proposal, changes }) =>
      changes
        .filter(({ status, change }) => isOpen(status) && isOwn(change, name))
        .map((open) => ({ dream: proposal.id, open, alone: proposal.changes.length === 1 })),
    );
}

function isToolPath(path: string): boolean {
  const scope = placeOf(path)?.scope;
  return scope !== undefined && isForPrograms({ scope });
}

function isOwn({ evidence }: Change, name: string): boolean {
  return evidence.some((one) => one.kind === 'request' && one.way === 'memory-tool' && one.by === name);
}

/** Takes a proposal back, or brings it back. Throws where a person has begun to decide about it. */
async function setWithdrawn(ports: CorePorts, { dream, open, alone }: Own, value: boolean): Promise<void> {
  const begun = open.status !== 'pending' || open.files.some(({ edited }) => edited);
  if (begun || !alone) throw waitsAsRename(open.change.files[0].path);
  await ports.lock.hold('review', async () => {
    const record = (await listDreams(ports)).find(({ id }) => id === dream);
    if (record !== undefined) await writeRecord(ports, { ...record, status: value ? 'canceled' : 'completed' });
  });
}

async function proposeOne(ports: CorePorts, program: ToolProgram, change: DirectChange): Promise<void> {
  const origin = { kind: 'memory-tool', by: program.name } as const;
  const [outcome] = (await proposeDirectly(ports, { origin, changes: [change] })).outcomes;
  if (outcome?.kind === 'refused') throw fault(`Not written: ${outcome.reason}.`);
  if (outcome?.kind === 'pending') throw fault('Not written: the same waits for a person to review it.');
  if (outcome?.kind === 'known' && outcome.path !== change.path) {
    throw fault(`Not written: ${toolPathOf(outcome.path)} says the same.`);
  }
  if (outcome?.kind === 'rejected') throw fault('Not written: a person has said no to this before.');
}
