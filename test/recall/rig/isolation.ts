import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { applyTransaction } from '../../../src/core/history/transaction';
import { renderMemory } from '../../../src/core/memory/codec';
import type { SubagentViews } from '../../../src/core/recall/view';
import { timesIn } from './body';
import { openCliWorld, type CliRun, type CliWorld } from './cliWorld';
import { agentCall } from './delivery';
import { openRecallStore, type RecallStore } from './recallStore';

/** Words that are nowhere but in one memory: of the team, of some files, of one user, of one agent, or of nobody. */
const WORDS = {
  team: 'quokka-of-the-team',
  path: 'wombat-of-some-files',
  personal: 'numbat-of-one-user',
  reviewer: 'bilby-of-the-reviewer',
  tester: 'potoroo-of-the-tester',
  archived: 'thylacine-of-the-archive',
  waiting: 'cassowary-that-waits',
} as const;
type Word = keyof typeof WORDS;
const ALL = Object.keys(WORDS) as readonly Word[];
const SHARED: readonly Word[] = ['team', 'path', 'personal'];

/** What one agent of the genuine program was shown in all its requests. */
export interface SeenWords {
  readonly subagents: SubagentViews;
  readonly viewer: string;
  /** Seen, though they are not for this viewer. */
  readonly leaked: readonly Word[];
  /** For this viewer, and not seen. */
  readonly missing: readonly Word[];
}

/** One session with a main agent and subagents of four types in each mode, and the clone of another user. */
export async function isolate(program: string): Promise<readonly SeenWords[]> {
  const world = await openCliWorld(program);
  try {
    for (const name of ['reviewer', 'tester']) {
      await world.write(`.claude/agents/${name}.md`, `---\nname: ${name}\ndescription: A ${name}\n---\nYou are one.\n`);
    }
    await world.write('src/money.ts', 'export const cents = 1;\n');
    const store = await openRecallStore(world);
    await plant(store, world);
    const seen: SeenWords[] = [];
    for (const subagents of ['full', 'filtered'] as const) {
      await store.render({ subagents });
      await store.connect();
      seen.push(...(await look(world, subagents)));
    }
    await world.git(['add', '-A']);
    await world.git(['commit', '-q', '-m', 'Share the memory']);
    return [...seen, ...(await inCloneOfAnother(world))];
  } finally {
    await world.close();
  }
}

async function plant(store: RecallStore, world: CliWorld): Promise<void> {
  const about = (word: Word): { readonly description: string; readonly body: string } => ({
    description: `About the ${WORDS[word]}`,
    body: `It is the ${WORDS[word]}.`,
  });
  await store.add({ path: 'facts/of-the-team.md', ...about('team') });
  await store.add({ path: 'facts/of-some-files.md', ...about('path'), paths: ['src/**'] });
  await store.add({ path: '.local/personal/facts/of-one-user.md', ...about('personal') });
  await store.add({ path: 'agents/reviewer/facts/of-the-reviewer.md', ...about('reviewer') });
  await store.add({ path: 'facts/of-the-tester.md', ...about('tester'), agents: ['tester'] });
  const { ports } = store;
  const archived = renderMemory({ name: 'of-the-archive', ...about('archived') });
  await applyTransaction(ports, {
    writes: [{ path: 'archive/facts/of-the-archive.md', expected: null, bytes: ports.text.encode(archived) }],
    event: { actor: 'user', action: 'archive', evidence: [] },
  });
  const waiting = renderMemory({ name: 'that-waits', ...about('waiting') });
  await world.write('.agent-memory/facts/that-waits.md', waiting);
}

/** Agents open a file that the memory of some files is about: its rule would load then. */
async function look(world: CliWorld, subagents: SubagentViews): Promise<readonly SeenWords[]> {
  const read = { calls: [{ name: 'Read', input: { file_path: `${world.repository}/src/money.ts` } }] };
  const types = ['reviewer', 'tester', 'general-purpose', 'Explore'];
  for (const type of types) world.play(`Work of a ${type}.`, read, { text: 'Done.' });
  world.play('Give work to all', read, ...types.map((type) => ({ calls: [agentCall(type, `Work of a ${type}.`)] })));
  const run = await world.run('Give work to all');
  const common = subagents === 'full' ? SHARED : [];
  return [
    seenBy('main', 'Give work to all', run, { subagents, due: SHARED }),
    ...types.map((type) => {
      const own = ALL.filter((word) => word === type);
      return seenBy(type, `Work of a ${type}.`, run, { subagents, due: [...common, ...own] });
    }),
  ];
}

function seenBy(
  viewer: string,
  prompt: string,
  run: CliRun,
  { subagents, due }: { readonly subagents: SubagentViews; readonly due: readonly Word[] },
): SeenWords {
  const texts = run.bodies.filter((body) => body.prompt === prompt).flatMap((body) => body.texts);
  const seen = ALL.filter((word) => timesIn(texts, WORDS[word]) > 0);
  return {
    ...{ subagents, viewer },
    leaked: seen.filter((word) => !due.includes(word)),
    missing: texts.length === 0 ? ALL : due.filter((word) => !seen.includes(word)),
  };
}

/** Another user clones the repository, with the memory in it, and connects: nobody accepted it there. */
async function inCloneOfAnother(world: CliWorld): Promise<readonly SeenWords[]> {
  const clone = path.join(world.folder, 'clone');
  await world.git(['clone', '-q', world.repository, clone]);
  await mkdir(path.join(world.folder, 'another'), { recursive: true });
  const store = await openRecallStore(world, { root: clone, user: 'another' });
  await store.add({ path: '.local/personal/facts/of-one-user.md', description: 'Mine', body: 'A word of my own.' });
  await store.render({ subagents: 'full' });
  await store.connect();
  const run = await world.run('Hello', { cwd: clone });
  return [seenBy('another user', '', run, { subagents: 'full', due: [] })];
}
