import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { readState } from '../../src/core/state/localState';
import { bundleChild, inFolder, startTalker } from './children';
import { memoryText, openStore } from './openStore';

export interface WritersOptions {
  /** Processes that run at the same time. */
  readonly writers: number;
  readonly updates: number;
  /** How many processes also change one shared memory, and how often each does. */
  readonly appliers: number;
  readonly applies: number;
}

export interface WritersReport {
  readonly updates: number;
  /** Of those, changes of one memory by `applyTransaction`. */
  readonly applies: number;
  /** Counted in the state or written in the memory less often than done. */
  readonly lost: number;
  /** Updates that the journal holds not exactly once. */
  readonly notOnceInJournal: number;
  readonly journalVerifies: boolean;
  /** How often a writer was refused and tried again. */
  readonly retries: number;
  readonly seconds: number;
}

const SHARED = 'facts/shared.md';

/** Many processes update one store at the same time, through the adapters of the editor. */
export function runWriters({ writers, updates, appliers, applies }: WritersOptions): Promise<WritersReport> {
  return inFolder('writers', async (workspace) => {
    const script = await bundleChild('test/processes/child.ts', workspace);
    const ports = await openStore(workspace, { [SHARED]: memoryText('shared', 'Lines:') });
    const jobs = Array.from({ length: writers }, (_unused, index) => ({
      do: 'write' as const,
      workspace,
      writer: `w${index}`,
      updates,
      applies: index < appliers ? applies : 0,
      shared: SHARED,
    }));
    const children = jobs.map((job) => startTalker(script, job));
    let retries = 0;
    let began = 0;
    try {
      for (const child of children) await child.hear();
      began = performance.now();
      for (const child of children) child.tell({ go: true });
      for (const child of children) retries += ((await child.hear()) as { retries: number }).retries;
    } finally {
      for (const { process } of children) process.kill('SIGKILL');
      await Promise.all(children.map(({ ended }) => ended));
    }
    const seconds = (performance.now() - began) / 1000;
    const { dreamt } = await readState(ports);
    const memory = ports.text.decode((await ports.files.read(SHARED)) ?? new Uint8Array()).text.split('\n');
    const { lines } = await readJournal(ports);
    const times = new Map<string, number>();
    for (const { change = '' } of lines) times.set(change, (times.get(change) ?? 0) + 1);
    let lost = 0;
    let notOnceInJournal = 0;
    for (const job of jobs) {
      lost += Math.abs(job.updates - job.applies - (dreamt[job.writer] ?? 0));
      for (let number = 0; number < job.updates; number += 1) {
        const change = `${job.writer}-${number}`;
        if (times.get(change) !== 1) notOnceInJournal += 1;
        if (number < job.applies && memory.filter((line) => line === change).length !== 1) lost += 1;
      }
    }
    const applied = Math.min(appliers, writers) * applies;
    lost += Math.abs(writers * updates - applied - (dreamt['total'] ?? 0));
    const journalVerifies = await verifyJournal(ports);
    return { updates: writers * updates, applies: applied, lost, notOnceInJournal, journalVerifies, retries, seconds };
  });
}
