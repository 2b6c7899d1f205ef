import fc from 'fast-check';
import { renderMemory } from '../../src/core/memory/codec';
import { createMemory } from '../../src/core/memory/newMemory';
import { archiveMemory } from '../../src/core/memory/archive';
import { initializeStore } from '../../src/core/memory/store';
import type { Owner } from '../../src/core/ports';
import { readPathRules } from '../../src/core/recall/pathRules';
import { subagentFile } from '../../src/core/recall/recallFiles';
import type { RecalledView } from '../../src/core/recall/recallReport';
import { renderRecall } from '../../src/core/recall/renderRecall';
import type { SubagentViews } from '../../src/core/recall/view';
import { createFakePorts, nodeHasher, type FakePorts } from '../fakes/fakePorts';

const AGENTS = ['reviewer', 'tester', 'Explore', 'p:doc'] as const;
const FOLDERS = ['api', 'web', 'docs'] as const;
type Agent = (typeof AGENTS)[number];

/** What one memory of a made-up store is, and so who may read it. */
interface Planted {
  /** Where it stands: for everybody, for one agent, for this user, archived, or written by nobody that was asked. */
  readonly place: 'team' | 'agent' | 'personal' | 'archived' | 'waiting';
  /** Whose folder it is in, where it is in an agent's. */
  readonly owner: 'reviewer' | 'tester' | 'explore';
  readonly agents: readonly Agent[];
  readonly folders: readonly (typeof FOLDERS)[number][];
  readonly load: 'always' | 'index' | 'on-demand';
  readonly pinned: boolean;
  /** Characters of its body. */
  readonly size: number;
}

const planted = fc.record<Planted>({
  place: fc.constantFrom('team', 'team', 'agent', 'personal', 'archived', 'waiting'),
  owner: fc.constantFrom('reviewer', 'tester', 'explore'),
  agents: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...AGENTS), { minLength: 1, maxLength: 2 })),
  folders: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...FOLDERS), { minLength: 1, maxLength: 2 })),
  load: fc.constantFrom('always', 'index', 'index', 'on-demand'),
  pinned: fc.boolean(),
  size: fc.constantFrom(10, 200, 3_000, 20_000),
});

/** A store, how subagents see it, and how much may be said. */
interface World {
  readonly memories: readonly Planted[];
  readonly subagents: SubagentViews;
  readonly maxTokens: number;
}

/** Made-up worlds. */
export const worlds = fc.record<World>({
  memories: fc.array(planted, { maxLength: 14 }),
  subagents: fc.constantFrom<SubagentViews>('full', 'filtered'),
  maxTokens: fc.constantFrom(500, 3_000, 12_000),
});

/** A memory that everybody may read: who is judged by the rules of another setting is seen to leak it, or to lack it. */
export const everybodysMemory: World['memories'][number] = {
  place: 'team',
  owner: 'tester',
  agents: [],
  folders: [],
  load: 'index',
  pinned: false,
  size: 10,
};

/** A word that stands in this memory and nowhere else, in its description and in its body. */
const word = (n: number): string => `secretword${n}x`;

function pathOf({ place, owner }: Planted, n: number): string {
  if (place === 'agent') return `agents/${owner}/facts/m${n}.md`;
  return place === 'personal' ? `.local/personal/facts/m${n}.md` : `facts/m${n}.md`;
}

/** Who the rules of the product, said once more in other words, let read it. */
function mayRead(memory: Planted, viewer: Agent | 'main' | 'stranger', subagents: SubagentViews): boolean {
  const { place, owner, agents } = memory;
  if (place === 'archived' || place === 'waiting') return false;
  if (place !== 'agent' && agents.length === 0) return viewer === 'main' || subagents === 'full';
  if (viewer === 'main' || viewer === 'stranger') return false;
  const inFolder = place !== 'agent' || owner === viewer.toLowerCase();
  return inFolder && (agents.length === 0 || agents.includes(viewer));
}

function mayBeRule({ place, agents, folders, load }: Planted, subagents: SubagentViews): boolean {
  return place === 'team' && agents.length === 0 && folders.length > 0 && load !== 'on-demand' && subagents === 'full';
}

/** A user: what they seal nobody else can. */
function user(name: string): Owner {
  const mac = (text: string): string => nodeHasher().hmac(`the key of ${name}`, text);
  return { seal: (text) => Promise.resolve(mac(text)), isSealed: (text, seal) => Promise.resolve(mac(text) === seal) };
}

async function storeOf(memories: readonly Planted[]): Promise<FakePorts & { readonly owner: Owner }> {
  const ports = { ...createFakePorts(), owner: user('ada') };
  await initializeStore(ports, { share: 'git' });
  for (const [n, memory] of memories.entries()) {
    const { agents, load, pinned, size, place } = memory;
    const paths = memory.folders.map((folder) => `${folder}/**`);
    const body = `${word(n)} ${'and more '.repeat(size / 9)}`;
    const draft = { description: `About ${word(n)}`, body, paths, agents, load, pinned };
    const path = pathOf(memory, n);
    if (place === 'waiting') ports.files.put(path, renderMemory({ ...draft, name: `m${n}` }));
    else await createMemory(ports, { path, ...draft }, []);
    if (place === 'archived') await archiveMemory(ports, path);
  }
  return ports;
}

async function textOf(ports: FakePorts, name: string): Promise<string> {
  const bytes = await ports.files.read(name);
  return bytes === undefined ? '' : ports.text.decode(bytes).text;
}

/** What was looked at in one world, and what should not have been there, or should have and was not. */
interface Judged {
  readonly looks: number;
  readonly leaks: readonly string[];
  readonly missing: readonly string[];
}

/** Looks for every memory of a world in a text. */
class Judge {
  looks = 0;
  readonly leaks: string[] = [];
  readonly missing: string[] = [];
  readonly #memories: readonly Planted[];

  constructor(memories: readonly Planted[]) {
    this.#memories = memories;
  }

  /** `all`: whoever may be in the text has to be. */
  look(text: string, where: string, may: (memory: Planted, n: number) => boolean, all = false): void {
    for (const [n, memory] of this.#memories.entries()) {
      this.looks += 1;
      const there = new RegExp(`${word(n)}(?!\\d)`, 'u').test(text);
      if (there && !may(memory, n)) this.leaks.push(`memory ${n} in ${where}`);
      if (!there && all && may(memory, n) && memory.load !== 'on-demand') this.missing.push(`memory ${n} in ${where}`);
    }
  }
}

/** Who a rendered view is for; undefined for a type of agents that only a folder of the store names. */
function readerOf({ viewer }: RecalledView): Agent | 'main' | 'stranger' | undefined {
  if (viewer.kind === 'main') return 'main';
  if (viewer.kind !== 'agent' || viewer.agent === 'stranger') return 'stranger';
  return AGENTS.find((agent) => agent === viewer.agent);
}

async function judgeView(judge: Judge, ports: FakePorts, view: RecalledView, subagents: SubagentViews): Promise<void> {
  const texts = await Promise.all(view.files.map((file) => textOf(ports, `.local/recall/${file}`)));
  const text = texts.join('\n');
  if (view.viewer.kind === 'rules') {
    judge.look(text, 'rules', (one) => one.place === 'team' && mayRead(one, 'main', 'full'));
    return;
  }
  const reader = readerOf(view);
  const everything = view.entries.every(({ how }) => how === 'whole');
  if (reader !== undefined) judge.look(text, reader, (one) => mayRead(one, reader, subagents), everything);
}

async function judgeRules(judge: Judge, ports: FakePorts, { memories, subagents }: World): Promise<void> {
  for (const rule of await readPathRules(ports, { subagents })) {
    const isIts = (one: Planted, n: number): boolean => pathOf(one, n) === rule.path;
    judge.look(rule.text, rule.name, (one, n) => isIts(one, n) && mayBeRule(one, subagents));
    const [head = ''] = rule.text.split('\n---\n');
    const globs = memories.find(isIts)?.folders.map((folder) => `  - "${folder}/**"`) ?? [];
    if (head !== ['---', 'paths:', ...globs].join('\n')) judge.leaks.push(`${rule.name} loads elsewhere`);
  }
}

/**
 * Renders a world as its user sees it and as somebody else does who has all of its files, and looks at every text.
 * `expected` is what subagents should see; only a test of this judge says something else than the world does.
 */
export async function judgeWorld(world: World, expected: SubagentViews = world.subagents): Promise<Judged> {
  const { memories, subagents, maxTokens } = world;
  const ports = await storeOf(memories);
  const request = { maxTokens, subagents, agentTypes: [...AGENTS, 'stranger'] };
  const judge = new Judge(memories);
  for (const view of (await renderRecall(ports, request)).views) await judgeView(judge, ports, view, expected);
  for (const agent of AGENTS) {
    const text = await textOf(ports, `.local/recall/${subagentFile(agent)}`);
    judge.look(text, subagentFile(agent), (one) => mayRead(one, agent, expected));
  }
  await judgeRules(judge, ports, world);
  const { views } = await renderRecall({ ...ports, owner: user('mallory') }, request);
  for (const file of views.flatMap(({ files }) => files)) {
    judge.look(await textOf(ports, `.local/recall/${file}`), `${file} of another user`, () => false);
  }
  return judge;
}
