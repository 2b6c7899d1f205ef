import { build } from 'esbuild';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { mustRun } from '../../scripts/process';
import { openBrowser, type BrowserWindow } from '../../scripts/rig/browser';
import { openSuite } from '../../scripts/rig/extensionHost';
import { createSandbox, type Sandbox } from '../../scripts/rig/sandbox';
import { startServer, type RunningServer } from '../../scripts/rig/server';
import { root } from '../../scripts/root';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import { randomNumbers } from '../processes/children';
import {
  after,
  judgeHostStore,
  prepareStore,
  type HostFlaw,
  type HostOperation,
  type StoreState,
} from './hostKillsModel';
import { killHost, LockWatch, Progress, remainsIn, type Announcement, type Remains } from './hostProcess';

export interface HostKillsReport {
  readonly kills: number;
  /** Kills between the announcement of a decision and its end, by the command that was under way. */
  readonly during: Readonly<Record<string, number>>;
  readonly underWay: number;
  /** How far the change on the disk had come, as the dead process left it. */
  readonly remains: Readonly<Record<Remains, number>>;
  /** Changes under way that were there, or not there, when the extension was opened again. */
  readonly completed: number;
  readonly discarded: number;
  readonly flaws: Readonly<Record<HostFlaw, number>>;
  /** Milliseconds that accepting took, undisturbed. */
  readonly acceptMs: number;
  /** Milliseconds for which the store is locked, undisturbed. */
  readonly lockedMs: number;
  /** Seconds until a new page has opened the store, on average. */
  readonly openSeconds: number;
  readonly secondsPerKill: number;
}

const OPEN_MS = 90_000;
const STEP_MS = 30_000;
/** A host is killed in one of its first so many decisions. */
const DECISIONS = 2;
/** The others strike at any instant of the command, most while the store is being written. */
const ANYWHERE = 0.2;
/** Of each kind, before the first kill: how long they take is measured. */
const WARM_UP = 2;

/**
 * Kills the extension host of a real VS Code while the extension decides about a proposal of 20 files, at random
 * instants of its commands, and looks at what it finds when it is opened again on the same folder. Linux only.
 */
export async function runHostKills({
  kills,
  seed,
}: {
  readonly kills: number;
  readonly seed: number;
}): Promise<HostKillsReport> {
  await mustRun(process.execPath, ['build/esbuild.mjs'], { cwd: root });
  const sandbox = await createSandbox('agent-dreams-kills-');
  let server: RunningServer | undefined;
  let window: BrowserWindow | undefined;
  let run: HostKills | undefined;
  try {
    const control = await prepareControl(sandbox);
    server = await startServer(sandbox, { testDriver: true, env: { AGENT_DREAMS_KILLS: control } });
    window = await openBrowser({ home: sandbox.home });
    const userFolder = path.join(sandbox.home, '.config/agent-dreams');
    const logger = createRecordingLogger();
    const ports = await createNodePorts({ workspaceRoot: sandbox.workspace, logger, userFolder });
    run = new HostKills({ sandbox, server, window, control, ports }, await prepareStore(ports), randomNumbers(seed));
    return await run.go(kills);
  } catch (error) {
    const log = await readFile(path.join(sandbox.root, 'server.log'), 'utf8').catch(() => '');
    process.stderr.write(`${log.split('\n').slice(-15).join('\n')}\n`);
    throw error;
  } finally {
    run?.close();
    await window?.close();
    await server?.stop();
    await sandbox.remove();
  }
}

/** What is packaged of the extension, as far as it runs. */
const PARTS = ['dist/extension.js', 'dist/app.js', 'media', 'package.json', 'package.nls.json'] as const;

/**
 * A copy of the extension with the suite inside, and the file of what is announced. VS Code gives each extension a
 * `vscode` of its own: only a suite in the extension's folder shares it, and can answer what the extension asks.
 */
async function prepareControl({ root: folder }: Sandbox): Promise<string> {
  const control = path.join(folder, 'control');
  for (const part of PARTS) await cp(path.join(root, part), path.join(control, 'extension', part), { recursive: true });
  await writeFile(path.join(control, 'progress'), '');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/crash/hostKillsSuite.ts'],
    outfile: path.join(control, 'extension/suite.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return control;
}

interface Rig {
  readonly sandbox: Sandbox;
  readonly server: RunningServer;
  readonly window: BrowserWindow;
  readonly control: string;
  readonly ports: CorePorts;
}

/** What was announced in a turn up to the kill. */
interface Seen {
  readonly done: readonly HostOperation[];
  readonly underWay: HostOperation | undefined;
}

class HostKills {
  readonly #rig: Rig;
  readonly #random: () => number;
  readonly #progress: Progress;
  readonly #lock: LockWatch;
  readonly #during = new Map<HostOperation, number>();
  readonly #remains: Record<Remains, number> = { none: 0, locked: 0, staged: 0, committed: 0 };
  readonly #flaws = { torn: 0, mixed: 0, lost: 0, journalInconsistent: 0, litter: 0, locked: 0 };
  #state: StoreState;
  #completed = 0;
  #discarded = 0;
  #openMs = 0;

  constructor(rig: Rig, state: StoreState, random: () => number) {
    this.#rig = rig;
    this.#state = state;
    this.#random = random;
    this.#progress = new Progress(path.join(rig.control, 'progress'));
    this.#lock = new LockWatch(path.join(rig.sandbox.workspace, '.agent-memory'), 'store');
  }

  async go(kills: number): Promise<HostKillsReport> {
    const began = performance.now();
    let page = await this.#open(0);
    for (let turn = 0; turn < kills; turn += 1) {
      const seen = await this.#killIn(turn);
      await page.close();
      page = await this.#open(turn + 1);
      await this.#judge(seen);
    }
    await page.close();
    const during = Object.fromEntries(this.#during);
    return {
      kills,
      during,
      underWay: [...this.#during.values()].reduce((sum, count) => sum + count, 0),
      remains: this.#remains,
      completed: this.#completed,
      discarded: this.#discarded,
      flaws: this.#flaws,
      acceptMs: Math.round(this.#usualMs('accept')),
      lockedMs: Math.round(this.#lock.usualMs),
      openSeconds: this.#openMs / 1_000 / (kills + 1),
      secondsPerKill: (performance.now() - began) / 1_000 / kills,
    };
  }

  close(): void {
    this.#progress.close();
    this.#lock.close();
  }

  /** Opens the folder in a new page, hence in a new extension host, and waits until the extension has opened the store. */
  async #open(turn: number): Promise<Page> {
    const { window, server, sandbox, control } = this.#rig;
    const began = performance.now();
    await writeFile(path.join(control, 'turn'), String(turn));
    const page = await window.context.newPage();
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', () => undefined);
    const suite = {
      developmentPath: path.join(control, 'extension'),
      testsPath: path.join(control, 'extension/suite.js'),
    };
    await openSuite(page, server, suite, sandbox.workspace);
    const opened = await this.#said(turn, 'opened', OPEN_MS);
    this.#openMs += performance.now() - began;
    if (!opened.rest.includes('is intact')) this.#flaws.journalInconsistent += 1;
    return page;
  }

  async #said(turn: number, word: string, timeoutMs: number, count = 1): Promise<Announcement> {
    const find = (lines: readonly Announcement[]): Announcement | undefined =>
      lines.filter((line) => line.turn === turn && line.word === word)[count - 1];
    return await this.#progress.until(`${word} in turn ${turn}`, find, timeoutMs);
  }

  /** Lets the host decide, and kills it at a random instant of one of its first decisions. */
  async #killIn(turn: number): Promise<Seen> {
    const { control, server, sandbox } = this.#rig;
    const host = Number((await this.#said(turn, 'host', STEP_MS)).rest);
    this.#lock.begin();
    await writeFile(path.join(control, `go-${turn}`), '');
    const early = turn === 0 ? await this.#warmUp() : 0;
    const started = await this.#said(turn, 'start', STEP_MS, early + 1 + Math.floor(this.#random() * DECISIONS));
    const usualMs = this.#usualMs(started.rest as HostOperation);
    if (this.#random() < ANYWHERE) {
      await this.#pauseUntil(started.at + this.#random() * usualMs);
    } else if (await this.#lock.untilHeld(usualMs)) {
      await this.#pauseUntil(performance.timeOrigin + performance.now() + this.#random() * this.#lock.usualMs);
    }
    this.#lock.end();
    await killHost(host, server.pid);
    this.#remains[remainsIn(path.join(sandbox.workspace, '.agent-memory'))] += 1;
    return this.#seen(turn);
  }

  async #pauseUntil(instant: number): Promise<void> {
    const waitMs = instant - (performance.timeOrigin + performance.now());
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  /** How many decisions were made to measure how long they take. */
  async #warmUp(): Promise<number> {
    const enough = (lines: readonly Announcement[]): number | undefined => {
      const counts = new Map<string, number>();
      for (const { word, rest } of lines) if (word === 'start') counts.set(rest, (counts.get(rest) ?? 0) + 1);
      const all = (['accept', 'undo', 'create'] as const).every((one) => (counts.get(one) ?? 0) > WARM_UP);
      return all ? lines.filter(({ word }) => word === 'start').length : undefined;
    };
    return await this.#progress.until('a few decisions of each kind', enough, STEP_MS);
  }

  /** The median of how long an operation took so far. */
  #usualMs(operation: HostOperation): number {
    const { lines } = this.#progress;
    const times = lines.flatMap((line, index) => {
      const before = lines[index - 1];
      return line.word === 'done' && before?.rest === operation ? [line.at - before.at] : [];
    });
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  }

  #seen(turn: number): Seen {
    const done: HostOperation[] = [];
    let underWay: HostOperation | undefined;
    for (const { word, rest } of this.#progress.lines.filter((line) => line.turn === turn)) {
      if (word === 'start') underWay = rest as HostOperation;
      if (word !== 'done' || underWay === undefined) continue;
      done.push(underWay);
      underWay = undefined;
    }
    return { done, underWay };
  }

  async #judge({ done, underWay }: Seen): Promise<void> {
    const old = done.reduce(after, this.#state);
    const next = underWay && after(old, underWay);
    const { state, flaws } = await judgeHostStore(this.#rig.ports, old, next);
    for (const flaw of flaws) this.#flaws[flaw] += 1;
    this.#state = state;
    if (underWay === undefined) return;
    this.#during.set(underWay, (this.#during.get(underWay) ?? 0) + 1);
    if (state === next) this.#completed += 1;
    else this.#discarded += 1;
  }
}
