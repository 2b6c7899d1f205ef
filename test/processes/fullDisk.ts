import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAgentDreamsError } from '../../src/core/errors';
import { readJournal, verifyJournal } from '../../src/core/history/journal';
import { applyTransaction, recover } from '../../src/core/history/transaction';
import { readStore } from '../../src/core/memory/store';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import { inFolder } from './children';
import { memoryText, openStore } from './openStore';

export interface FullDiskReport {
  readonly levels: number;
  readonly applied: number;
  readonly refused: number;
  /** Neither the old store nor the new one, or a journal that says otherwise. */
  readonly partial: number;
  /** Refused with something else than `disk-full` and words that say so. */
  readonly unclear: readonly string[];
  readonly unreadable: number;
  /** The same change was refused again when there was space again. */
  readonly retriesFailed: readonly string[];
}

const run = promisify(execFile);
const PAGE = 4_096;
const FILES = 12;

/** Why nothing can be mounted here, or undefined. */
export async function whyNoMounts(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'needs Linux';
  return inFolder('mount', async (folder) => {
    try {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
      await run('umount', [folder]);
      return undefined;
    } catch {
      return 'needs the right to mount';
    }
  });
}

/** Applies changes on a small file system with less and less space left, and again when there is space. */
export function runFullDisk(levels: number): Promise<FullDiskReport> {
  return inFolder('full', async (folder) => {
    const total = { applied: 0, refused: 0, partial: 0, unreadable: 0 };
    const unclear: string[] = [];
    const retriesFailed: string[] = [];
    for (let level = 0; level < levels; level += 1) {
      const workspace = path.join(folder, `level-${level}`);
      await mkdir(workspace);
      await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', workspace]);
      try {
        // From nothing left to more than a change needs.
        const one = await oneLevel(workspace, level * 2);
        for (const key of ['applied', 'refused', 'partial', 'unreadable'] as const) total[key] += Number(one[key]);
        if (one.unclear !== undefined) unclear.push(one.unclear);
        if (one.retryFailed !== undefined) retriesFailed.push(one.retryFailed);
      } finally {
        await run('umount', ['-l', workspace]);
      }
    }
    return { levels, ...total, unclear, retriesFailed };
  });
}

interface Level {
  readonly applied: boolean;
  readonly refused: boolean;
  readonly partial: boolean;
  readonly unreadable: boolean;
  readonly unclear?: string;
  readonly retryFailed?: string;
}

const memories = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: FILES }, (_unused, index) => [
      `facts/fact-${index}.md`,
      memoryText(`fact-${index}`, text.repeat(40)),
    ]),
  );
const OLD = memories('The old text. ');
const NEW = memories('The new text. ');

async function oneLevel(workspace: string, pagesLeft: number): Promise<Level> {
  const ports = await openStore(workspace, OLD);
  const ballast = path.join(workspace, 'ballast');
  await fill(ballast, pagesLeft);
  const error = await apply(ports);
  const partial = !(await isWhole(ports, error));
  const unreadable = !(await isReadable(ports));
  await rm(ballast);
  const reopened = await createNodePorts({ workspaceRoot: workspace, logger: createRecordingLogger() });
  const again = await recover(reopened).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const retry = again ?? ((await holdsAll(reopened, NEW)) ? undefined : await apply(reopened));
  const whole = retry === undefined && (await holdsAll(reopened, NEW)) && (await isReadable(reopened));
  const clear = isAgentDreamsError(error, 'disk-full') && /disk is full/u.test(error.message);
  return {
    applied: error === undefined,
    refused: error !== undefined,
    partial,
    unreadable,
    ...(error === undefined || clear ? {} : { unclear: wordsOf(error) }),
    ...(whole ? {} : { retryFailed: wordsOf(retry) }),
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'not the new text';
}

/** Takes all space but some pages. */
async function fill(ballast: string, pagesLeft: number): Promise<void> {
  const { bavail, bsize } = await statfs(path.dirname(ballast));
  const pages = Math.max(0, Math.floor((bavail * bsize) / PAGE) - pagesLeft);
  const handle = await open(ballast, 'w');
  try {
    await handle.writeFile(new Uint8Array(pages * PAGE));
  } finally {
    await handle.close();
  }
}

async function apply(ports: CorePorts): Promise<unknown> {
  try {
    const writes = [];
    for (const [file, text] of Object.entries(NEW)) {
      const present = await ports.files.read(file);
      const expected = present === undefined ? null : ports.hasher.sha256(present);
      writes.push({ path: file, expected, bytes: ports.text.encode(text) });
    }
    await applyTransaction(ports, { writes, event: { actor: 'user', action: 'accept', evidence: [] } });
    return undefined;
  } catch (error) {
    return error;
  }
}

async function holdsAll(ports: CorePorts, texts: Readonly<Record<string, string>>): Promise<boolean> {
  for (const [file, text] of Object.entries(texts)) {
    const bytes = await ports.files.read(file);
    if (bytes === undefined || ports.text.decode(bytes).text !== text) return false;
  }
  return true;
}

/** All old, all new, or decided but said to be unfinished; and the journal agrees. */
async function isWhole(ports: CorePorts, error: unknown): Promise<boolean> {
  const { lines } = await readJournal(ports);
  const told = lines.some(({ action }) => action === 'accept');
  if (error === undefined) return told && (await holdsAll(ports, NEW));
  if (isAgentDreamsError(error) && error.details['unfinished'] === true) return true;
  return !told && (await holdsAll(ports, OLD));
}

async function isReadable(ports: CorePorts): Promise<boolean> {
  try {
    const { memories: read, problems } = await readStore(ports);
    return read.length === FILES && problems.length === 0 && (await verifyJournal(ports));
  } catch {
    return false;
  }
}

/** What an apply says on a file system that is mounted read-only, and whether the store is unchanged and readable. */
export function runReadOnly(): Promise<{ readonly code: string; readonly unchanged: boolean }> {
  return inFolder('read-only', async (workspace) => {
    await openStore(workspace, OLD);
    await run('mount', ['--bind', workspace, workspace]);
    try {
      await run('mount', ['-o', 'remount,ro,bind', workspace]);
      const ports = await createNodePorts({ workspaceRoot: workspace, logger: createRecordingLogger() });
      const error = await apply(ports);
      const unchanged = (await holdsAll(ports, OLD)) && (await isReadable(ports));
      return { code: isAgentDreamsError(error) ? error.code : String(error), unchanged };
    } finally {
      await run('umount', ['-l', workspace]);
    }
  });
}
