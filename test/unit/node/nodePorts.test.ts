import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStore, initializeStore } from '../../../src/core/memory/store';
import { createMemory } from '../../../src/core/memory/newMemory';
import { createClock } from '../../../src/node/clock';
import { createHasher } from '../../../src/node/hasher';
import { createIds } from '../../../src/node/ids';
import { createNodePorts } from '../../../src/node/nodePorts';
import { createTextCodec } from '../../../src/node/textCodec';
import { createFakeClock } from '../../fakes/fakeClock';
import { createRecordingLogger } from '../../fakes/fakePorts';

let workspaceRoot: string;
beforeEach(async () => {
  workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-ports-'));
});
afterEach(async () => {
  await chmod(path.join(workspaceRoot, '.agent-memory'), 0o755).catch(() => undefined);
  await rm(workspaceRoot, { recursive: true, force: true });
});

const open = () => createNodePorts({ workspaceRoot, logger: createRecordingLogger() });

describe('the ports of a folder', () => {
  it('write nothing by being made or looked through', async () => {
    const ports = await open();
    await readStore(ports);

    expect(await readdir(workspaceRoot)).toEqual([]);
  });

  it('keep one key with the first write, ignored by git together with all of .local', async () => {
    const first = await open();
    await first.files.write('.local/sessions/s.jsonl', first.text.encode('{}'));

    const second = await open();

    expect(second.redactionKey).toBe(first.redactionKey);
    expect(first.redactionKey).toMatch(/^[0-9a-f]{64}$/u);
    expect(await readFile(path.join(workspaceRoot, '.agent-memory/.local/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('give each folder a key of its own', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'agent-dreams-ports-'));
    const ports = await createNodePorts({ workspaceRoot: other, logger: createRecordingLogger() });
    await rm(other, { recursive: true });

    expect((await open()).redactionKey).not.toBe(ports.redactionKey);
  });

  it('carry a whole store: made, written, read by another window', async () => {
    const ports = await open();
    await initializeStore(ports, { share: 'git' });
    await createMemory(ports, { path: 'facts/a.md', description: 'About a', body: 'Body.' }, []);

    const { memories, problems, initialized } = await readStore(await open());

    expect(initialized).toBe(true);
    expect(problems).toEqual([]);
    expect(memories.map(({ path: file }) => file)).toEqual(['facts/a.md']);
    expect(await readdir(path.join(workspaceRoot, '.agent-memory/facts'))).toEqual(['a.md']);
  });

  it.skipIf(process.getuid?.() === 0)('say that a folder is not writable, and leave it as it is', async () => {
    await mkdir(path.join(workspaceRoot, '.agent-memory'));
    await chmod(path.join(workspaceRoot, '.agent-memory'), 0o555);

    await expect(initializeStore(await open(), { share: 'git' })).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await readdir(path.join(workspaceRoot, '.agent-memory'))).toEqual([]);
  });

  it('say that a file stands where the store should be', async () => {
    const ports = await open();
    await writeFile(path.join(workspaceRoot, '.agent-memory'), 'a file');

    await expect(initializeStore(ports, { share: 'git' })).rejects.toMatchObject({ code: 'invalid-path' });
    expect(await readFile(path.join(workspaceRoot, '.agent-memory'), 'utf8')).toBe('a file');
  });
});

describe('the clock', () => {
  it('runs what is due once, and not what was cancelled', async () => {
    const clock = createClock();
    const ran: string[] = [];
    clock.after(1, () => ran.push('cancelled'))();
    await new Promise<void>((done) => {
      clock.after(-5, () => ran.push('due'));
      clock.after(5, done);
    });

    expect(ran).toEqual(['due']);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
    expect(clock.offsetMinutes(0)).toBe(0 - new Date(0).getTimezoneOffset());
    expect(clock.timeZone()).not.toBe('');
  });

  it('does not run at once what lies further ahead than timers reach', async () => {
    const clock = createClock();
    let ran = false;
    const cancel = clock.after(2 ** 40, () => (ran = true));
    await new Promise<void>((done) => clock.after(5, done));
    cancel();

    expect(ran).toBe(false);
  });
});

describe('ids', () => {
  it('are different, in order, and fit for file names', () => {
    const ids = createIds(createFakeClock());
    const made = Array.from({ length: 200 }, () => ids.next());

    expect(new Set(made).size).toBe(200);
    expect([...made].sort()).toEqual(made);
    expect(made.every((id) => /^[0-9a-z]{26}$/u.test(id))).toBe(true);
  });
});

describe('hashes', () => {
  it('are those of FIPS 180-4 and RFC 4231', () => {
    const hasher = createHasher();

    expect(hasher.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hasher.sha256(new TextEncoder().encode('é'))).toBe(hasher.sha256('é'));
    expect(hasher.hmac('Jefe', 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

describe('text', () => {
  it('keeps a BOM and says when bytes were not UTF-8', () => {
    const codec = createTextCodec();

    expect(codec.decode(codec.encode('\uFEFFä\r\n'))).toEqual({ text: '\uFEFFä\r\n', lossy: false });
    expect(codec.decode(new Uint8Array([0x61, 0xff]))).toEqual({ text: 'a\uFFFD', lossy: true });
  });
});
