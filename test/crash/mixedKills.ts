import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { getObject } from '../../src/core/history/objects';
import { rebuildIndex, recover } from '../../src/core/history/transaction';
import type { CorePorts } from '../../src/core/ports';
import { bundleChild, inFolder, randomNumbers } from '../processes/children';
import { openStore } from '../processes/openStore';
import { generation, vacated } from './generation';
import { capture, capturedOnceEach, emptyLog, type Operation } from './mixedStore';

export interface MixedReport {
  readonly kills: number;
  /** In which operation the kills struck. */
  readonly during: Readonly<Record<string, number>>;
  readonly torn: number;
  readonly mixed: number;
  readonly lost: number;
  readonly journalInconsistent: number;
  readonly litter: number;
}

type Verdict = 'torn' | 'mixed' | 'lost' | 'journalInconsistent' | 'litter';
const LONGEST_WAIT_MS = 500;
/** Stores that are worked on at the same time. */
const LANES = 3;

/**
 * Kills processes that apply, roll back, rebuild the index, collect garbage and capture, at random instants, and looks at
 * what the next open finds. The kills are spread over several stores.
 */
export function runMixedKills(options: {
  readonly kills: number;
  readonly stores: number;
  readonly seed: number;
}): Promise<MixedReport> {
  return inFolder('kills', async (folder) => {
    const script = await bundleChild('test/crash/mixedChild.ts', folder);
    const tally = { torn: 0, mixed: 0, lost: 0, journalInconsistent: 0, litter: 0 };
    const during = new Map<string, number>();
    const share = Math.ceil(options.kills / options.stores);
    const work = async (store: number): Promise<void> => {
      const random = randomNumbers(options.seed * 1_000 + store);
      const workspace = path.join(folder, `store-${store}`);
      await mkdir(workspace);
      await emptyLog(workspace);
      const began = performance.now();
      const ports = await openStore(workspace, Object.fromEntries(generation(1)));
      // Long enough for an operation or two, however busy this machine is, so that every moment of each is hit.
      const longestWaitMs = Math.min(LONGEST_WAIT_MS, performance.now() - began);
      for (let turn = 0; turn < Math.min(share, options.kills - store * share); turn += 1) {
        const seen = await runAndKill(script, [workspace, String(turn)], random() * longestWaitMs);
        during.set(seen.operation, (during.get(seen.operation) ?? 0) + 1);
        for (const verdict of await judge(ports, workspace, seen)) tally[verdict] += 1;
      }
    };
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < options.stores) await work(next++);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const kills = [...during.values()].reduce((sum, count) => sum + count, 0);
    return { kills, during: Object.fromEntries(during), ...tally };
  });
}

/** What the child said last before it died. */
interface Seen {
  readonly operation: Operation;
  readonly from: number;
  readonly to: number;
  /** Lines of the journal before the operation. */
  readonly seq: number;
  readonly done: boolean;
}

async function runAndKill(script: string, args: readonly string[], waitMs: number): Promise<Seen> {
  const child = spawn(process.execPath, [script, ...args]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let failure = '';
  child.stderr.on('data', (chunk: Buffer) => (failure += chunk.toString('utf8')));
  let last: Seen | undefined;
  const begun = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, operation, from, to, seq] = line.split(' ');
      if (word === 'done') last = last && { ...last, done: true };
      else {
        const numbers = { from: Number(from), to: Number(to), seq: Number(seq) };
        last = { operation: operation as Operation, ...numbers, done: false };
      }
      resolve();
    });
  });
  await Promise.race([begun, ended]);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  child.kill('SIGKILL');
  await ended;
  if (last === undefined || failure !== '') throw new Error(`The child failed by itself: ${failure}`);
  return last;
}

/** Opens the store as the next window would, and says what is wrong with it. */
async function judge(ports: CorePorts, workspace: string, seen: Seen): Promise<readonly Verdict[]> {
  await recover(ports);
  // It is rebuilt from the memories alone whenever a store is opened.
  if (seen.operation === 'rebuild') await rebuildIndex(ports);
  const found = await generationsOf(ports, seen);
  if (found.has('torn')) return ['torn'];
  const { from, to, seq, done } = seen;
  const [only = to, ...others] = found;
  if (others.length > 0) return ['mixed'];
  const verdicts: Verdict[] = [];
  const journal = await readJournal(ports);
  if ((done && only !== to) || !(await keepsHistory(ports, journal))) verdicts.push('lost');
  const told = seq + (to !== from && only === to ? 1 : 0);
  if (journal.lines.length !== told || !(await verifyJournal(ports))) verdicts.push('journalInconsistent');
  if (seen.operation === 'capture') {
    await capture(ports, workspace);
    if (!(await capturedOnceEach(ports, workspace))) verdicts.push('lost');
  }
  for (const folder of ['.local/txn', '.local/staging', '.staging']) {
    if ((await ports.files.list(folder)).length > 0) verdicts.push('litter');
  }
  return verdicts;
}

/** Which of the two generations stand in the store, judged file by file. */
async function generationsOf(ports: CorePorts, { from, to }: Seen): Promise<ReadonlySet<number | 'torn'>> {
  const found = new Set<number | 'torn'>();
  const candidates = [...new Set([from, to])];
  const places = new Set(candidates.flatMap((number) => [...generation(number).keys(), vacated(number)]));
  for (const file of [...places, 'MEMORY.md']) {
    const bytes = await ports.files.read(file);
    const text = bytes && ports.text.decode(bytes).text;
    const fits = candidates.filter((number) => isOf(number, file, text));
    if (fits.length === 0) found.add('torn');
    // A place that looks the same in both says nothing.
    else if (fits.length < candidates.length || candidates.length === 1) for (const one of fits) found.add(one);
  }
  return found;
}

function isOf(number: number, file: string, text: string | undefined): boolean {
  if (file !== 'MEMORY.md') return generation(number).get(file) === text;
  const named = new Set(text?.match(/Generation \d+/gu));
  return named.size === 1 && named.has(`Generation ${number}`);
}

/** Every content that the last lines of the journal speak of is still kept. */
async function keepsHistory(ports: CorePorts, { lines }: Awaited<ReturnType<typeof readJournal>>): Promise<boolean> {
  for (const { before } of lines.slice(-2).flatMap(({ files }) => files)) {
    if (before !== null && (await getObject(ports, before)) === undefined) return false;
  }
  return true;
}
