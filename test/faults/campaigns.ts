import { AgentDreamsError } from '../../src/core/errors';
import { afterPowerLoss, type DiskState } from './disk';
import { Killed, type Errno, type Fault } from './faultFileStore';
import { judge, nextStart, referenceOf, same, type Flaw, type Reference } from './judge';
import type { Operation } from './operations';
import { startProcess } from './process';

/** What a campaign saw: how many disks it looked at, and what was wrong with how many of them. */
export interface Tally {
  looked: number;
  readonly flaws: Map<Flaw | 'message' | 'retry', number>;
  /** The first few flaws, for whoever has to find them. */
  readonly examples: string[];
}

export function newTally(): Tally {
  return { looked: 0, flaws: new Map(), examples: [] };
}

function note(tally: Tally, flaws: readonly (Flaw | 'message' | 'retry')[], where: string): void {
  tally.looked += 1;
  for (const flaw of flaws) tally.flaws.set(flaw, (tally.flaws.get(flaw) ?? 0) + 1);
  if (flaws.length > 0 && tally.examples.length < 20) tally.examples.push(`${where}: ${flaws.join(', ')}`);
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Outcome {
  readonly disk: DiskState;
  readonly error: unknown;
}

async function runWith(operation: Operation, disk: DiskState, fault: Fault | undefined): Promise<Outcome> {
  const ports = startProcess(disk, 7, fault);
  const error = await operation.run(ports).then(
    () => undefined,
    (thrown: unknown) => thrown ?? new Error('nothing was thrown'),
  );
  return { disk: ports.files.disk(), error };
}

async function callsOf(
  operation: Operation,
  before: DiskState,
): Promise<{ readonly all: number; readonly mutating: number }> {
  const ports = startProcess(before, 7);
  await operation.run(ports);
  return ports.files.calls();
}

/**
 * Every kill of an operation: before each of its mutating calls, and in the middle of it. With `every` only each n-th of
 * these; an odd number still takes both kinds.
 */
export async function killEverywhere(
  operation: Operation,
  tally: Tally,
  every = 1,
): Promise<{ readonly points: number }> {
  const reference = await referenceOf(operation);
  const { mutating } = await callsOf(operation, reference.before);
  for (let at = 0; at < mutating; at += 1) {
    for (const half of [false, true]) {
      if ((2 * at + Number(half)) % every !== 0) continue;
      const { disk, error } = await runWith(operation, reference.before, { kind: 'kill', at, half });
      note(
        tally,
        await judge(operation, reference, { disk, reported: error === undefined }),
        `${operation.name} ${at} ${half}`,
      );
    }
  }
  return { points: mutating };
}

/** Kills the recovery too: `pairs` pairs of a moment of the operation and a moment of the start after it. */
export async function killTwice(operation: Operation, pairs: number, seed: number, tally: Tally): Promise<void> {
  const reference = await referenceOf(operation);
  const { mutating } = await callsOf(operation, reference.before);
  const random = randomNumbers(seed);
  const first = (at: number, half: boolean): Promise<Outcome> =>
    runWith(operation, reference.before, { kind: 'kill', at, half });
  for (let pair = 0; pair < pairs; pair += 1) {
    const at = Math.floor(random() * mutating);
    const { disk } = await first(at, random() < 0.5);
    const length = await recoveryCalls(operation, disk);
    const second = startProcess(disk, 8);
    const recoveryAt = Math.floor(random() * Math.max(1, length));
    second.files.fault = { kind: 'kill', at: recoveryAt, half: random() < 0.5 };
    await nextStart(second, operation).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    const flaws = await judge(operation, reference, { disk: second.files.disk(), reported: false }, 9);
    note(tally, flaws, `${operation.name} ${at}, recovery ${recoveryAt}`);
  }
}

async function recoveryCalls(operation: Operation, disk: DiskState): Promise<number> {
  const ports = startProcess(disk, 8);
  await nextStart(ports, operation);
  return ports.files.calls().mutating;
}

export const ERRNOS: readonly Errno[] = ['EIO', 'ENOSPC', 'EROFS', 'EACCES', 'EMFILE', 'EBUSY'];

/** Lets each call of an operation fail, `every` so many, with each error, once and from then on. */
export async function failEverywhere(
  operation: Operation,
  { every, errnos }: { readonly every: number; readonly errnos: readonly Errno[] },
  tally: Tally,
): Promise<{ readonly points: number }> {
  const reference = await referenceOf(operation);
  const { all } = await callsOf(operation, reference.before);
  let points = 0;
  for (const errno of errnos) {
    for (const lasting of [false, true]) {
      for (let at = 0; at < all; at += every) {
        points += 1;
        const { disk, error } = await runWith(operation, reference.before, { kind: 'error', at, errno, lasting });
        const where = `${operation.name} ${at} ${errno} ${lasting ? 'lasting' : 'once'}`;
        const flaws = await judge(operation, reference, { disk, reported: error === undefined });
        const more = [
          ...(await messageFlaw(operation, reference, { disk, error })),
          ...(await retryFlaw(operation, reference, disk)),
        ];
        note(tally, [...flaws, ...more], where);
      }
    }
  }
  return { points };
}

/** One error of ours with words and the system's code, which says *unfinished* if the change comes all the same. */
async function messageFlaw(
  operation: Operation,
  reference: Reference,
  { disk, error }: Outcome,
): Promise<readonly 'message'[]> {
  if (error === undefined) return [];
  const isClear =
    error instanceof AgentDreamsError && error.message.length > 0 && typeof error.details['errno'] === 'string';
  if (!isClear) return ['message'];
  if (same(reference.old, reference.new)) return [];
  if (error.details['uncertain'] === true) return [];
  const comes = await judgeIsNew(operation, reference, disk);
  return comes === (error.details['unfinished'] === true) ? [] : ['message'];
}

/** After the fault is gone and the store was opened again, the operation ends well. */
async function retryFlaw(operation: Operation, reference: Reference, disk: DiskState): Promise<readonly 'retry'[]> {
  const ports = startProcess(disk, 8);
  try {
    await nextStart(ports, operation);
    if (await judgeIsNew(operation, reference, ports.files.disk())) return [];
    const again = startProcess(ports.files.disk(), 9);
    await operation.run(again);
    return (await judgeIsNew(operation, reference, again.files.disk())) ? [] : ['retry'];
  } catch {
    return ['retry'];
  }
}

async function judgeIsNew(operation: Operation, reference: Reference, disk: DiskState): Promise<boolean> {
  return (await judge(operation, reference, { disk, reported: true }, 10)).length === 0;
}

/** Loses the power at each mutating call and looks at up to `limit` of the disks that may be left of it. */
export async function losePower(
  operation: Operation,
  { limit, seed }: { readonly limit: number; readonly seed: number },
  tally: Tally,
): Promise<{ readonly states: number }> {
  const reference = await referenceOf(operation);
  const { mutating } = await callsOf(operation, reference.before);
  const random = randomNumbers(seed);
  const each = Math.max(2, Math.floor(limit / (2 * mutating + 1)));
  let states = 0;
  for (let at = 0; at <= mutating; at += 1) {
    for (const half of at === mutating ? [false] : [false, true]) {
      const { disk, error } = await runWith(operation, reference.before, { kind: 'kill', at, half });
      for (const [index, left] of afterPowerLoss(disk, each, random).entries()) {
        states += 1;
        const flaws = await judge(operation, reference, { disk: left, reported: error === undefined });
        note(tally, flaws, `${operation.name} ${at} ${half} state ${index}`);
      }
    }
  }
  return { states };
}
