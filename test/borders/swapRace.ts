import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root as checkout } from '../../scripts/root';
import type { FileStore } from '../../src/core/ports';

/** What came of working in a store while another process swapped its entries with links to outside. */
export interface SwapRace {
  readonly swaps: number;
  readonly calls: number;
  /** Calls that did what they should in spite of it all. */
  readonly succeeded: number;
  /** Files and folders outside that were made, changed or removed. */
  readonly changedOutside: number;
  /** Reads that gave bytes of a file outside. */
  readonly readOutside: number;
}

const SECRET = 'outside';
const inside = new TextEncoder().encode('inside');

/** Works with the store that `open` gives for at least `swaps` swaps and `calls` calls. */
export async function raceSwaps(
  open: (root: string) => FileStore,
  goal: { readonly swaps: number; readonly calls: number },
): Promise<SwapRace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-swaps-'));
  const [root, outside] = [path.join(folder, '.agent-memory'), path.join(folder, 'outside')];
  await mkdir(path.join(root, 'facts/deep'), { recursive: true });
  await mkdir(path.join(outside, 'facts/deep'), { recursive: true });
  for (const name of ['facts/a.md', 'facts/deep/b.md', 'facts/moved.md', 'facts/emptied.md']) {
    await writeFile(path.join(root, name), inside);
    await writeFile(path.join(outside, name), SECRET);
  }
  // Reading a file that has a second name is no way out; writing it would be.
  await writeFile(path.join(outside, 'facts/twin.md'), 'linked');
  const before = await picture(outside);
  const swapper = spawn(process.execPath, [path.join(checkout, 'test/borders/swapper.mjs'), root, outside], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: swapper.stdout })[Symbol.asyncIterator]();
    await lines.next();
    const counts = { calls: 0, succeeded: 0, readOutside: 0, changedOutside: 0 };
    const store = open(root);
    // The swapper swaps about as fast as calls run; its own count is read once it has ended.
    for (let turn = 0; counts.calls < goal.calls; turn += 1) await work(store, turn, counts);
    swapper.stdin.end();
    const swaps = Number((await lines.next()).value);
    await once(swapper, 'close');
    const after = await picture(outside);
    counts.changedOutside += [...new Set([...before.keys(), ...after.keys()])].filter(
      (name) => before.get(name) !== after.get(name),
    ).length;
    if (swaps >= goal.swaps) return { swaps, ...counts };
    const rest = await raceSwaps(open, { swaps: goal.swaps - swaps, calls: goal.calls });
    return added({ swaps, ...counts }, rest);
  } finally {
    if (swapper.exitCode === null) swapper.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

function added(a: SwapRace, b: SwapRace): SwapRace {
  return {
    swaps: a.swaps + b.swaps,
    calls: a.calls + b.calls,
    succeeded: a.succeeded + b.succeeded,
    changedOutside: a.changedOutside + b.changedOutside,
    readOutside: a.readOutside + b.readOutside,
  };
}

interface Counts {
  calls: number;
  succeeded: number;
  readOutside: number;
}

async function work(store: FileStore, turn: number, counts: Counts): Promise<void> {
  const fresh = `facts/new-${turn % 50}.md`;
  const calls: (() => Promise<unknown>)[] = [
    () => store.write('facts/a.md', inside),
    () => store.append('facts/a.md', inside),
    () => store.write('facts/deep/b.md', inside),
    () => store.write(fresh, inside),
    () => store.rename(fresh, 'facts/moved.md'),
    () => store.write('facts/deep/emptied.md', inside),
    () => store.rename('facts/moved.md', 'facts/deep/emptied.md'),
    () => store.remove('facts/deep/emptied.md'),
    () => store.write(`facts/made-${turn % 50}/deep/c.md`, inside),
    () => store.remove(`facts/made-${turn % 50}/deep/c.md`),
    () => store.moveNew('facts/deep/b.md', 'facts/b.md'),
    () => store.remove('facts/b.md'),
  ];
  for (const call of calls) {
    counts.calls += 1;
    await call().then(
      () => (counts.succeeded += 1),
      () => undefined,
    );
  }
  for (const name of ['facts/a.md', 'facts/deep/b.md']) {
    counts.calls += 1;
    const bytes = await store.read(name).catch(() => undefined);
    if (bytes !== undefined && new TextDecoder().decode(bytes).includes(SECRET)) counts.readOutside += 1;
  }
}

/** Everything below a folder: kind, content, identity and when it last changed. */
async function picture(folder: string): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    const { ino, mtimeMs, mode, size } = await stat(file);
    const content = (mode & 0o170_000) === 0o100_000 ? await readFile(file, 'utf8') : '';
    seen.set(name, JSON.stringify([ino, mtimeMs, mode, content === '' ? 0 : size, content]));
  }
  return seen;
}
