import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { recover } from '../../src/core/history/transaction';
import type { CorePorts } from '../../src/core/ports';
import { bundleChild, inFolder, startTalker, type Talker } from './children';
import { memoryText, openStore } from './openStore';

export interface OutsiderReport {
  readonly runs: number;
  /** Runs in which the editing process got to edit while the change was applied. */
  readonly edits: number;
  /** Moments of an apply that were hit: before and after each call that changes the store. */
  readonly moments: number;
  /** What the other process wrote is nowhere in the store. */
  readonly outsiderLost: number;
  /** Changes that were told as applied and whose text is gone, without that the other process wrote over it. */
  readonly appliedLost: number;
  /** Applied in part: files of the change that nobody else wrote are neither all old nor all new. */
  readonly mixed: number;
  readonly journalInconsistent: number;
  readonly applied: number;
  readonly conflicts: number;
  /** Endings that are neither. */
  readonly other: readonly string[];
}

const TARGET = 'facts/target.md';
const SECOND = 'facts/second.md';
const MOVED = 'facts/moved.md';
const ARCHIVED = 'archive/facts/moved.md';

type Style = 'in-place' | 'by-rename' | 'removes-and-writes';
const STYLES: readonly Style[] = ['in-place', 'by-rename', 'removes-and-writes'];

/**
 * Another process rewrites a memory by plain file calls, as an agent does, before or after each call of an apply that
 * changes that memory, another one, and moves a third.
 */
export function runOutsider(runs: number): Promise<OutsiderReport> {
  return inFolder('outsider', async (workspace) => {
    const script = await bundleChild('test/processes/child.ts', workspace);
    const before = { [TARGET]: memoryText('target', 'Start.'), [SECOND]: memoryText('second', 'Start.') };
    const ports = await openStore(workspace, { ...before, [MOVED]: memoryText('moved', 'Start.') });
    const child = startTalker(script, { do: 'be-interrupted', workspace });
    const tally = { edits: 0, outsiderLost: 0, appliedLost: 0, mixed: 0, journalInconsistent: 0 };
    const count = { applied: 0, conflicts: 0 };
    const other: string[] = [];
    const moments = new Set<number>();
    // Learnt from the first runs: before and after each call.
    let last = 2;
    try {
      for (let run = 0; run < runs; run += 1) {
        const at = run % last;
        const one = await oneRun({ ports, workspace, child }, run, at);
        last = Math.max(last, one.calls * 2);
        for (const verdict of one.bad) tally[verdict] += 1;
        if (one.edited) {
          tally.edits += 1;
          moments.add(at);
        }
        if (one.outcome === 'applied') count.applied += 1;
        else if (one.outcome === 'conflict') count.conflicts += 1;
        else other.push(one.outcome);
      }
      if (!(await verifyJournal(ports))) tally.journalInconsistent += 1;
    } finally {
      child.process.kill('SIGKILL');
      await child.ended;
    }
    return { runs, moments: moments.size, ...tally, ...count, other };
  });
}

interface Scene {
  readonly ports: CorePorts;
  readonly workspace: string;
  readonly child: Talker;
}

interface OneRun {
  readonly bad: readonly ('outsiderLost' | 'appliedLost' | 'mixed' | 'journalInconsistent')[];
  readonly edited: boolean;
  readonly outcome: string;
  readonly calls: number;
}

async function oneRun({ ports, workspace, child }: Scene, run: number, at: number): Promise<OneRun> {
  const store = path.join(workspace, '.agent-memory');
  const style = STYLES[Math.floor(run / 7) % STYLES.length] ?? 'in-place';
  const edited = [TARGET, SECOND, MOVED][run % 3] ?? TARGET;
  await removeKept(store);
  const home = (await exists(path.join(store, MOVED))) ? MOVED : ARCHIVED;
  const there = home === MOVED ? ARCHIVED : MOVED;
  const old = await textsOf(store, [TARGET, SECOND, MOVED, ARCHIVED]);
  const texts = {
    [TARGET]: memoryText('target', `Ours of run ${run}.`),
    [SECOND]: memoryText('second', `Ours of run ${run}.`),
    [there]: memoryText('moved', `Ours of run ${run}.`),
    [home]: null,
  };
  const mine = memoryText('target', `Theirs of run ${run}.`);
  const place = edited === MOVED ? home : edited;
  child.tell({ at, texts, change: `run-${run}` });
  let wasEdited = false;
  let said = (await child.hear()) as { edit?: true; outcome?: string; calls?: number };
  while (said.edit === true) {
    wasEdited = true;
    await editAs(style, path.join(store, place), mine);
    child.tell({ done: true });
    said = (await child.hear()) as typeof said;
  }
  // The next open; it completes or takes back what the conflict left.
  await recover(ports);
  const bad: OneRun['bad'][number][] = [];
  if (wasEdited && !(await holds(store, mine))) bad.push('outsiderLost');
  const now = await textsOf(store, [TARGET, SECOND, MOVED, ARCHIVED]);
  const untouched = [TARGET, SECOND, there, home].filter((file) => !wasEdited || file !== place);
  const isNew = untouched.every((file) => (now.get(file) ?? null) === texts[file]);
  const isOld = untouched.every((file) => now.get(file) === old.get(file));
  if (!isNew && !isOld) bad.push('mixed');
  const { lines } = await readJournal(ports);
  const told = lines.filter(({ change, action }) => change === `run-${run}` && action === 'accept').length;
  if (said.outcome === 'applied' && !isNew) bad.push('appliedLost');
  if (told !== (isNew ? 1 : 0)) bad.push('journalInconsistent');
  return { bad, edited: wasEdited, outcome: said.outcome ?? 'nothing said', calls: said.calls ?? 0 };
}

async function editAs(style: Style, file: string, text: string): Promise<void> {
  // An agent writes to the memory that it has just read there; where it is moved away meanwhile, it makes it again.
  if (style === 'in-place') return writeFile(file, text);
  if (style === 'removes-and-writes') {
    await rm(file, { force: true });
    return writeFile(file, text);
  }
  await writeFile(`${file}.agent`, text);
  await rename(`${file}.agent`, file);
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

async function textsOf(store: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(path.join(store, file), 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(file, text);
  }
  return texts;
}

/** True if a file that a person can find holds exactly this text: a memory, or what was kept of it. */
async function holds(store: string, text: string): Promise<boolean> {
  for (const folder of ['facts', 'archive/facts', '.local/kept']) {
    const names = await readdir(path.join(store, folder), { recursive: true }).catch(() => []);
    for (const name of names) {
      if ((await readFile(path.join(store, folder, name), 'utf8').catch(() => '')) === text) return true;
    }
  }
  return false;
}

function removeKept(store: string): Promise<void> {
  return rm(path.join(store, '.local/kept'), { recursive: true, force: true });
}
