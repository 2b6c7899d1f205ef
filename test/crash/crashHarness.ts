import { build } from 'esbuild';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { getObject } from '../../src/core/history/objects';
import { applyTransaction, recover } from '../../src/core/history/transaction';
import { initializeStore } from '../../src/core/memory/store';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import { root } from '../../scripts/root';
import { generation, vacated } from './generation';

export interface CrashOptions {
  /** How often the process is killed. */
  readonly kills: number;
  /** The same seed waits the same times before each kill. */
  readonly seed: number;
}

/** How many kills left which state, as seen after the recovery that the next open runs. */
export interface CrashReport {
  readonly kills: number;
  /** The change that was under way is not there. */
  readonly old: number;
  /** The change that was under way is there, in every file. */
  readonly new: number;
  /** A file holds neither an old nor a new text. */
  readonly torn: number;
  /** Files of two generations side by side. */
  readonly mixed: number;
  /** A change that had been reported as applied, or the content of a file before it, is gone. */
  readonly lost: number;
  /** The journal does not verify, or does not hold exactly one line for each change that is there. */
  readonly journalInconsistent: number;
  /** Something was left over from an interrupted change. */
  readonly litter: number;
}

type Verdict = Exclude<keyof CrashReport, 'kills'>;

/**
 * Kills a process that applies changes of 20 files on the adapters of the editor, at random times, and looks at what it
 * left. Works in a folder of its own under the system's temporary folder, removed afterwards.
 */
export async function runCrashHarness({ kills, seed }: CrashOptions): Promise<CrashReport> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'agent-dreams-crash-'));
  const child = path.join(workspace, 'child.cjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [path.join(root, 'test/crash/child.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: child,
      logLevel: 'error',
    });
    const ports = await openStore(workspace);
    const random = randomNumbers(seed);
    const tally = { old: 0, new: 0, torn: 0, mixed: 0, lost: 0, journalInconsistent: 0, litter: 0 };
    for (let run = 0; run < kills; run += 1) {
      const seen = await runAndKill(child, workspace, random() * LONGEST_WAIT_MS);
      for (const verdict of await judge(ports, seen)) tally[verdict] += 1;
    }
    return { kills, ...tally };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** Long enough for a few changes, so that every moment of one is hit. */
const LONGEST_WAIT_MS = 250;

async function openStore(workspaceRoot: string): Promise<CorePorts> {
  const ports = await createNodePorts({ workspaceRoot, logger: createRecordingLogger() });
  await initializeStore(ports, { share: 'private' });
  const writes = [...generation(0)].map(([file, text]) => ({
    path: file,
    expected: null,
    bytes: ports.text.encode(text),
  }));
  await applyTransaction(ports, { writes, event: { actor: 'user', action: 'accept', evidence: [] } });
  return ports;
}

/** What the child said before it died. */
interface Seen {
  /** Last generation that was reported as applied; undefined if it got to none. */
  readonly done: number | undefined;
  /** Last generation that was begun. */
  readonly started: number;
}

async function runAndKill(script: string, workspace: string, waitMs: number): Promise<Seen> {
  const child = spawn(process.execPath, [script, workspace]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let failure = '';
  child.stderr.on('data', (chunk: Buffer) => (failure += chunk.toString('utf8')));
  const seen: { done: number | undefined; started: number } = { done: undefined, started: -1 };
  const begun = new Promise<void>((resolve) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [word, number] = line.split(' ');
      if (word === 'done') seen.done = Number(number);
      else seen.started = Number(number);
      resolve();
    });
  });
  await Promise.race([begun, ended]);
  await killAfter(child, waitMs);
  await ended;
  if (seen.started < 0 || failure !== '') throw new Error(`The child failed by itself: ${failure}`);
  return seen;
}

async function killAfter(child: ChildProcessWithoutNullStreams, waitMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(() => {
      child.kill('SIGKILL');
      resolve();
    }, waitMs);
  });
}

/** Opens the store as the next window would, and says what it finds. */
async function judge(ports: CorePorts, { done, started }: Seen): Promise<readonly Verdict[]> {
  await recover(ports);
  const found = await generationsOf(ports, started);
  if (found.has('torn')) return ['torn'];
  const [only, ...others] = found;
  if (typeof only !== 'number' || others.length > 0) return ['mixed'];
  const verdicts: Verdict[] = [only === started ? 'new' : 'old'];
  if (only < started - 1 || only < (done ?? 0) || !(await keepsHistory(ports))) verdicts.push('lost');
  if (!(await hasOneLineEach(ports, only))) verdicts.push('journalInconsistent');
  if (await hasLitter(ports)) verdicts.push('litter');
  return verdicts;
}

/** The generations whose texts stand in the store, judged file by file; `torn` for a text of none. */
async function generationsOf(ports: CorePorts, started: number): Promise<ReadonlySet<number | 'torn'>> {
  const found = new Set<number | 'torn'>();
  const texts = new Map<string, string | undefined>();
  const candidates = [started, started - 1].filter((number) => number >= 0);
  const paths = new Set(candidates.flatMap((number) => [...generation(number).keys(), vacated(number)]));
  for (const file of [...paths, 'MEMORY.md']) {
    const bytes = await ports.files.read(file);
    texts.set(file, bytes && ports.text.decode(bytes).text);
  }
  for (const [file, text] of texts) {
    const fits = candidates.filter((number) => isOf(number, file, text));
    // A place that is empty in both generations says nothing.
    if (fits.length < candidates.length) found.add(fits[0] ?? 'torn');
  }
  return found;
}

function isOf(number: number, file: string, text: string | undefined): boolean {
  if (file !== 'MEMORY.md') return generation(number).get(file) === text;
  const named = new Set(text?.match(/Generation \d+/gu));
  return named.size === 1 && named.has(`Generation ${number}`);
}

/** Every content that the journal speaks of is still kept. */
async function keepsHistory(ports: CorePorts): Promise<boolean> {
  const { lines } = await readJournal(ports);
  for (const { before } of lines.slice(-2).flatMap(({ files }) => files)) {
    if (before !== null && (await getObject(ports, before)) === undefined) return false;
  }
  return true;
}

async function hasOneLineEach(ports: CorePorts, applied: number): Promise<boolean> {
  const { lines } = await readJournal(ports);
  const accepts = lines.filter(({ action }) => action === 'accept').length;
  return accepts === applied + 1 && (await verifyJournal(ports));
}

async function hasLitter(ports: CorePorts): Promise<boolean> {
  for (const folder of ['.local/txn', '.local/staging', '.staging']) {
    if ((await ports.files.list(folder)).length > 0) return true;
  }
  return false;
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
