import { collectGarbage } from '../../src/core/history/collectGarbage';
import { appendEntry, prepareEntry, type JournalEvent } from '../../src/core/history/journal';
import { rollback } from '../../src/core/history/rollback';
import { listSnapshots } from '../../src/core/history/snapshots';
import { applyTransaction, rebuildIndex, type FileWrite } from '../../src/core/history/transaction';
import { renderMemory } from '../../src/core/memory/codec';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import { acceptAll, undoLastDecision } from '../../src/core/review/review';
import { acceptSkill, offerSkill } from '../../src/core/skills/skillExport';
import { EMPTY_DISK, flushAll, type DiskState } from './disk';
import { startProcess, type FaultyProcess } from './process';
import { DREAM, dreamFiles } from './dreamOfThree';

/** Something the product does to the disk, and the disk on which it does it. */
export interface Operation {
  readonly name: string;
  readonly prepare: () => Promise<DiskState>;
  readonly run: (ports: FaultyProcess) => Promise<unknown>;
  /** What the next start does besides the recovery. */
  readonly resume?: (ports: FaultyProcess) => Promise<unknown>;
  /** Frees what a preparation took from the system. */
  readonly close?: () => Promise<void>;
}

const EVENT: JournalEvent = { actor: 'user', action: 'accept', evidence: [] };

function memory(ports: FaultyProcess, path: string, body: string): Uint8Array {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.md'.length);
  return ports.text.encode(renderMemory({ name, description: `About ${name}`, created: '2026-11-01', body }));
}

async function write(ports: FaultyProcess, path: string, body: string | null): Promise<FileWrite> {
  const present = await ports.files.read(path);
  return {
    path,
    expected: present === undefined ? null : ports.hasher.sha256(present),
    bytes: body === null ? null : memory(ports, path, body),
  };
}

async function apply(ports: FaultyProcess, texts: Readonly<Record<string, string | null>>): Promise<void> {
  const writes: FileWrite[] = [];
  for (const [path, body] of Object.entries(texts)) writes.push(await write(ports, path, body));
  await applyTransaction(ports, { writes, event: EVENT });
}

const OLD = { 'facts/kept.md': 'old', 'facts/moved.md': 'old', '.local/personal/facts/mine.md': 'old' };
const NEW = {
  'facts/kept.md': 'new',
  'facts/moved.md': null,
  'archive/facts/moved.md': 'old',
  'conventions/added.md': 'new',
  '.local/personal/facts/mine.md': 'new',
};

/** A store with a few memories, every byte of it on the platter. */
async function prepared(more: (ports: FaultyProcess) => Promise<unknown> = async () => undefined): Promise<DiskState> {
  const ports = startProcess(EMPTY_DISK, 0);
  await initializeStore(ports, { share: 'git' });
  await apply(ports, OLD);
  await more(ports);
  return flushAll(ports.files.disk());
}

const YEAR_MS = 365 * 86_400_000;

async function collect(ports: FaultyProcess, years: number): Promise<void> {
  ports.clock.advance(years * YEAR_MS);
  await collectGarbage(ports, { keepSnapshots: 1, keepDays: 30 });
}

const created = async (ports: FaultyProcess): Promise<unknown> =>
  createMemory(ports, { path: 'facts/created.md', description: 'New', created: '2026-11-21', body: 'New' }, []);

const dreamed = (): Promise<DiskState> =>
  prepared(async (ports) => {
    await apply(ports, { 'facts/one.md': 'one', 'facts/two.md': 'two' });
    for (const [path, bytes] of await dreamFiles(ports)) await ports.files.write(path, bytes);
  });

const FLOW = 'workflows/release.md';
const BODY = '1. Run `npm test`\n2. Run `npm publish`';

/** A store with a workflow, and a skill in its place that somebody wrote by hand. */
const workflow = (): Promise<DiskState> =>
  prepared(async (ports) => {
    await createMemory(ports, { path: FLOW, description: 'Release', body: BODY }, []);
    await ports.files.write('.staging/mine', ports.text.encode('mine'));
    await ports.files.moveNew('.staging/mine', '.claude/skills/release/SKILL.md');
    await ports.files.remove('.staging');
  });

async function exportSkill(ports: FaultyProcess): Promise<void> {
  const offer = await offerSkill(ports, FLOW);
  if (typeof offer === 'string') throw new Error(offer);
  const { source, currentSha256: current, proposedSha256: proposed, confirmation } = offer;
  const { kind } = await acceptSkill(ports, { source, current, proposed }, confirmation);
  if (kind !== 'done') throw new Error(kind);
}

/** Every operation of the store that changes the disk. Capture is in `captureOperation.ts`. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'initialize', prepare: async () => EMPTY_DISK, run: (ports) => initializeStore(ports, { share: 'git' }) },
  { name: 'create', prepare: () => prepared(), run: created },
  { name: 'apply', prepare: () => prepared(), run: (ports) => apply(ports, NEW) },
  { name: 'accept', prepare: dreamed, run: (ports) => acceptAll(ports, { dream: DREAM }) },
  {
    name: 'undo',
    prepare: async () => {
      const ports = startProcess(await dreamed(), 1);
      await acceptAll(ports, { dream: DREAM });
      return flushAll(ports.files.disk());
    },
    run: (ports) => undoLastDecision(ports),
  },
  { name: 'export', prepare: workflow, run: exportSkill },
  {
    name: 'withdraw',
    prepare: async () => {
      const ports = startProcess(await workflow(), 1);
      await exportSkill(ports);
      return flushAll(ports.files.disk());
    },
    run: (ports) => undoLastDecision(ports),
  },
  {
    name: 'rollback',
    prepare: () => prepared((ports) => apply(ports, NEW)),
    run: async (ports) => rollback(ports, (await listSnapshots(ports))[2] ?? ''),
  },
  {
    name: 'index',
    prepare: () => prepared((ports) => ports.files.write('facts/pulled.md', memory(ports, 'facts/pulled.md', 'git'))),
    run: (ports) => rebuildIndex(ports),
    resume: (ports) => rebuildIndex(ports),
  },
  {
    name: 'journal',
    prepare: () => prepared(),
    run: async (ports) => appendEntry(ports, await prepareEntry(ports, EVENT, [], [])),
  },
  {
    name: 'garbage',
    prepare: () =>
      prepared(async (ports) => {
        // An edit that was never accepted is in a snapshot alone.
        await ports.files.write('facts/outside.md', memory(ports, 'facts/outside.md', 'outside'));
        await apply(ports, NEW);
        await ports.files.remove('facts/outside.md');
        await apply(ports, { 'facts/kept.md': 'newer' });
        await collect(ports, 1);
        await apply(ports, { 'facts/kept.md': 'newest' });
        await apply(ports, { 'facts/kept.md': 'last' });
      }),
    run: (ports) => collect(ports, 3),
  },
];
