import { readJournal } from '../../../../src/core/history/journal';
import type { OpenChange } from '../../../../src/core/review/openProposals';
import { listProposals } from '../../../../src/core/review/review';
import type { HunkId } from '../../../../src/core/review/proposal';
import type { Change, ChangeId, DreamId, FileEdit, Proposal } from '../../../../src/core/review/proposal';
import type { DreamRecord } from '../../../../src/core/dream/dream';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

/** A memory file with this body. */
export function memoryText(slug: string, body: string): string {
  return `---\nname: ${slug}\ndescription: About ${slug}\n---\n${body}`;
}

export const dreamId = (name: string): DreamId => name.padEnd(26, '0') as DreamId;
export const changeId = (name: string): ChangeId => name.padEnd(26, '0') as ChangeId;

/** A change with one quote of the user behind it. */
export function change(
  name: string,
  files: readonly [FileEdit, ...FileEdit[]],
  more: Partial<Omit<Change, 'id' | 'files'>> = {},
): Change {
  return {
    id: changeId(name),
    kind: files[0].before === null ? 'add' : 'update',
    title: `Change ${name}`,
    rationale: 'You said so twice.',
    files,
    evidence: [
      {
        kind: 'quote',
        session: 's1',
        entry: `e-${name}`,
        by: 'user',
        quote: `always ${name}`,
        at: '2026-11-20T10:00:00Z',
      },
    ],
    trust: 'user',
    risk: 'low',
    warnings: [],
    fingerprint: `claim-${name}`,
    ...more,
  };
}

/** Puts a completed dream with this proposal into a store. */
export function putDream(
  ports: FakePorts,
  name: string,
  changes: readonly Change[],
  createdAt = '2026-11-20T03:00:00.000Z',
): DreamId {
  const id = dreamId(name);
  const record: DreamRecord = {
    format: 1,
    id,
    status: 'completed',
    engine: 'offline',
    createdAt,
    sessions: ['s1'],
    trigger: 'command',
    costUsd: 0,
  };
  const proposal: Proposal = { format: 1, id, createdAt, changes, dismissed: [] };
  ports.files.put(`.local/dreams/${id}/dream.json`, JSON.stringify(record));
  ports.files.put(`.local/dreams/${id}/proposal.json`, JSON.stringify(proposal));
  return id;
}

/** A store with these memories and one dream that proposes these changes. */
export function dreamt(
  memories: Readonly<Record<string, string>>,
  changes: readonly Change[],
): { readonly ports: FakePorts; readonly dream: DreamId } {
  const ports = createFakePorts(memories);
  return { ports, dream: putDream(ports, 'dreama', changes) };
}

/** The memory that `update` changes in two places. */
export const PATH = 'commands/tests.md';
/** It, before. */
export const before = memoryText('tests', 'Run npm test.\n\nA line between.\n\nIt takes a minute.\n');
/** It, with both hunks. */
export const after = memoryText('tests', 'Run pnpm test.\n\nA line between.\n\nIt takes ten seconds.\n');
/** It, with the first hunk only. */
export const half = memoryText('tests', 'Run pnpm test.\n\nA line between.\n\nIt takes a minute.\n');
/** A change with two hunks. */
export const update = change('one', [{ path: PATH, before, after }]);
/** A new memory. */
export const add = change('two', [
  { path: 'facts/ports.md', before: null, after: memoryText('ports', 'Port 8080.\n') },
]);

/** The first change of the newest dream. */
export async function firstChange(ports: FakePorts): Promise<OpenChange> {
  const open = (await listProposals(ports))[0]?.changes[0];
  if (open === undefined) throw new Error('no change is open');
  return open;
}

/** The id of its n-th hunk. */
export async function hunkId(ports: FakePorts, index: number): Promise<HunkId> {
  const open = (await firstChange(ports)).files[0].hunks[index];
  if (open === undefined) throw new Error(`no hunk ${index}`);
  return open.id;
}

/** What the journal says was done, oldest first. */
export async function actions(ports: FakePorts): Promise<readonly string[]> {
  const { lines } = await readJournal(ports);
  return lines.map(({ action }) => action);
}
