import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../src/node/clock';
import { createLock } from '../../../src/node/lock';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const clock = createClock();
const file = (): string => path.join(folder, 'store.lock');

/** A process that has ended: its pid is nobody's now, or somebody else's. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((ended) => child.once('close', ended));
  return child.pid ?? 0;
}

async function leave(owner: Readonly<Record<string, unknown>> | string, ageMs = 0): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(file(), typeof owner === 'string' ? owner : JSON.stringify(owner));
  const at = new Date(Date.now() - ageMs);
  await utimes(file(), at, at);
}

describe('a lock', () => {
  it('is there while the work runs, names its owner, and is gone afterwards', async () => {
    const result = await createLock(folder, clock).hold('store', async () => {
      expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
      return 'done';
    });

    expect(result).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is released when the work throws', async () => {
    const lock = createLock(folder, clock);

    await expect(lock.hold('store', () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    expect(await readdir(folder)).toEqual([]);
    expect(await lock.hold('store', async () => 'again')).toBe('again');
  });

  it('lets one in at a time, in this process and between lock objects', async () => {
    const [first, second] = [createLock(folder, clock), createLock(folder, clock)];
    let inside = 0;
    let most = 0;
    let total = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await readdir(folder);
      total += 1;
      inside -= 1;
    };

    await Promise.all(Array.from({ length: 20 }, (_unused, index) => (index % 2 ? first : second).hold('store', work)));

    expect([most, total]).toEqual([1, 20]);
  });

  it('has names that do not stand in each other’s way', async () => {
    const lock = createLock(folder, clock);

    expect(await lock.hold('store', () => lock.hold('state', async () => 'both'))).toBe('both');
    await expect(lock.hold('../x', async () => 'never')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('does not keep the next one of this process waiting beyond its time, nor let it in', async () => {
    const lock = createLock(folder, clock);
    let end = (): void => undefined;
    const first = lock.hold('store', () => new Promise<void>((done) => (end = done)));

    const second = lock.hold('store', async () => 'never', { waitMs: 60 });
    await expect(second).rejects.toMatchObject({
      code: 'locked',
      details: { owner: `process ${process.pid} on ${hostname()}` },
    });
    const third = lock.hold('store', async () => 'after');
    end();

    expect(await third).toBe('after');
    await first;
    expect(await readdir(folder)).toEqual([]);
  });

  it('says who holds it when the wait is over', async () => {
    const other = createLock(folder, clock);
    const waiting = createLock(folder, clock).hold('store', () =>
      other.hold('store', async () => 'never', { waitMs: 60 }),
    );

    await expect(waiting).rejects.toMatchObject({ code: 'locked', details: { lock: 'store' } });
  });
});

describe('a lock that was left behind', () => {
  it('is taken over from a process that has ended', async () => {
    await leave({ pid: await deadPid(), host: hostname(), started: '1', nonce: 'n' });

    expect(await createLock(folder, clock).hold('store', async () => 'mine', { waitMs: 100 })).toBe('mine');
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('is taken over where another process got the same pid', async () => {
    await leave({ pid: process.ppid, host: hostname(), started: 'another start', nonce: 'n' });

    expect(await createLock(folder, clock).hold('store', async () => 'mine', { waitMs: 100 })).toBe('mine');
  });

  it('of another host is respected until it has been silent for long', async () => {
    const owner = { pid: 1, host: 'another-host', started: '1', nonce: 'n' };
    await leave(owner, 60_000);
    const lock = createLock(folder, clock, { observeMs: 20, silentMs: 120_000 });
    await expect(lock.hold('store', async () => 'never', { waitMs: 60 })).rejects.toMatchObject({ code: 'locked' });

    await leave(owner, 10 * 60_000);
    expect(await lock.hold('store', async () => 'mine', { waitMs: 100 })).toBe('mine');
  });

  it('and is unreadable is respected while its maker may still be writing it', async () => {
    await leave('');
    const respecting = createLock(folder, clock).hold('store', async () => 'never', { waitMs: 60 });
    await expect(respecting).rejects.toMatchObject({ code: 'locked' });

    await leave('{"pid":"x"}', -3_600_000);
    const lock = createLock(folder, clock, { observeMs: 20, silentMs: 120_000 });
    expect(await lock.hold('store', async () => 'mine', { waitMs: 500 })).toBe('mine');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over also where the process that took it over died at that, and so did the next one', async () => {
    await leave({ pid: await deadPid(), host: hostname(), started: '1', nonce: 'n' });
    const claim = { pid: await deadPid(), host: hostname(), started: '1', nonce: 'm' };
    await writeFile(`${file()}.claim-n`, JSON.stringify(claim));
    await writeFile(`${file()}.claim-m`, JSON.stringify({ ...claim, nonce: 'o' }));
    await writeFile(`${file()}.wait-x`, JSON.stringify({ ...claim, nonce: 'x' }));

    expect(await createLock(folder, clock).hold('store', async () => 'mine', { waitMs: 500 })).toBe('mine');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is left to a living process that is taking it over', async () => {
    await leave({ pid: await deadPid(), host: hostname(), started: '1', nonce: 'n' });
    const living = { pid: process.ppid, host: hostname(), started: '', nonce: 'm' };
    await writeFile(`${file()}.claim-n`, JSON.stringify(living));

    const taking = createLock(folder, clock).hold('store', async () => 'never', { waitMs: 100 });

    await expect(taking).rejects.toMatchObject({ code: 'locked' });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ nonce: 'n' });
  });

  it.skipIf(process.platform !== 'linux')(
    'is taken over from a process that was killed but not waited for',
    async () => {
      // The shell becomes a program that never waits for the child it has.
      const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 30']);
      const pid = await new Promise<number>((done) => parent.stdout.once('data', (text) => done(Number(text))));
      await leave({ pid, host: hostname(), started: '', nonce: 'n' });
      try {
        expect(await createLock(folder, clock).hold('store', async () => 'mine')).toBe('mine');
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  it('of a living process is never taken', async () => {
    await leave({ pid: process.ppid, host: hostname(), started: '', nonce: 'n' }, 3_600_000);

    const taking = createLock(folder, clock).hold('store', async () => 'never', { waitMs: 60 });

    await expect(taking).rejects.toMatchObject({
      code: 'locked',
      details: { owner: expect.stringContaining(`${process.ppid}`) as unknown },
    });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ nonce: 'n' });
  });

  it('waits no longer when the clock is set back by an hour, and no shorter when it is set forward', async () => {
    await leave({ pid: process.ppid, host: hostname(), started: '', nonce: 'n' });
    for (const shift of [-3_600_000, 3_600_000]) {
      let reads = 0;
      const shifting = { ...clock, now: () => Date.now() + (reads++ > 0 ? shift : 0) };
      const began = performance.now();
      const lock = createLock(folder, shifting, { observeMs: 10_000, silentMs: 120_000 });
      const taking = lock.hold('store', async () => 'never', { waitMs: 150 });
      await expect(taking).rejects.toMatchObject({ code: 'locked' });
      expect(performance.now() - began).toBeGreaterThan(140);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  it('of another host is respected while its heart beats, however the clocks are set', async () => {
    await leave({ pid: 1, host: 'another-host', started: '1', nonce: 'n' });
    const ahead = { ...clock, now: () => Date.now() + 3_600_000 };
    const beating = setInterval(() => void utimes(file(), new Date(), new Date()), 20);
    try {
      const lock = createLock(folder, ahead, { observeMs: 200, silentMs: 120_000 });
      const taking = lock.hold('store', async () => 'never', { waitMs: 600 });
      await expect(taking).rejects.toMatchObject({ code: 'locked' });
    } finally {
      clearInterval(beating);
    }
  });

  it('is taken by one only of many that see it at once', async () => {
    const pid = await deadPid();
    for (let round = 0; round < 5; round += 1) {
      await leave({ pid, host: hostname(), started: '1', nonce: `n${round}` });
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        await readdir(folder);
        inside -= 1;
      };
      await Promise.all(Array.from({ length: 6 }, () => createLock(folder, clock).hold('store', work)));
      expect(most).toBe(1);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
