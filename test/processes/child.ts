// What the processes of test/processes do, each on the adapters of the editor. Its first message says which.
import { open } from 'node:fs/promises';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { isAgentDreamsError } from '../../src/core/errors';
import { appendEntry, prepareEntry } from '../../src/core/history/journal';
import { applyTransaction, type FileWrite } from '../../src/core/history/transaction';
import type { CorePorts, FileStore } from '../../src/core/ports';
import { updateState } from '../../src/core/state/localState';
import { createClock } from '../../src/node/clock';
import { createLock } from '../../src/node/lock';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import type { Job } from './jobs';

const told: unknown[] = [];
let wake: (() => void) | undefined;
process.on('message', (message) => {
  told.push(message);
  wake?.();
});

// Whoever started it is gone: nobody would ever end it.
process.on('disconnect', () => process.exit());

async function hear(): Promise<unknown> {
  while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve));
  return told.shift();
}

function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

/** Again, as long as others hold the store or were quicker: what the product tells its user to do. */
async function insist<T>(attempt: () => Promise<T>, again: () => void): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAgentDreamsError(error, 'locked') && !isAgentDreamsError(error, 'conflict')) throw error;
      again();
    }
  }
}

async function countOnce(ports: CorePorts, writer: string): Promise<void> {
  await updateState(ports, (state) => {
    const { dreamt } = state;
    const count = (name: string): number => (dreamt[name] ?? 0) + 1;
    return { ...state, dreamt: { ...dreamt, total: count('total'), [writer]: count(writer) } };
  });
}

async function addLine(ports: CorePorts, shared: string, line: string): Promise<void> {
  const present = await ports.files.read(shared);
  if (present === undefined) throw new Error('The shared memory is gone.');
  const text = `${ports.text.decode(present).text}${line}\n`;
  const write = { path: shared, expected: ports.hasher.sha256(present), bytes: ports.text.encode(text) };
  const event = { actor: 'user', action: 'edit', change: line, evidence: [] } as const;
  await applyTransaction(ports, { writes: [write], event });
}

async function write(ports: CorePorts, job: Extract<Job, { do: 'write' }>): Promise<void> {
  await tell({ ready: true });
  await hear();
  let retries = 0;
  const again = (): void => void (retries += 1);
  for (let number = 0; number < job.updates; number += 1) {
    const change = `${job.writer}-${number}`;
    if (number < job.applies) {
      await insist(() => addLine(ports, job.shared, change), again);
    } else {
      await insist(() => countOnce(ports, job.writer), again);
      const event = { actor: 'user', action: 'edit', change, evidence: [] } as const;
      const entry = await prepareEntry(ports, event, [], []);
      await insist(() => ports.lock.hold('store', () => appendEntry(ports, entry)), again);
    }
  }
  await tell({ retries });
}

async function decide(ports: CorePorts, job: Extract<Job, { do: 'decide' }>): Promise<void> {
  const encoder = ports.text;
  for (;;) {
    const { round } = (await hear()) as { round: number };
    const present = await ports.files.read(job.shared);
    const expected = present === undefined ? null : ports.hasher.sha256(present);
    await tell({ read: expected });
    await hear();
    const bytes = encoder.encode(`---\nname: shared\ndescription: Round ${round}\n---\nSaid by ${job.window}.\n`);
    const event = { actor: 'user', action: 'accept', dream: job.window, change: `r${round}`, evidence: [] } as const;
    try {
      await applyTransaction(ports, { writes: [{ path: job.shared, expected, bytes }], event });
      await tell({ won: true });
    } catch (error) {
      const conflict = isAgentDreamsError(error, 'conflict') ? String(error.details['path']) : undefined;
      await tell({ won: false, conflict, message: String(error) });
    }
  }
}

const MUTATING = ['write', 'append', 'rename', 'moveNew', 'remove', 'syncDirectory'] as const;

type Call = (...args: never[]) => Promise<unknown>;

/** The store, calling out around the n-th call that changes it. */
function interrupted(
  files: FileStore,
  at: number,
  edit: () => Promise<void>,
): { files: FileStore; calls: () => number } {
  let calls = 0;
  const hook =
    (call: Call) =>
    async (...args: never[]): Promise<unknown> => {
      const number = calls;
      calls += 1;
      if (number * 2 === at) await edit();
      const result = await call(...args);
      if (number * 2 + 1 === at) await edit();
      return result;
    };
  const hooked = Object.fromEntries(
    MUTATING.map((name) => [name, hook((...args: never[]) => (files[name] as Call)(...args))]),
  );
  return { files: { ...files, ...hooked }, calls: () => calls };
}

/** Applies one change after another; in the middle of each it asks the other process to edit. */
async function beInterrupted(ports: CorePorts): Promise<void> {
  for (;;) {
    const { at, texts, change } = (await hear()) as {
      at: number;
      texts: Readonly<Record<string, string | null>>;
      change: string;
    };
    const around = interrupted(ports.files, at, async () => {
      await tell({ edit: true });
      await hear();
    });
    const writes: FileWrite[] = [];
    for (const [file, text] of Object.entries(texts)) {
      const present = await ports.files.read(file);
      const expected = present === undefined ? null : ports.hasher.sha256(present);
      writes.push({ path: file, expected, bytes: text === null ? null : ports.text.encode(text) });
    }
    const event = { actor: 'user', action: 'accept', change, evidence: [] } as const;
    const outcome = await applyTransaction({ ...ports, files: around.files }, { writes, event }).then(
      () => 'applied',
      (error: unknown) => (isAgentDreamsError(error) ? error.code : String(error)),
    );
    await tell({ outcome, calls: around.calls() });
  }
}

/** Takes and leaves a lock until it is killed. Every step goes to a log that all holders append to. */
async function own({ folder, witness }: Extract<Job, { do: 'own' }>): Promise<void> {
  const lock = createLock(folder, createClock());
  const handle = await open(witness, 'a');
  let turn = 0;
  for (;;) {
    turn += 1;
    const say = (what: string): void =>
      appendFileSync(handle.fd, `${what} ${process.pid}.${turn} ${process.hrtime.bigint()}\n`);
    await lock.hold(
      'store',
      async () => {
        say('enter');
        const until = performance.now() + Math.random() * 8;
        while (performance.now() < until) {
          await new Promise<void>((resolve) => setTimeout(resolve, 1));
          say('inside');
        }
        say('leave');
      },
      { waitMs: 60_000 },
    );
    if (turn === 1) void tell({ began: true });
  }
}

async function run(): Promise<void> {
  const job = (await hear()) as Job;
  if (job.do === 'own') return own(job);
  const ports = await createNodePorts({ workspaceRoot: path.resolve(job.workspace), logger: createRecordingLogger() });
  if (job.do === 'write') await write(ports, job);
  else if (job.do === 'decide') await decide(ports, job);
  else await beInterrupted(ports);
}

run().then(
  () => process.disconnect(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
