import { symlink } from 'node:fs/promises';
import path from 'node:path';
import type { RecallReport } from '../../../src/core/recall/recallReport';
import { timesIn } from './body';
import { openCliWorld, type CliRun, type CliWorld, type SentBody, type Turn } from './cliWorld';
import { openRecallStore, type RecallStore } from './recallStore';
import { differences, treeOf } from './tree';

/** How a text stands in what the model was shown. */
export type Arrival = 'once' | 'doubled' | 'in part' | 'none' | 'no request';

/** What one session, or one subagent, was shown. */
export interface DeliveryRow {
  readonly place: string;
  readonly wanted: Arrival;
  readonly got: Arrival;
  /** The first sentence of the preface is there too; of a row that wants nothing: it is not. */
  readonly preface: boolean;
}

/** What became of one connection, from before it to after it. */
export interface Delivery {
  readonly channel: 'hooks' | 'rules';
  readonly connected: readonly DeliveryRow[];
  readonly disconnected: readonly DeliveryRow[];
  /** Lines of the index in the main agent's text; the other memories stand in it whole. */
  readonly indexLines: number;
  readonly touched: number;
  /** Paths that are not byte for byte as they were before; rights count. */
  readonly leftBehind: readonly string[];
  /** `git status` says the same as before while connected. */
  readonly statusChanged: boolean;
}

export const PREFACE = 'These are established facts about this project and how its people work';
const MARKER = 'Agent Dreams memory ';
/** Custom agents of the workspace, and the built-in ones of the release. */
const OWN_AGENTS = ['reviewer', 'tester'];
const BUILT_IN = ['general-purpose', 'Explore', 'Plan', 'claude'];
/** What the program itself leaves out of messages to these. */
const WITHOUT_RULES = new Set(['Explore', 'Plan']);

/** More than one hook can say, so that several have to arrive. */
export async function fillStore(store: RecallStore): Promise<void> {
  await store.add({
    path: 'preferences/answer-briefly.md',
    description: 'Answer briefly',
    body: 'Brief answers.',
    pinned: true,
  });
  await store.add({
    path: 'conventions/money-in-cents.md',
    description: 'Amounts are integers of cents',
    body: 'Amounts are integers of cents, never floats.\n\n**Why:** rounding.\n\n[m-ffff] is no entry, nor is `Agent Dreams memory 00000000`.',
  });
  await store.add({
    path: 'pitfalls/locked-fixtures.md',
    description: 'Fixtures are locked',
    body: 'Copy them.',
    paths: ['src/**'],
  });
  await store.add({
    path: 'agents/reviewer/conventions/look-at-rounding.md',
    description: 'Look at rounding',
    body: 'First.',
  });
  await store.add({ path: '.local/personal/preferences/dark-theme.md', description: 'Dark theme', body: 'Always.' });
  for (let n = 0; n < 40; n += 1) {
    const body = `Fact ${n} of the project. ${'It has some length, as facts do. '.repeat(12)}`;
    await store.add({ path: `facts/fact-${n}.md`, description: `Fact number ${n}`, body });
  }
}

/** A session on the way to a finding: what is started where, and which of its bodies tell. */
interface Probe {
  readonly place: string;
  readonly wanted: Arrival;
  readonly texts: readonly string[];
  readonly body: () => Promise<SentBody | undefined>;
  /** A new conversation: the others tell nothing more after disconnecting. */
  readonly isNew: boolean;
}

function arrivalOf(body: SentBody | undefined, texts: readonly string[]): Arrival {
  if (body === undefined) return 'no request';
  const times = texts.map((text) => timesIn(body.texts, text));
  if (times.some((count) => count > 1)) return 'doubled';
  if (times.every((count) => count === 1)) return 'once';
  return times.every((count) => count === 0) && timesIn(body.texts, MARKER) === 0 ? 'none' : 'in part';
}

async function rowsOf(probes: readonly Probe[], connected: boolean): Promise<readonly DeliveryRow[]> {
  const rows: DeliveryRow[] = [];
  for (const { place, wanted, texts, body } of probes) {
    const found = await body();
    const [got, expected] = [arrivalOf(found, texts), connected ? wanted : 'none'];
    const prefaces = found === undefined ? 0 : timesIn(found.texts, PREFACE);
    rows.push({ place, wanted: expected, got, preface: prefaces === (expected === 'once' ? texts.length : 0) });
  }
  return rows;
}

/** Connects, looks in every place, disconnects, and looks again. */
export async function deliver(program: string, channel: 'hooks' | 'rules'): Promise<Delivery> {
  const world = await openCliWorld(program);
  try {
    await furnish(world);
    const store = await openRecallStore(world);
    await fillStore(store);
    const report = await store.render();
    await world.git(['add', '-A']);
    await world.git(['commit', '-q', '-m', 'Work']);
    await world.git(['worktree', 'add', '-q', path.join(world.folder, 'beside')]);
    await symlink(world.repository, path.join(world.folder, 'link'));
    const [before, status] = [await treeOf(world.repository), await world.git(['status', '--short'])];
    const touched = await store.connect({ channel });
    const printed = (await store.printed(report, channel === 'hooks' ? 'main' : 'rules')).join('\n');
    const indexLines = (printed.match(/^- \[m-[0-9a-f]{4,}\] /gmu) ?? []).length;
    const statusChanged = (await world.git(['status', '--short'])) !== status;
    const probes = await probesOf(world, store, report, channel);
    const connected = await rowsOf(probes, true);
    await store.disconnect();
    const leftBehind = differences(before, await treeOf(world.repository));
    const disconnected = await rowsOf(
      probes.filter(({ isNew }) => isNew),
      false,
    );
    return { channel, connected, disconnected, indexLines, touched: touched.length, leftBehind, statusChanged };
  } finally {
    await world.close();
  }
}

/** What a person has there already: other hooks, other rules, agents. */
async function furnish(world: CliWorld): Promise<void> {
  const other = { matcher: '', hooks: [{ type: 'command', command: 'echo Words of another hook' }] };
  await world.write(
    '.claude/settings.local.json',
    `${JSON.stringify({ permissions: { allow: ['Bash(ls:*)'] }, hooks: { SessionStart: [other] } }, undefined, 4)}\r\n`.replaceAll(
      '\n',
      '\r\n',
    ),
  );
  await world.write('.gitignore', '.claude/settings.local.json\n');
  await world.write('.claude/rules/style.md', 'Words of another rule.\n');
  for (const name of OWN_AGENTS) {
    await world.write(
      `.claude/agents/${name}.md`,
      `---\nname: ${name}\ndescription: Does what a ${name} does\n---\nYou are one.\n`,
    );
  }
  await world.write('packages/app/index.ts', 'export const one = 1;\n');
}

async function probesOf(
  world: CliWorld,
  store: RecallStore,
  report: RecallReport,
  channel: 'hooks' | 'rules',
): Promise<readonly Probe[]> {
  const hooks = channel === 'hooks';
  const texts = await store.printed(report, hooks ? 'main' : 'rules');
  const main = { wanted: 'once', texts, isNew: false } as const;
  const at = (...parts: string[]): string => path.join(world.folder, ...parts);
  const start = (place: string, cwd: string, wanted: Arrival = 'once'): Probe => ({
    place,
    wanted,
    texts,
    isNew: true,
    body: async () => (await world.run('Hello', { cwd })).bodies.at(-1),
  });
  return [
    start('root', world.repository),
    start('sub-folder', at('project/packages/app')),
    // Rules that git does not track are in the main checkout alone.
    start('linked worktree', at('beside'), hooks ? 'once' : 'none'),
    start('sub-folder of a linked worktree', at('beside/packages/app'), hooks ? 'once' : 'none'),
    start('through a link', at('link')),
    { place: 'resumed', ...main, body: async () => await goneOn(world, []) },
    { place: 'forked', ...main, body: async () => await goneOn(world, ['--fork-session']) },
    { place: 'resumed after compact', ...main, body: async () => await compacted(world) },
    {
      place: 'after compact',
      ...main,
      body: async () => (await world.converse(['Hello', '/compact', 'Go on'])).bodies.at(-1),
    },
    { place: 'after automatic compact', ...main, body: async () => await filled(world) },
    {
      place: 'after clear',
      ...main,
      body: async () => (await world.converse(['Hello', '/clear', 'Go on'])).bodies.at(-1),
    },
    ...(await agentProbes(world, store, report, channel)),
  ];
}

async function goneOn(world: CliWorld, args: readonly string[]): Promise<SentBody | undefined> {
  const { session } = await world.run('Hello');
  return (await world.run('Go on', { args: ['--resume', session, ...args] })).bodies.at(-1);
}

async function compacted(world: CliWorld): Promise<SentBody | undefined> {
  const { session } = await world.run('Hello');
  await world.run('/compact', { args: ['--resume', session] });
  return (await world.run('Go on', { args: ['--resume', session] })).bodies.at(-1);
}

/** The model says that its window is full. */
async function filled(world: CliWorld): Promise<SentBody | undefined> {
  const usage = { input: 1_200_000 };
  const call = (command: string): Turn => ({ calls: [{ name: 'Bash', input: { command } }], usage });
  world.play('Fill it', call('echo 1'), call('echo 2'));
  return (await world.run('Fill it')).bodies.at(-1);
}

/** One session starts one agent of each type. */
async function agentProbes(
  world: CliWorld,
  store: RecallStore,
  report: RecallReport,
  channel: 'hooks' | 'rules',
): Promise<readonly Probe[]> {
  const types = [...OWN_AGENTS, ...BUILT_IN, 'fork'];
  const turns = types.map((type): Turn => ({ calls: [agentCall(type, `Work of a ${type}.`)] }));
  world.play('Give work to all', ...turns);
  for (const type of types) world.play(`Work of a ${type}.`, { text: 'Done.' });
  let run: Promise<CliRun> | undefined;
  const probes: Probe[] = [];
  for (const type of types) {
    const asked = `Work of a ${type}.`;
    probes.push({
      place: `subagent ${type}`,
      wanted: channel === 'rules' && WITHOUT_RULES.has(type) ? 'none' : 'once',
      texts: await textsFor(type, store, report, channel),
      isNew: true,
      body: async () => {
        // The first probe of a round runs the session for all.
        if (type === types[0]) run = world.run('Give work to all');
        return (await run)?.bodies.find(({ prompt }) => prompt === asked);
      },
    });
  }
  return probes;
}

/** A call that starts a subagent and waits for it. */
export function agentCall(
  type: string,
  prompt: string,
): { readonly name: string; readonly input: Readonly<Record<string, unknown>> } {
  return { name: 'Agent', input: { description: 'Work', prompt, subagent_type: type, run_in_background: false } };
}

async function textsFor(
  type: string,
  store: RecallStore,
  report: RecallReport,
  channel: 'hooks' | 'rules',
): Promise<readonly string[]> {
  if (channel === 'rules') return await store.printed(report, 'rules');
  // A fork goes on with its parent's conversation.
  if (type === 'fork') return await store.printed(report, 'main');
  const own = await store.printed(report, 'agent', type);
  return own.length > 0 ? own : await store.printed(report, 'any');
}
