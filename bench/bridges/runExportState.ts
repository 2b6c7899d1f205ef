import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bridgeFormat } from '../../src/core/bridges/formats';
import { planExport, planRemoval, type ExportPlan } from '../../src/core/bridges/planExport';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import type { CorePorts } from '../../src/core/ports';
import { bridgeFolder } from '../../src/node/bridges/bridgeFolder';
import { carryOutExport } from '../../src/node/bridges/carryOutExport';
import { createHasher } from '../../src/node/hasher';
import { createFakePorts } from '../../test/fakes/fakePorts';
import type { blockFiles, ExportState } from './exportStates';

/** What went wrong with a state, step by step; empty where everything was right. */
export type Wrong = readonly string[];

/**
 * One file in one state: exported to, again without a change, again with one more memory, edited by hand, replaced after
 * being asked, and taken back. Real files in a folder of their own.
 */
export async function runExportState(state: ExportState, target: (typeof blockFiles)[number]): Promise<Wrong> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-bridges-'));
  try {
    return await new Run(root, state, target, await store()).run();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function store(): Promise<CorePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await remember(ports, 'pnpm', 'Use pnpm, never npm');
  return ports;
}

async function remember(ports: CorePorts, slug: string, description: string): Promise<void> {
  const draft = { path: `conventions/${slug}.md`, description, body: `${description}.` };
  await createMemory(ports, draft, [{ kind: 'by-hand', at: '' }]);
}

class Run {
  readonly #wrong: string[] = [];
  readonly #file: string;

  constructor(
    private readonly root: string,
    private readonly state: ExportState,
    private readonly target: (typeof blockFiles)[number],
    private readonly ports: CorePorts,
  ) {
    this.#file = path.join(root, target.file);
  }

  async run(): Promise<Wrong> {
    await this.#prepare();
    const { expected, before } = this.state;
    const isMissing = before === null && !this.target.makes;
    if (expected === 'refused' || isMissing) await this.#isRefused(isMissing ? 'missing' : this.state.reason);
    else await this.#isWritten();
    return this.#wrong;
  }

  async #prepare(): Promise<void> {
    const { before, make } = this.state;
    if (before === null) return;
    await mkdir(path.dirname(this.#file), { recursive: true });
    const real = make === 'link' ? path.join(this.root, 'real.md') : this.#file;
    await writeFile(real, before);
    if (make === 'link') await symlink(real, this.#file);
    if (make === 'read-only') await chmod(real, 0o444);
  }

  async #isRefused(reason: string | undefined): Promise<void> {
    const before = await this.#now();
    const plan = await this.#export();
    this.#expect('refused', plan.files.length === 0 && plan.refusals[0]?.reason === reason);
    await this.#remove();
    this.#expect('left as it is', same(await this.#now(), before));
  }

  async #isWritten(): Promise<void> {
    const before = await this.#now();
    await this.#export();
    const once = await this.#text();
    this.#expect('written', once.includes('Use pnpm, never npm') && !once.includes('Use npm.'));
    this.#expect('one block', once.split('agent-dreams:memory:end').length === 2);
    if (this.state.expected === 'written')
      this.#expect('what people wrote stays', before === undefined || once.startsWith(before.toString('utf8')));
    this.#expect('no change again', (await this.#export()).files.length === 0);
    await remember(this.ports, 'vitest', 'Run the tests with vitest');
    await this.#export();
    this.#expect('written anew', (await this.#text()).includes('vitest'));
    await this.#isEdited();
    await this.#remove();
    const back = await this.#now();
    if (this.state.expected === 'written') this.#expect('back to the byte', same(back, before));
    else this.#expect('block gone', back !== undefined && !back.includes('agent-dreams:memory'));
    const rest = (await readdir(this.root)).filter((name) => name !== '.local');
    if (before === undefined) this.#expect('no folder left', rest.length === 0);
  }

  async #isEdited(): Promise<void> {
    const edited = (await this.#text()).replace('### Use pnpm', '### Use bun');
    await writeFile(this.#file, edited);
    const [plan, removal] = [await this.#export(), await this.#remove()];
    const shown = [plan, removal].every((one) => one.files.length === 0 && one.conflicts[0]?.kind === 'edited');
    this.#expect('edit shown and left', shown && (await this.#text()) === edited);
    await this.#export(true);
    this.#expect('replaced when asked', (await this.#text()).includes('### Use pnpm'));
  }

  async #export(replaceEdited = false): Promise<ExportPlan> {
    return this.#carryOut(await planExport(this.ports, this.#request(replaceEdited)));
  }

  async #remove(): Promise<ExportPlan> {
    return this.#carryOut(await planRemoval(this.#request(false)));
  }

  #request(replaceEdited: boolean) {
    return {
      format: bridgeFormat(this.target.id),
      files: bridgeFolder(this.root, this.root, 'bench'),
      context: { hasher: createHasher(), project: 'bench', root: this.root, now: '2026-11-21T12:00:00.000Z' },
      replaceEdited,
    };
  }

  async #carryOut(plan: ExportPlan): Promise<ExportPlan> {
    const recordFile = path.join(this.root, '.local', 'exports.json');
    await carryOutExport({ folder: this.root, within: this.root, recordFile }, plan.files);
    return plan;
  }

  async #now(): Promise<Buffer | undefined> {
    return readFile(this.#file).catch(() => undefined);
  }

  async #text(): Promise<string> {
    return (await this.#now())?.toString('utf8') ?? '';
  }

  #expect(what: string, isRight: boolean): void {
    if (!isRight) this.#wrong.push(what);
  }
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}
