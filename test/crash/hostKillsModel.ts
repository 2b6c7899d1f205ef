import type { DreamRecord } from '../../src/core/dream/dream';
import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { getObject } from '../../src/core/history/objects';
import { applyTransaction } from '../../src/core/history/transaction';
import { parseMemory } from '../../src/core/memory/codec';
import { indexWrite } from '../../src/core/memory/indexWrite';
import { outsideChanges } from '../../src/core/memory/outside';
import { initializeStore } from '../../src/core/memory/store';
import { placeOf } from '../../src/core/memory/storePath';
import { walkStore } from '../../src/core/memory/walk';
import type { CorePorts } from '../../src/core/ports';
import type { Change, ChangeId, DreamId, Proposal } from '../../src/core/review/proposal';
import { readReview } from '../../src/core/review/reviewFile';
import { generation } from './generation';

/** What the extension host decides until it is killed. */
export type HostOperation = 'accept' | 'undo' | 'create';

/** What is wrong with a store after the extension was opened again. */
export type HostFlaw = 'torn' | 'mixed' | 'lost' | 'journalInconsistent' | 'litter' | 'locked';

/** All that the store under test can be. */
export interface StoreState {
  /** The whole proposal is accepted. */
  readonly accepted: boolean;
  /** How many memories were made by hand. */
  readonly notes: number;
  /** Lines of the journal. */
  readonly lines: number;
}

export const DREAM = '01jd0000000000000000000000' as DreamId;
export const NOTE_CATEGORY = 'facts';
const AT = '2026-11-20T03:00:00.000Z';
const LOCKS = ['store', 'state', 'review'] as const;
const LOCK_WAIT_MS = 5_000;

export function noteName(note: number): string {
  return `Note ${note} by hand`;
}

export function notePath(note: number): string {
  return `${NOTE_CATEGORY}/note-${note}-by-hand.md`;
}

/** The state after an operation went well. */
export function after(state: StoreState, operation: HostOperation): StoreState {
  const lines = state.lines + 1;
  if (operation === 'create') return { ...state, lines, notes: state.notes + 1 };
  return { ...state, lines, accepted: operation === 'accept' };
}

/** A store of 20 memories, and a dream that proposes to change 19 of them and to archive one. */
export async function prepareStore(ports: CorePorts): Promise<StoreState> {
  await initializeStore(ports, { share: 'private' });
  const writes = [...generation(0)].map(([path, text]) => ({ path, expected: null, bytes: ports.text.encode(text) }));
  await applyTransaction(ports, { writes, event: { actor: 'user', action: 'create', evidence: [] } });
  const record: DreamRecord = {
    format: 1,
    id: DREAM,
    status: 'completed',
    engine: 'offline',
    createdAt: AT,
    sessions: ['s1'],
    trigger: 'command',
    costUsd: 0,
  };
  const proposal: Proposal = { format: 1, id: DREAM, createdAt: AT, changes: changes(), dismissed: [] };
  for (const [name, value] of Object.entries({ dream: record, proposal })) {
    await ports.files.write(`.local/dreams/${DREAM}/${name}.json`, ports.text.encode(JSON.stringify(value)));
  }
  return { accepted: false, notes: 0, lines: (await readJournal(ports)).lines.length };
}

function changes(): readonly Change[] {
  const [old, next] = [generation(0), generation(1)];
  const gone = [...old.keys()].find((path) => !next.has(path));
  return [...next].map(([path, text], index) => {
    const before = old.get(path);
    const moved = before === undefined && gone !== undefined ? { from: gone } : {};
    return {
      id: `01jd${String(index).padStart(22, '0')}` as ChangeId,
      kind: before === undefined ? 'archive' : 'update',
      title: `Change ${index}`,
      rationale: 'You said so.',
      files: [{ path, ...moved, before: before ?? old.get(gone ?? '') ?? null, after: text }],
      evidence: [{ kind: 'by-hand', at: AT }],
      trust: 'user',
      risk: 'low',
      warnings: [],
      fingerprint: `claim-${index}`,
    };
  });
}

/**
 * Looks at a store that the extension opened after a kill. `old` is what it was before the operation that was under way,
 * `next` what that would have made of it; without `next` nothing was under way. Returns which of them it is.
 */
export async function judgeHostStore(
  ports: CorePorts,
  old: StoreState,
  next: StoreState | undefined,
): Promise<{ readonly state: StoreState; readonly flaws: readonly HostFlaw[] }> {
  const flaws = new Set<HostFlaw>();
  for (const name of LOCKS) {
    await ports.lock.hold(name, () => Promise.resolve(), { waitMs: LOCK_WAIT_MS }).catch(() => flaws.add('locked'));
  }
  const seen = await look(ports);
  if (seen.torn) flaws.add('torn');
  const candidates = next === undefined ? [old] : [old, next];
  const fitting = candidates.find((one) => one.accepted === seen.accepted && one.notes === seen.notes);
  // Everything is whole, but of a time before what was said to be done, or without one of the memories made by hand.
  if (fitting === undefined) flaws.add(seen.accepted === undefined ? 'mixed' : 'lost');
  const state = fitting ?? old;
  const { lines } = await readJournal(ports);
  if (lines.length !== state.lines || !(await verifyJournal(ports))) flaws.add('journalInconsistent');
  if ((await outsideChanges(ports)).length > 0 || (await indexWrite(ports, [])) !== undefined) flaws.add('mixed');
  for (const { before } of lines.flatMap(({ files }) => files.filter(({ path }) => placeOf(path) !== undefined))) {
    if (before !== null && (await getObject(ports, before)) === undefined) flaws.add('lost');
  }
  for (const folder of ['.local/txn', '.local/staging', '.staging']) {
    if ((await ports.files.list(folder)).length > 0) flaws.add('litter');
  }
  return { state, flaws: [...flaws] };
}

interface Look {
  /** undefined if files of both states, or a review that says something else, stand side by side. */
  readonly accepted: boolean | undefined;
  /** -1 if there are others than the first ones. */
  readonly notes: number;
  /** A text that is of neither state, or half of one. */
  readonly torn: boolean;
}

async function look(ports: CorePorts): Promise<Look> {
  const [old, next] = [generation(0), generation(1)];
  const paths = (await walkStore(ports.files)).filter((path) => placeOf(path) !== undefined);
  const notes = paths.filter((path) => !old.has(path) && !next.has(path));
  const found = new Map<string, string>();
  for (const path of paths) {
    const bytes = await ports.files.read(path);
    found.set(path, bytes === undefined ? '' : ports.text.decode(bytes).text);
  }
  const isAll = (texts: ReadonlyMap<string, string>): boolean =>
    found.size === texts.size + notes.length && [...texts].every(([path, text]) => found.get(path) === text);
  const decided = (await readReview(ports, DREAM)).review.decisions.length;
  const accepted = isAll(next) && decided === 1 ? true : isAll(old) && decided === 0 ? false : undefined;
  const strange = [...found].some(([path, text]) =>
    notes.includes(path) ? !isNote(ports, path, text) : text !== old.get(path) && text !== next.get(path),
  );
  const inOrder = notes.every((_, note) => notes.includes(notePath(note)));
  return { accepted, notes: inOrder ? notes.length : -1, torn: strange };
}

function isNote(ports: CorePorts, path: string, text: string): boolean {
  const parsed = parseMemory(path, ports.text.encode(text), ports);
  const name = noteName(Number(/note-(\d+)-/u.exec(path)?.[1]));
  return parsed.ok && parsed.memory.description === name && text.trimEnd().endsWith(`\n${name}`);
}
