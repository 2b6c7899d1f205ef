import { appendFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createClock } from '../../src/node/clock';
import { createLock } from '../../src/node/lock';
import { bundleChild, inFolder, randomNumbers, startTalker, type Talker } from './children';

export interface OwnersReport {
  readonly kills: number;
  /** Kills that hit the process that held the lock. */
  readonly killedHolders: number;
  readonly entries: number;
  /** Steps inside the lock while another process was inside, or entries while a living process was. */
  readonly twoHolders: number;
  /** From the kill of a holder to the next entry. */
  readonly slowestTakeoverMs: number;
}

/** Processes that take and leave one lock as fast as they can are killed at random instants, and new ones started. */
export function runOwners({
  kills,
  processes,
  seed,
}: {
  readonly kills: number;
  readonly processes: number;
  readonly seed: number;
}): Promise<OwnersReport> {
  return inFolder('owners', async (folder) => {
    const script = await bundleChild('test/processes/child.ts', folder);
    const witness = path.join(folder, 'witness');
    await writeFile(witness, '');
    const random = randomNumbers(seed);
    const start = (): Talker => startTalker(script, { do: 'own', folder: path.join(folder, 'locks'), witness });
    const owners = Array.from({ length: processes }, start);
    try {
      for (let kill = 0; kill < kills; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, random() * 20));
        // Every other kill strikes any of them, mostly as it waits; the others the one that was last heard inside.
        const inside = kill % 2 === 0 ? undefined : await lastInside(witness);
        const heard = owners.findIndex((one) => String(one.process.pid) === inside);
        const index = heard < 0 ? Math.floor(random() * processes) : heard;
        const owner = owners[index];
        if (owner === undefined) continue;
        if (heard < 0) await owner.hear();
        // Said before it dies: whoever enters after its death enters after these words.
        appendFileSync(witness, `kill ${owner.process.pid}. ${process.hrtime.bigint()}\n`);
        owner.process.kill('SIGKILL');
        await owner.ended;
        owners[index] = start();
      }
      await createLock(path.join(folder, 'locks'), createClock()).hold('store', async () => {
        appendFileSync(witness, `enter ${process.pid}.end ${process.hrtime.bigint()}\n`);
      });
    } finally {
      for (const owner of owners) owner.process.kill('SIGKILL');
      await Promise.all(owners.map(({ ended }) => ended));
    }
    return { kills, ...readWitness(await readFile(witness, 'utf8')) };
  });
}

/** The pid in the last line of the log. */
async function lastInside(witness: string): Promise<string | undefined> {
  const file = await open(witness);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, Math.max(0, size - 200));
    const line = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').at(-1);
    return line?.split(' ')[1]?.split('.')[0];
  } finally {
    await file.close();
  }
}

interface Witness extends Omit<OwnersReport, 'kills'> {
  readonly inside: string | undefined;
}

/** Reads the log of all holders, which the system wrote in the order of their steps. */
function readWitness(text: string): Omit<OwnersReport, 'kills'> {
  const killed = new Map<string, bigint>();
  let now: Witness = { inside: undefined, entries: 0, killedHolders: 0, twoHolders: 0, slowestTakeoverMs: 0 };
  for (const line of text.split('\n').filter(Boolean)) {
    const [what, who = '', at = '0'] = line.split(' ');
    if (what === 'kill') killed.set(pidOf(who), BigInt(at));
    else if (what === 'enter') now = enter(now, who, { at: BigInt(at), killed });
    else if (now.inside !== who) now = { ...now, twoHolders: now.twoHolders + 1 };
    else if (what === 'leave') now = { ...now, inside: undefined };
  }
  const { entries, killedHolders, twoHolders, slowestTakeoverMs } = now;
  return { entries, killedHolders, twoHolders, slowestTakeoverMs };
}

function enter(
  before: Witness,
  who: string,
  { at, killed }: { readonly at: bigint; readonly killed: ReadonlyMap<string, bigint> },
): Witness {
  const entered = { ...before, inside: who, entries: before.entries + 1 };
  if (before.inside === undefined) return entered;
  const left = killed.get(pidOf(before.inside));
  if (left === undefined) return { ...entered, twoHolders: before.twoHolders + 1 };
  const took = Number((at - left) / 1_000_000n);
  const slowestTakeoverMs = Math.max(before.slowestTakeoverMs, took);
  return { ...entered, killedHolders: before.killedHolders + 1, slowestTakeoverMs };
}

function pidOf(who: string): string {
  return who.split('.')[0] ?? '';
}
