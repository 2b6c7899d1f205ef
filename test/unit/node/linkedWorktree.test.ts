import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../src/core/errors';
import { readJournal, verifyJournal } from '../../../src/core/history/journal';
import { applyTransaction, recover, type FileWrite } from '../../../src/core/history/transaction';
import { renderMemory } from '../../../src/core/memory/codec';
import type { CorePorts } from '../../../src/core/ports';
import { createNodePorts } from '../../../src/node/nodePorts';
import { createRecordingLogger } from '../../fakes/fakePorts';

const EVENT = { actor: 'user', action: 'accept', evidence: [] } as const;
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

interface Checkouts {
  readonly main: CorePorts;
  readonly linked: CorePorts;
  readonly mainRoot: string;
  readonly linkedRoot: string;
}

async function twoCheckouts(): Promise<Checkouts> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-worktree-')));
  folders.push(base);
  const mainRoot = path.join(base, 'main');
  const linkedRoot = path.join(base, 'linked');
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'init.defaultBranch=main'];
    execFileSync('git', [...identity, ...args], { stdio: 'ignore' });
  };
  git('init', mainRoot);
  await writeFile(path.join(mainRoot, 'README'), 'x');
  git('-C', mainRoot, 'add', 'README');
  git('-C', mainRoot, 'commit', '-m', 'x');
  git('-C', mainRoot, 'worktree', 'add', linkedRoot);
  const main = await createNodePorts({ workspaceRoot: mainRoot, logger: createRecordingLogger() });
  const linked = await createNodePorts({ workspaceRoot: linkedRoot, logger: createRecordingLogger() });
  return { main, linked, mainRoot, linkedRoot };
}

function memory(ports: CorePorts, name: string): FileWrite {
  const text = renderMemory({ name, description: name, body: name });
  return { path: `facts/${name}.md`, expected: null, bytes: ports.text.encode(text) };
}

/** The same ports for a process that dies at its first rename into the tree: committed, and nothing in place yet. */
function dyingAfterCommit(ports: CorePorts): CorePorts {
  let dead = false;
  const alive = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>, dies: (...args: A) => boolean) => {
    return async (...args: A): Promise<R> => {
      dead ||= dies(...args);
      if (dead) throw new AgentDreamsError('io', 'The process is dead.');
      return call(...args);
    };
  };
  const { files } = ports;
  const lives = (): boolean => false;
  return {
    ...ports,
    files: {
      ...files,
      write: alive((file: string, bytes: Uint8Array) => files.write(file, bytes), lives),
      append: alive((file: string, bytes: Uint8Array) => files.append(file, bytes), lives),
      remove: alive((file: string) => files.remove(file), lives),
      syncDirectory: alive((folder: string) => files.syncDirectory(folder), lives),
      rename: alive((from: string, to: string) => files.rename(from, to), lives),
      moveNew: alive(
        (from: string, to: string) => files.moveNew(from, to),
        (from) => from.startsWith('.staging/'),
      ),
    },
  };
}

describe('a linked git worktree', () => {
  it('has its own memories, and one journal with the main checkout', async () => {
    const { main, linked } = await twoCheckouts();

    await applyTransaction(main, { writes: [memory(main, 'in-main')], event: EVENT });
    await applyTransaction(linked, { writes: [memory(linked, 'in-linked')], event: EVENT });

    expect(await linked.files.stat('facts/in-main.md')).toBeUndefined();
    expect(await main.files.stat('facts/in-linked.md')).toBeUndefined();
    const { lines } = await readJournal(main);
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await verifyJournal(linked)).toBe(true);
  });

  it('completes its own interrupted change, and only its own', async () => {
    const { main, linked } = await twoCheckouts();
    const writes = [memory(linked, 'interrupted')];
    await expect(applyTransaction(dyingAfterCommit(linked), { writes, event: EVENT })).rejects.toThrow();

    expect(await recover(main)).toBe('clean');
    await applyTransaction(main, { writes: [memory(main, 'meanwhile')], event: EVENT });
    expect(await main.files.stat('facts/interrupted.md')).toBeUndefined();
    expect(await recover(linked)).toBe('rolled-forward');

    expect(await linked.files.stat('facts/interrupted.md')).toBeDefined();
    const { lines } = await readJournal(main);
    const changed = lines.map(({ files }) => files.find(({ path: file }) => file !== 'MEMORY.md')?.path);
    expect(changed).toEqual(['facts/meanwhile.md', 'facts/interrupted.md']);
    expect(await verifyJournal(main)).toBe(true);
    expect(await recover(linked)).toBe('clean');
  });
});
