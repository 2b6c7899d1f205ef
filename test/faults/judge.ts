import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { getObject } from '../../src/core/history/objects';
import { listSnapshots, readSnapshot } from '../../src/core/history/snapshots';
import { rebuildIndex, recover } from '../../src/core/history/transaction';
import { indexWrite } from '../../src/core/memory/indexWrite';
import { outsideChanges } from '../../src/core/memory/outside';
import { isTracked } from '../../src/core/memory/storePath';
import { isSkillPath } from '../../src/core/skills/skillPath';
import { readState } from '../../src/core/state/localState';
import { filesOf, type DiskState } from './disk';
import type { Operation } from './operations';
import { startProcess, type FaultyProcess } from './process';

/** What can be wrong with a disk after the recovery. */
export type Flaw = 'torn' | 'mixed' | 'lost' | 'journal' | 'index' | 'accepted' | 'litter' | 'unstable' | 'stuck';

/** What a person would call the content of a store: its files and what is remembered of decisions. */
export type View = ReadonlyMap<string, string>;

/** The disk before an operation and after it went well. */
export interface Reference {
  readonly before: DiskState;
  readonly old: View;
  readonly new: View;
}

const SEEN = /^(?:\.local\/(?:(?:personal|archive|dreams)\/|sessions\/.*\.jsonl$)|(?!\.local\/|\.staging\/))/u;
const LITTER = ['.staging', '.local/txn', '.local/staging', '.local/tmp'];

/** Reads a disk as a person would see it. */
export async function viewOf(ports: FaultyProcess): Promise<View> {
  const view = new Map<string, string>();
  for (const [path, bytes] of filesOf(ports.files.disk())) {
    if (SEEN.test(path)) view.set(path, looksOf(ports, path, bytes));
  }
  const { lines } = await readJournal(ports);
  view.set('#journal', lines.map(({ action }) => action).join(' '));
  const { accepted, cursors } = await readState(ports);
  view.set('#accepted', JSON.stringify(Object.entries(accepted).sort()));
  view.set('#cursors', String(Object.keys(cursors).length));
  return view;
}

/** Times and ids in a review, and how many lines of a log were looked at, differ from run to run; the rest does not. */
function looksOf(ports: FaultyProcess, path: string, bytes: Uint8Array): string {
  const { text } = ports.text.decode(bytes);
  if (path.endsWith('/review.json')) return decided(text);
  return ports.hasher.sha256(path.endsWith('.jsonl') ? text.replace(/"lineTypes":\{[^{}]*\}/u, '') : bytes);
}

function decided(text: string): string {
  const { files, decisions } = JSON.parse(text) as { files: unknown; decisions: unknown[] };
  return `${decisions.length} ${JSON.stringify(files)}`;
}

/** True if two stores look the same to a person. */
export function same(one: View, other: View): boolean {
  return one.size === other.size && [...one].every(([path, value]) => other.get(path) === value);
}

/** Runs what the next start of the editor runs. */
export async function nextStart(ports: FaultyProcess, operation: Operation): Promise<void> {
  await recover(ports);
  await rebuildIndex(ports);
  await operation.resume?.(ports);
}

/** The states between which every fault must leave the disk. */
export async function referenceOf(operation: Operation): Promise<Reference> {
  const before = await operation.prepare();
  const untouched = startProcess(before, 8);
  await nextStart(untouched, operation);
  const done = startProcess(before, 7);
  await operation.run(done);
  const after = startProcess(done.files.disk(), 8);
  await nextStart(after, operation);
  return { before, old: await viewOf(untouched), new: await viewOf(after) };
}

/** Looks at the disk that a fault left, once the next start has run on it. `reported`: the caller was told it is done. */
export async function judge(
  operation: Operation,
  reference: Reference,
  left: { readonly disk: DiskState; readonly reported: boolean },
  number = 8,
): Promise<readonly Flaw[]> {
  const ports = startProcess(left.disk, number);
  try {
    await nextStart(ports, operation);
  } catch {
    return ['stuck'];
  }
  const flaws = new Set<Flaw>();
  const view = await viewOf(ports);
  const isNew = same(view, reference.new);
  if (!isNew && !same(view, reference.old)) flaws.add(isTorn(view, reference) ? 'torn' : 'mixed');
  if ((left.reported && !isNew) || !(await keepsHistory(ports, reference))) flaws.add('lost');
  if (!(await verifyJournal(ports))) flaws.add('journal');
  if ((await ports.files.stat('MEMORY.md')) !== undefined && (await indexWrite(ports, [])) !== undefined) {
    flaws.add('index');
  }
  if (!(await isAcceptedConsistent(ports, reference))) flaws.add('accepted');
  for (const folder of LITTER) if ((await ports.files.list(folder)).length > 0) flaws.add('litter');
  const again = startProcess(ports.files.disk(), number + 1);
  await nextStart(again, operation);
  if (bytesOf(again) !== bytesOf(ports)) flaws.add('unstable');
  return [...flaws];
}

/** True if something is neither as it was before nor as it is afterwards. */
function isTorn(view: View, reference: Reference): boolean {
  const paths = new Set([...view.keys(), ...reference.old.keys(), ...reference.new.keys()]);
  return [...paths].some((path) => {
    const value = view.get(path);
    return value !== reference.old.get(path) && value !== reference.new.get(path);
  });
}

/** Every content of before, of the journal and of the snapshots is still kept. */
async function keepsHistory(ports: FaultyProcess, { before }: Reference): Promise<boolean> {
  const { lines } = await readJournal(ports);
  const known = (await readJournal(startProcess(before, 8))).lines;
  if (known.some(({ hash }, index) => lines[index]?.hash !== hash)) return false;
  for (const { files } of lines) {
    for (const { path, before: old } of files) {
      if ((isTracked(path) || isSkillPath(path)) && old !== null && (await getObject(ports, old)) === undefined)
        return false;
    }
  }
  for (const id of await listSnapshots(ports)) {
    for (const sha256 of Object.values((await readSnapshot(ports, id))?.files ?? {})) {
      if ((await getObject(ports, sha256)) === undefined) return false;
    }
  }
  return true;
}

/** Nothing counts as changed outside that did not before. */
async function isAcceptedConsistent(ports: FaultyProcess, { before }: Reference): Promise<boolean> {
  const was = new Set((await outsideChanges(startProcess(before, 8))).map(({ path }) => path));
  return (await outsideChanges(ports)).every(({ path }) => was.has(path));
}

function bytesOf(ports: FaultyProcess): string {
  return JSON.stringify([...filesOf(ports.files.disk())].map(([path, bytes]) => [path, ports.hasher.sha256(bytes)]));
}
